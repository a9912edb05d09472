package org.sftoolkit.emulator.api;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sftoolkit.emulator.org.FieldType;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Writer;

/** What a call says about how rows are to be written. */
final class WriteRequest {

    private static final Pattern CLIENT = Pattern.compile("(?:^|[,;\\s])client=([^,;]+)");

    private WriteRequest() {}

    /** The fields of the one record in the body, with the files of a multipart body under the names of their parts. */
    static Map<String, Object> record(ApiCall call, ObjectSchema object) {
        Map<String, Object> record = call.jsonObject();
        for (RequestBody.Part part : call.body().parts().values()) {
            if (object.field(part.name())
                    .filter(field -> field.type() == FieldType.BASE64)
                    .isEmpty()) {
                throw new ApiException(
                        400,
                        "INVALID_MULTIPART_REQUEST",
                        "The binary part must be named like a blob field of " + object.name() + ", not " + part.name());
            }
            record.put(part.name(), part.content());
        }
        return record;
    }

    /** Who writes; duplicate rules give way to {@code Sforce-Duplicate-Rule-Header: allowSave=true} from v52 on. */
    static Writer writer(ApiCall call) {
        boolean allow = call.release() >= 52
                && call.header("Sforce-Duplicate-Rule-Header")
                        .filter(header ->
                                header.replace(" ", "").toLowerCase(Locale.ROOT).contains("allowsave=true"))
                        .isPresent();
        return new Writer(call.session().userId(), false, allow, origin(call, "rest", call.version()));
    }

    /**
     * How change events tell who wrote.
     *
     * @param api the interface, such as {@code rest} or {@code bulkapi}
     */
    static String origin(ApiCall call, String api, String version) {
        String client = call.header("Sforce-Call-Options")
                .map(CLIENT::matcher)
                .filter(Matcher::find)
                .map(found -> ";client=" + found.group(1).strip())
                .orElse("");
        return "com/salesforce/api/" + api + "/" + version + client;
    }
}
