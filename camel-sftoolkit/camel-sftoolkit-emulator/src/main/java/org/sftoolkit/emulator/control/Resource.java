package org.sftoolkit.emulator.control;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.sftoolkit.emulator.api.Answer;
import org.sftoolkit.emulator.api.ApiCall;
import org.sftoolkit.emulator.api.ApiException;
import org.sftoolkit.emulator.api.Endpoint;
import org.sftoolkit.emulator.api.Json;
import org.sftoolkit.emulator.org.RowRefusedException;

/**
 * A resource of the emulator itself with its description, from which the OpenAPI document is made. Immutable.
 *
 * @param path behind {@code /__emulator}
 * @param group what it belongs to, such as {@code faults}
 * @param summary what it does, in a sentence
 * @param status of a call that succeeds
 * @param java what it does for those who do not use Java: names of methods such as {@code EmulatorBuilder.latency}
 * @param query values behind the {@code ?}
 * @param body values of the body; null for a body of any form
 * @param example a whole body, if the fields do not say enough; or null
 */
record Resource(
        String method,
        String path,
        String group,
        String summary,
        int status,
        List<String> java,
        List<Field> query,
        List<Field> body,
        Object example,
        boolean slow,
        Handler handler) {

    /** Does the work of a resource. */
    interface Handler {

        /** @throws IllegalArgumentException if a value is not allowed: answered with status 400 */
        Answer handle(ApiCall call, Values body);
    }

    static Resource of(String method, String path, String group, int status, String summary, Handler handler) {
        return new Resource(
                method, path, group, summary, status, List.of(), List.of(), List.of(), null, false, handler);
    }

    Resource java(String... names) {
        return new Resource(method, path, group, summary, status, List.of(names), query, body, example, slow, handler);
    }

    Resource query(Field... fields) {
        return new Resource(method, path, group, summary, status, java, List.of(fields), body, example, slow, handler);
    }

    Resource body(Field... fields) {
        return new Resource(method, path, group, summary, status, java, query, List.of(fields), example, slow, handler);
    }

    /** With a body whose form is the handler's own affair. */
    Resource anyBody(Object anExample) {
        return new Resource(method, path, group, summary, status, java, query, null, anExample, slow, handler);
    }

    /** Worked on by a worker thread. */
    Resource offLoop() {
        return new Resource(method, path, group, summary, status, java, query, body, example, true, handler);
    }

    boolean takesBody() {
        return !method.equals("GET") && !method.equals("DELETE");
    }

    /** The names in braces of the path. */
    List<String> pathParameters() {
        List<String> names = new ArrayList<>();
        Arrays.stream(path.split("/"))
                .filter(segment -> segment.startsWith("{"))
                .forEach(segment -> names.add(segment.substring(1, segment.length() - 1)));
        return names;
    }

    Endpoint endpoint(LocalCallers callers) {
        Endpoint endpoint = Endpoint.admin(method, "/__emulator" + path, callers.guarded(this::handle));
        return slow ? endpoint.offLoop() : endpoint;
    }

    private Answer handle(ApiCall call) {
        call.query().keySet().stream()
                .filter(name -> query.stream().noneMatch(field -> field.name().equals(name)))
                .findFirst()
                .ifPresent(name -> {
                    throw Values.refused("unknown parameter '" + name + "' of " + method + " " + path);
                });
        try {
            return handler.handle(call, values(call));
        } catch (RowRefusedException | ApiException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw Values.refused(e.getMessage());
        }
    }

    private Values values(ApiCall call) {
        byte[] bytes = call.body().bytes();
        Map<String, Object> json = !takesBody() || body != null && bytes.length == 0 ? Map.of() : Json.object(bytes);
        return Values.checked(
                json, body == null ? json.keySet().stream().map(Resource::any).toList() : body);
    }

    private static Field any(String name) {
        return new Field(name, Field.Type.ANY, false, "", null, List.of());
    }
}
