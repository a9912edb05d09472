package org.sftoolkit.camel;

import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.HashSet;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509KeyManager;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;

/** Camel's TLS parameters as Vert.x takes them. */
final class TlsOptions {

    private TlsOptions() {}

    /** Sets certificates, protocols and cipher suites; throws where a key store cannot be read. */
    static void apply(SSLContextParameters tls, ClientOptionsBase options, CamelContext camel) {
        try {
            tls.setCamelContext(camel);
            // Camel's engine knows the outcome of its include, exclude and explicit lists
            SSLEngine engine = tls.createSSLContext(camel).createSSLEngine();
            options.setEnabledSecureTransportProtocols(new HashSet<>(List.of(engine.getEnabledProtocols())));
            for (String suite : engine.getEnabledCipherSuites()) {
                options.addEnabledCipherSuite(suite);
            }
            if (tls.getKeyManagers() != null) {
                for (KeyManager manager : tls.getKeyManagers().createKeyManagers()) {
                    if (manager instanceof X509KeyManager own) {
                        options.setKeyCertOptions(KeyCertOptions.wrap(own));
                    }
                }
            }
            if (tls.getTrustManagers() != null) {
                for (TrustManager manager : tls.getTrustManagers().createTrustManagers()) {
                    options.setTrustOptions(TrustOptions.wrap(manager));
                }
            }
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("sslContextParameters cannot be used: " + e.getMessage(), e);
        }
    }
}
