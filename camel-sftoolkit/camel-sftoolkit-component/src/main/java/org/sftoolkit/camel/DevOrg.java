package org.sftoolkit.camel;

import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.sftoolkit.camel.config.AuthType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The emulated org of {@code devOrg=true}. It is known by the name of its class, so that nobody needs it in production. */
final class DevOrg implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DevOrg.class);
    private static final String EMULATOR = "org.sftoolkit.emulator.DevOrg";

    private final AutoCloseable emulator;
    private final Map<?, ?> login;

    private DevOrg(AutoCloseable emulator, Map<?, ?> login) {
        this.emulator = emulator;
        this.login = login;
    }

    /**
     * Starts it.
     *
     * @throws IllegalArgumentException when the emulator is not on the class path, or its config is not understood
     */
    static DevOrg start(CamelContext context) {
        Class<?> type = context.getClassResolver().resolveClass(EMULATOR);
        if (type == null) {
            throw new IllegalArgumentException("devOrg=true needs the emulator on the class path: add the dependency"
                    + " org.sftoolkit.camel:camel-sftoolkit-emulator, or leave devOrg out");
        }
        ClassLoader loader = context.getApplicationContextClassLoader();
        try {
            Object started = type.getConstructor(ClassLoader.class)
                    .newInstance(loader == null ? DevOrg.class.getClassLoader() : loader);
            return new DevOrg((AutoCloseable) started, (Map<?, ?>) ((Supplier<?>) started).get());
        } catch (ReflectiveOperationException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalArgumentException("devOrg=true: the emulator did not start: " + cause.getMessage(), e);
        }
    }

    /** Lets a configuration call this org and no other, whatever login it has. */
    void connect(SfToolkitConfiguration configuration) {
        if (configuration.getConnection() != null) {
            throw new IllegalArgumentException("devOrg=true contradicts connection: leave one of them out");
        }
        configuration.setLoginUrl(text("loginUrl"));
        configuration.setInstanceUrl(null);
        configuration.setAuthType(AuthType.CLIENT_CREDENTIALS);
        configuration.setClientId(text("clientId"));
        configuration.setClientSecret(text("clientSecret"));
        LOG.warn("devOrg=true: all calls go to an emulated org, see {}/", text("loginUrl"));
    }

    private String text(String name) {
        return (String) Objects.requireNonNull(login.get(name), name);
    }

    @Override
    public void close() throws Exception {
        emulator.close();
    }
}
