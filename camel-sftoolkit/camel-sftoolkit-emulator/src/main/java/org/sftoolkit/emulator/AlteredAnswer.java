package org.sftoolkit.emulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.sftoolkit.emulator.api.Answer;
import org.sftoolkit.emulator.api.ApiCall;
import org.sftoolkit.emulator.api.Json;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.org.Blob;

/** Answers in memory, and what faults make of them. */
final class AlteredAnswer {

    private static final String JSON = "application/json;charset=UTF-8";

    private AlteredAnswer() {}

    /** How an answer is sent under a fault that changes its content or headers. */
    static Manner manner(Fault fault, ApiCall call, String uri, Instant now) {
        if (fault instanceof Fault.AlterHeaders altered) {
            return new Manner(Cut.NONE, answer -> headed(answer, altered), Set.copyOf(altered.remove()), null);
        }
        return Manner.changed(change(fault, call, uri, now));
    }

    private static UnaryOperator<Answer> change(Fault fault, ApiCall call, String uri, Instant now) {
        if (fault instanceof Fault.ReplaceBody replaced) {
            return answer -> replaced(answer, replaced);
        }
        if (fault instanceof Fault.WrongClock clock) {
            return answer -> answer.with("Date", date(now.plus(clock.ahead())));
        }
        if (fault instanceof Fault.DropLines dropped) {
            return answer -> withContent(answer, type(answer), withoutLines(bytes(answer), dropped.lines()));
        }
        if (fault instanceof Fault.RepeatLocator) {
            return answer -> repeated(answer, call, uri);
        }
        throw new IllegalArgumentException("not a change of an answer: " + fault);
    }

    /** The answer with its content in memory; one without content as it is. May block. */
    static Answer inMemory(Answer answer) {
        return answer.content() instanceof Answer.Content.None
                ? answer
                : withContent(answer, type(answer), bytes(answer));
    }

    static byte[] bytes(Answer answer) {
        Answer.Content content = answer.content();
        if (content instanceof Answer.Content.JsonValue json) {
            return Json.write(json.value());
        }
        if (content instanceof Answer.Content.Text text) {
            return text.text().getBytes(StandardCharsets.UTF_8);
        }
        try {
            if (content instanceof Answer.Content.File file) {
                return file.blob() instanceof Blob.InMemory memory
                        ? memory.bytes()
                        : Files.readAllBytes(((Blob.OnDisk) file.blob()).file());
            }
            return content instanceof Answer.Content.Slice slice ? bytes(slice) : new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Answer.Content.Slice slice) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(slice.head());
        try (InputStream in = Files.newInputStream(slice.file())) {
            in.skipNBytes(slice.from());
            all.write(in.readNBytes((int) (slice.to() - slice.from())));
        }
        return all.toByteArray();
    }

    static String type(Answer answer) {
        Answer.Content content = answer.content();
        if (content instanceof Answer.Content.Text text) {
            return text.type();
        }
        if (content instanceof Answer.Content.File file) {
            return file.type();
        }
        return content instanceof Answer.Content.Slice slice ? slice.type() : JSON;
    }

    static String date(Instant at) {
        HttpDate known = newest;
        if (known.second() != at.getEpochSecond()) {
            known = new HttpDate(
                    at.getEpochSecond(), DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atZone(ZoneOffset.UTC)));
            newest = known;
        }
        return known.text();
    }

    /** The text of a second; kept, as many answers share one. */
    private record HttpDate(long second, String text) {}

    private static volatile HttpDate newest = new HttpDate(Long.MIN_VALUE, "");

    private static Answer withContent(Answer answer, String type, byte[] bytes) {
        return new Answer(
                answer.status(),
                answer.headers(),
                new Answer.Content.File(type, new Blob.InMemory(bytes)),
                answer.records());
    }

    private static Answer headed(Answer answer, Fault.AlterHeaders altered) {
        Answer headed = answer;
        for (var header : altered.set().entrySet()) {
            headed = headed.with(header.getKey(), header.getValue());
        }
        return headed;
    }

    private static Answer replaced(Answer answer, Fault.ReplaceBody replaced) {
        String type = replaced.contentType() == null ? type(answer) : replaced.contentType();
        return withContent(
                answer,
                type,
                replaced.body() == null ? bytes(answer) : replaced.body().getBytes(StandardCharsets.UTF_8));
    }

    /** A line end at the very end belongs to the last line. */
    private static byte[] withoutLines(byte[] body, int lines) {
        String text = new String(body, StandardCharsets.UTF_8);
        int end = text.length();
        for (int i = 0; i < lines && end > 0; i++) {
            end = text.lastIndexOf('\n', end - 2) + 1;
        }
        return text.substring(0, end).getBytes(StandardCharsets.UTF_8);
    }

    private static Answer repeated(Answer answer, ApiCall call, String uri) {
        Answer repeated = call.queryParam("locator")
                .map(locator -> answer.with("Sforce-Locator", locator))
                .orElse(answer);
        if (!type(answer).startsWith("application/json")) {
            return repeated;
        }
        if (!(Json.read(bytes(answer)) instanceof Map<?, ?> read) || !read.containsKey("done")) {
            return repeated;
        }
        Map<Object, Object> page = new LinkedHashMap<>(read);
        page.put("done", false);
        page.put("nextRecordsUrl", uri);
        return withContent(repeated, type(answer), Json.write(page));
    }
}
