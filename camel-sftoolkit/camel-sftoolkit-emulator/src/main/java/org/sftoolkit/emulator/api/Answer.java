package org.sftoolkit.emulator.api;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sftoolkit.emulator.org.Blob;

/**
 * What a resource answers. Immutable.
 *
 * @param headers besides those that every answer has
 * @param records number of records read or written by the call, for the request log
 */
public record Answer(int status, Map<String, String> headers, Content content, int records) {

    /** The body of an answer. */
    public sealed interface Content {

        /** No body at all. */
        record None() implements Content {}

        /** A JSON tree, map, list or bean, not yet written. */
        record JsonValue(Object value) implements Content {}

        /** Text of a given type, such as HTML, XML or CSV. */
        record Text(String type, String text) implements Content {}

        /** The content of a file. */
        record File(String type, Blob blob) implements Content {}

        /** Some bytes, followed by a slice of a file; compressed if the client asks for it. */
        record Slice(String type, byte[] head, Path file, long from, long to) implements Content {}
    }

    /** Status 200 with a JSON body. */
    public static Answer ok(Object json) {
        return json(200, json);
    }

    /** A JSON body: a Jackson tree, or maps, lists, texts, numbers. */
    public static Answer json(int status, Object json) {
        return new Answer(status, Map.of(), new Content.JsonValue(json), 0);
    }

    /** Status 204 without a body. */
    public static Answer noContent() {
        return empty(204);
    }

    public static Answer empty(int status) {
        return new Answer(status, Map.of(), new Content.None(), 0);
    }

    /** @param type media type, such as {@code text/html;charset=UTF-8} */
    public static Answer text(int status, String type, String text) {
        return new Answer(status, Map.of(), new Content.Text(type, text), 0);
    }

    public static Answer file(String type, Blob blob) {
        return new Answer(200, Map.of(), new Content.File(type, blob), 1);
    }

    /** @param head what stands before the slice */
    public static Answer slice(String type, byte[] head, Path file, long from, long to) {
        return new Answer(200, Map.of(), new Content.Slice(type, head, file, from, to), 0);
    }

    /** This answer with one more header. */
    public Answer with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Answer(status, all, content, records);
    }

    /** This answer with the number of records that the call concerned. */
    public Answer withRecords(int number) {
        return new Answer(status, headers, content, number);
    }
}
