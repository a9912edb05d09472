package org.sftoolkit.camel.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.ApiError;
import org.sftoolkit.camel.model.DuplicateMatch;
import org.sftoolkit.camel.model.RecordId;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Response;

/**
 * Salesforce's result for one written record.
 *
 * @param id the record's Id; null if the response has no Id, as for most failures
 * @param success whether it was written
 * @param created whether it is new; null if the response does not say
 * @param errors why not; never null
 */
public record WriteAnswer(@Nullable String id, boolean success, @Nullable Boolean created, List<ApiError> errors) {

    /** Stands among the errors of an event that was published, with its id as the message. */
    private static final String ENQUEUED = "OPERATION_ENQUEUED";

    private static final int NO_CONTENT = 204;

    /** Id of an event that was published; null if the answer is of a record. Its success carries what else would be an error. */
    public @Nullable String eventId() {
        return success && !errors.isEmpty()
                ? errors.stream()
                        .filter(error -> error.code().equals(ENQUEUED))
                        .map(ApiError::message)
                        .findFirst()
                        .orElse(null)
                : null;
    }

    /** For a repeated delete: a success if the record was already deleted. */
    public WriteAnswer goneIsDone() {
        boolean gone = !success
                && !errors.isEmpty()
                && errors.stream()
                        .allMatch(error -> error.code().equals("ENTITY_IS_DELETED")
                                || error.code().equals("INVALID_CROSS_REFERENCE_KEY"));
        return gone ? new WriteAnswer(id, true, created, List.of()) : this;
    }

    /**
     * Whether a write whose success has no body succeeded: only 204, or a body that says so, does.
     *
     * @param asked Id of the record that is to be written; null if it is not known
     */
    public static Future<Void> done(Request request, Response answer, @Nullable String asked) {
        if (answer.status() == NO_CONTENT) {
            return Future.succeededFuture();
        }
        ApiJson.read(request, answer, json -> {
            WriteAnswer written = read(json);
            if (!written.success()) {
                throw new IOException("the answer reports success, but also that nothing was written");
            }
            written.requireId(asked);
            return written;
        });
        return Future.succeededFuture();
    }

    /** Fails if this is the success of another record. */
    public void requireId(@Nullable String asked) throws IOException {
        if (success && asked != null && (id == null || !RecordId.of18(asked).equalsIgnoreCase(RecordId.of18(id)))) {
            throw new IOException("the answer is about another record than the one that was sent");
        }
    }

    public static WriteAnswer read(JsonParser json) throws IOException {
        require(json, JsonToken.START_OBJECT);
        String id = null;
        Boolean success = null;
        Boolean created = null;
        List<ApiError> errors = List.of();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "id" -> id = json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : null;
                case "success" -> success = truth(json);
                case "created" -> created = json.currentToken() == JsonToken.VALUE_NULL ? null : (Boolean) truth(json);
                case "errors" -> errors = errors(json);
                default -> json.skipChildren();
            }
        }
        if (success == null) {
            throw new IOException("a result does not say whether it succeeded");
        }
        if (success && (id == null || id.isBlank())) {
            throw new IOException("a successful result has no Id");
        }
        if (success && id != null && !RecordId.isShaped(id)) {
            throw new IOException("a successful result has an invalid Id");
        }
        if (success
                && !errors.isEmpty()
                && !errors.stream().allMatch(error -> error.code().equals(ENQUEUED))) {
            throw new IOException("a successful result has errors");
        }
        return new WriteAnswer(id, success, created, errors);
    }

    /** @param expected how many there should be */
    public static List<WriteAnswer> readAll(JsonParser json, int expected) throws IOException {
        require(json, JsonToken.START_ARRAY);
        var answers = new ArrayList<WriteAnswer>(expected);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            answers.add(read(json));
        }
        return answers;
    }

    private static List<ApiError> errors(JsonParser json) throws IOException {
        require(json, JsonToken.START_ARRAY);
        if (json.nextToken() == JsonToken.END_ARRAY) {
            return List.of();
        }
        var errors = new ArrayList<ApiError>();
        for (; json.currentToken() != JsonToken.END_ARRAY; json.nextToken()) {
            errors.add(error(json));
        }
        return errors;
    }

    private static ApiError error(JsonParser json) throws IOException {
        require(json, JsonToken.START_OBJECT);
        String code = "";
        String message = "";
        var fields = new ArrayList<String>();
        List<DuplicateMatch> duplicates = List.of();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "statusCode", "errorCode" -> code = json.getValueAsString("");
                case "message" -> message = json.getValueAsString("");
                case "fields" -> fields.addAll(texts(json));
                default -> {
                    if (DuplicateMatch.isKey(name)) {
                        duplicates = DuplicateMatch.of(RecordReader.value(json, false));
                    } else {
                        json.skipChildren();
                    }
                }
            }
        }
        return new ApiError(code, message, fields, duplicates);
    }

    // a word or a number confirms nothing
    private static boolean truth(JsonParser json) throws IOException {
        if (!json.currentToken().isBoolean()) {
            throw new IOException("expected true or false, found " + json.currentToken());
        }
        return json.getBooleanValue();
    }

    private static List<String> texts(JsonParser json) throws IOException {
        var texts = new ArrayList<String>();
        if (json.currentToken() == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                texts.add(json.getText());
            }
        }
        return texts;
    }

    private static void require(JsonParser json, JsonToken token) throws IOException {
        if (json.currentToken() != token) {
            throw new IOException("expected " + token + ", found " + json.currentToken());
        }
    }
}
