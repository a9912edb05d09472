package org.sftoolkit.camel.connection;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Collections;
import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.sftoolkit.camel.auth.PemKey;
import org.sftoolkit.camel.auth.SigningKey;
import org.sftoolkit.camel.config.LoginConfiguration;
import org.sftoolkit.camel.redaction.Redaction;

/** Reads the private key of a connected app from a text, a resource or a key store. */
final class SigningKeys {

    /** A line of a key is 64 characters long; its last one is shorter. */
    private static final int KEY_LINE = 32;

    private SigningKeys() {}

    static SigningKey read(LoginConfiguration options, CamelContext camel) {
        return options.getPrivateKey() != null && !options.getPrivateKey().isBlank()
                ? fromPem(options.getPrivateKey(), camel)
                : fromStore(options.getKeyStoreParameters(), camel);
    }

    private static SigningKey fromPem(String keyOrResource, CamelContext camel) {
        if (PemKey.isPem(keyOrResource)) {
            keyOrResource.lines().filter(line -> line.length() >= KEY_LINE).forEach(Redaction::learn);
            return PemKey.read(keyOrResource);
        }
        if (!ResourceHelper.hasScheme(keyOrResource)) {
            // it may be a key without its frame: not to be quoted
            throw new IllegalArgumentException(
                    "privateKey is neither PEM text nor a resource: use PEM text, file:/path/key.pem or"
                            + " classpath:key.pem");
        }
        try (InputStream in = ResourceHelper.resolveMandatoryResourceAsInputStream(camel, keyOrResource)) {
            return PemKey.read(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IllegalArgumentException("privateKey: the resource cannot be read: " + e.getMessage(), e);
        }
    }

    private static SigningKey fromStore(KeyStoreParameters parameters, CamelContext camel) {
        try {
            parameters.setCamelContext(camel);
            KeyStore store = parameters.createKeyStore();
            char[] password = parameters.getPassword() == null
                    ? null
                    : parameters.getPassword().toCharArray();
            Redaction.learn(parameters.getPassword());
            var keys = new ArrayList<PrivateKey>();
            for (String alias : Collections.list(store.aliases())) {
                Key key = store.isKeyEntry(alias) ? store.getKey(alias, password) : null;
                if (key instanceof PrivateKey found) {
                    keys.add(found);
                }
            }
            if (keys.size() != 1) {
                throw new IllegalArgumentException("keyStoreParameters: the key store holds " + keys.size()
                        + " private keys: use one with exactly one");
            }
            return new SigningKey(keys.get(0));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("keyStoreParameters: the key cannot be read: " + e.getMessage(), e);
        }
    }
}
