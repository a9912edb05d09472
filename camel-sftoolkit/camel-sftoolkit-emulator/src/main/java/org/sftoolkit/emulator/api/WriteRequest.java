package org.sftoolkit.emulator.api;

import java.util.Locale;
import java.util.Map;
import org.sftoolkit.emulator.org.Writer;

/** What a call says about how rows are to be written. */
final class WriteRequest {

    private WriteRequest() {}

    /** The fields of the one record in the body. */
    static Map<String, Object> record(ApiCall call) {
        return call.jsonObject();
    }

    /** Who writes; duplicate rules give way to {@code Sforce-Duplicate-Rule-Header: allowSave=true} from v52 on. */
    static Writer writer(ApiCall call) {
        boolean allow = call.release() >= 52
                && call.header("Sforce-Duplicate-Rule-Header")
                        .filter(header ->
                                header.replace(" ", "").toLowerCase(Locale.ROOT).contains("allowsave=true"))
                        .isPresent();
        return new Writer(call.session().userId(), false, allow);
    }
}
