package org.sftoolkit.emulator.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.sftoolkit.emulator.api.ApiHandler;
import org.sftoolkit.emulator.api.Endpoint;

/** A part of the page with resources of its own. */
interface Panel {

    /** Where all panels but the first live. */
    String ROOT = "/__emulator/page";

    List<Endpoint> endpoints();

    static Endpoint get(String path, ApiHandler handler) {
        return Endpoint.admin("GET", path.equals("/") ? path : ROOT + path, handler)
                .offLoop();
    }

    static Endpoint post(String path, ApiHandler handler) {
        return Endpoint.admin("POST", ROOT + path, handler).offLoop();
    }

    /** A text as a part of a path or of a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
