package org.sftoolkit.camel.auth;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads RSA private keys in PEM: PKCS#8 ({@code PRIVATE KEY}) and PKCS#1 ({@code RSA PRIVATE KEY}). */
public final class PemKey {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    /** AlgorithmIdentifier of rsaEncryption with its null parameters (RFC 8017, appendix A.1), after version 0. */
    private static final byte[] PKCS8_RSA = {
        2, 1, 0, 0x30, 0x0d, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
    };

    private PemKey() {}

    /** Whether a text is a PEM block, and no name of a resource. */
    public static boolean isPem(String text) {
        return text.contains("-----BEGIN ");
    }

    /**
     * The first private key of a PEM text, whose line breaks may be written as {@code \n}.
     *
     * @throws IllegalArgumentException where there is none that can be read; without a word of the content
     */
    public static SigningKey read(String pem) {
        Matcher block = BLOCK.matcher(pem);
        while (block.find()) {
            switch (block.group(1)) {
                case "PRIVATE KEY" -> {
                    return key(decode(block.group(2)));
                }
                case "RSA PRIVATE KEY" -> {
                    return key(wrapped(decode(block.group(2))));
                }
                case "ENCRYPTED PRIVATE KEY" -> throw encrypted();
                case "EC PRIVATE KEY" ->
                    throw new IllegalArgumentException("privateKey is an EC key: Salesforce takes RSA keys only");
                default -> {
                    // a certificate, say, that stands before the key
                }
            }
        }
        throw new IllegalArgumentException("privateKey holds no PEM block 'PRIVATE KEY' or 'RSA PRIVATE KEY'");
    }

    private static IllegalArgumentException encrypted() {
        return new IllegalArgumentException(
                "privateKey is encrypted: decrypt it (openssl pkey -in key.pem -out plain.pem), or use keyStoreParameters");
    }

    private static byte[] decode(String body) {
        if (body.contains("Proc-Type")) {
            throw encrypted();
        }
        try {
            return Base64.getDecoder().decode(body.replace("\\n", "").replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "privateKey is no Base64: in a URI write privateKey=RAW(...), since + means a blank there");
        }
    }

    private static SigningKey key(byte[] pkcs8) {
        try {
            return new SigningKey(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("privateKey is no RSA private key");
        }
    }

    // PKCS#8 is a sequence of version, algorithm, and the PKCS#1 key as octets
    private static byte[] wrapped(byte[] pkcs1) {
        var content = new ByteArrayOutputStream();
        content.writeBytes(PKCS8_RSA);
        writeElement(content, 4, pkcs1);
        var sequence = new ByteArrayOutputStream();
        writeElement(sequence, 0x30, content.toByteArray());
        return sequence.toByteArray();
    }

    private static void writeElement(ByteArrayOutputStream out, int tag, byte[] value) {
        out.write(tag);
        int length = value.length;
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.write(0x81);
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        }
        out.writeBytes(value);
    }
}
