package org.sftoolkit.emulator.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.sftoolkit.emulator.api.Answer;
import org.sftoolkit.emulator.api.ApiCall;
import org.sftoolkit.emulator.api.ApiException;
import org.sftoolkit.emulator.api.Endpoint;

/** The page's style and script, from the jars of their libraries. */
final class Assets implements Panel {

    private static final String CSS = "text/css;charset=UTF-8";
    private static final String SCRIPT = "text/javascript;charset=UTF-8";

    private final Map<String, Asset> assets = Map.of(
            "page.css", new Asset(CSS, "", "/org/sftoolkit/emulator/page/page.css"),
            "pico.css", new Asset(CSS, "picocss__pico", "css/pico.min.css"),
            "htmx.js", new Asset(SCRIPT, "htmx.org", "dist/htmx.min.js"));
    private final Map<String, String> loaded = new ConcurrentHashMap<>();

    /** @param library name of its webjar; empty for a resource of the emulator */
    private record Asset(String type, String library, String file) {}

    @Override
    public List<Endpoint> endpoints() {
        return List.of(Panel.get("/assets/{name}", this::asset));
    }

    private Answer asset(ApiCall call) {
        Asset asset = assets.get(call.param("name"));
        if (asset == null) {
            throw new ApiException(404, "NOT_FOUND", "The page has no '" + call.param("name") + "'");
        }
        return Answer.text(200, asset.type(), loaded.computeIfAbsent(call.param("name"), name -> text(asset)))
                .with("X-Content-Type-Options", "nosniff")
                .with("Cache-Control", "max-age=3600");
    }

    private static String text(Asset asset) {
        if (asset.library().isEmpty()) {
            return new String(bytes(asset.file()), StandardCharsets.UTF_8);
        }
        Properties library = new Properties();
        try (InputStream in = Assets.class.getResourceAsStream(
                "/META-INF/maven/org.webjars.npm/" + asset.library() + "/pom.properties")) {
            if (in == null) {
                throw new ApiException(
                        404, "NOT_FOUND", "The page needs org.webjars.npm:" + asset.library() + " on the class path");
            }
            library.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String version = library.getProperty("version");
        return new String(
                bytes("/META-INF/resources/webjars/" + asset.library() + "/" + version + "/" + asset.file()),
                StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("missing on the class path: " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
