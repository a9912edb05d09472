package org.sftoolkit.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The org that the component starts by itself if {@code camel.component.sftoolkit.devOrg=true}. Set up by {@code sftoolkit-org.yaml}
 * of the class path, if there is one. The component knows this class by its name only.
 */
public final class DevOrg implements Supplier<Map<String, String>>, AutoCloseable {

    private static final String CONFIG = "sftoolkit-org.yaml";

    private final SalesforceEmulator emulator;
    private final Map<String, String> login;

    /**
     * Starts it, on a free port.
     *
     * @param loader where {@code sftoolkit-org.yaml} is looked for
     * @throws IllegalArgumentException when the config says what is not known
     */
    public DevOrg(ClassLoader loader) {
        EmulatorBuilder builder = SalesforceEmulator.builder();
        URL config = loader.getResource(CONFIG);
        if (config != null) {
            configure(builder, config);
        }
        emulator = builder.start();
        emulator.requests().keepBodies(EmulatorMain.KEPT_BODIES);
        login = Map.of(
                "loginUrl", emulator.url(),
                "clientId", builder.clientId(),
                "clientSecret", builder.clientSecret());
    }

    private static void configure(EmulatorBuilder builder, URL config) {
        try {
            if (config.getProtocol().equals("file")) {
                OrgConfig.apply(Path.of(config.toURI()), builder);
                return;
            }
            Path copy = Files.createTempFile("sftoolkit-org", ".yaml");
            try (InputStream in = config.openStream()) {
                Files.write(copy, in.readAllBytes());
                OrgConfig.apply(copy, builder);
            } finally {
                Files.delete(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + config, e);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("cannot read " + config, e);
        }
    }

    /** How the component logs in: {@code loginUrl}, {@code clientId}, {@code clientSecret}. */
    @Override
    public Map<String, String> get() {
        return login;
    }

    /** The org, to look into it. */
    public SalesforceEmulator emulator() {
        return emulator;
    }

    @Override
    public void close() {
        emulator.close();
    }
}
