package org.sftoolkit.camel.auth;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads RSA private keys in PEM: PKCS#8 ({@code PRIVATE KEY}) and PKCS#1 ({@code RSA PRIVATE KEY}). */
public final class PemKey {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----", Pattern.DOTALL);
    /** The body of a key whose frame was lost: Base64 of a DER sequence, of more than 256 bytes. */
    private static final Pattern FRAMELESS = Pattern.compile("\\s*MI[A-Za-z0-9+/=\\s]{300,}");

    private static final String ENCRYPTED =
            "privateKey is encrypted: decrypt it (openssl pkey -in key.pem -out plain.pem), or use keyStoreParameters";

    /** AlgorithmIdentifier of rsaEncryption with its null parameters (RFC 8017, appendix A.1), after version 0. */
    private static final byte[] PKCS8_RSA = {
        2, 1, 0, 0x30, 0x0d, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
    };

    private PemKey() {}

    /** Whether a text is a key, framed or not, and no name of a resource. */
    public static boolean isPem(String text) {
        return text.contains("-----BEGIN")
                || FRAMELESS.matcher(normalized(text)).matches();
    }

    /**
     * The first private key of a PEM text. Line breaks may be escaped ({@code \n}, {@code \r\n}), carriage returns or
     * spaces. The text may be in quotes, and the frame may be missing.
     *
     * @throws IllegalArgumentException if there is no readable key; the message contains nothing of the content
     */
    public static SigningKey read(String pem) {
        String text = normalized(pem);
        if (text.isBlank()) {
            throw new IllegalArgumentException(
                    "privateKey is empty: set it to PEM text, or to a file that contains PEM text");
        }
        if (text.contains("ENCRYPTED")) {
            throw new IllegalArgumentException(ENCRYPTED);
        }
        if (FRAMELESS.matcher(text).matches()) {
            return framelessKey(text);
        }
        Matcher block = BLOCK.matcher(text);
        var others = new TreeSet<String>();
        while (block.find()) {
            switch (block.group(1)) {
                case "PRIVATE KEY" -> {
                    return key(block.group(2), UnaryOperator.identity());
                }
                case "RSA PRIVATE KEY" -> {
                    return key(block.group(2), PemKey::wrapped);
                }
                // for example a certificate before the key
                default -> others.add(block.group(1));
            }
        }
        throw new IllegalArgumentException(instead(text, others));
    }

    // the cure depends on the content
    private static String instead(String text, Set<String> others) {
        if (others.contains("EC PRIVATE KEY") || others.contains("DSA PRIVATE KEY")) {
            return "privateKey is not an RSA key: Salesforce accepts RSA keys only";
        }
        if (others.contains("OPENSSH PRIVATE KEY")) {
            return "privateKey is in OpenSSH format: convert it to PEM (ssh-keygen -p -m PEM -f key)";
        }
        if (others.stream().anyMatch(type -> type.endsWith("CERTIFICATE"))) {
            return "privateKey contains a certificate, which belongs in the connected app: use the private key that"
                    + " was made with it, a block 'PRIVATE KEY' or 'RSA PRIVATE KEY'";
        }
        if (others.stream().anyMatch(type -> type.endsWith("PUBLIC KEY"))) {
            return "privateKey contains a public key: use the private key that was made with it";
        }
        if (text.contains("-----BEGIN") && !text.contains("-----END")) {
            return "privateKey is incomplete: it has a BEGIN line but no END line. Put text of several lines in"
                    + " quotes, or use a file (privateKey=file:/path/key.pem)";
        }
        return "privateKey does not contain a PEM block 'PRIVATE KEY' or 'RSA PRIVATE KEY': use PEM text, or a file"
                + " that contains it";
    }

    /** The text with line breaks as such, without quotes around it, and with a frame that is written as it should. */
    private static String normalized(String pem) {
        String text = pem.strip();
        while (text.length() > 1
                && (text.charAt(0) == '"' || text.charAt(0) == '\'')
                && text.charAt(text.length() - 1) == text.charAt(0)) {
            text = text.substring(1, text.length() - 1).strip();
        }
        // a break may be escaped more than once on its way through YAML, JSON and shells
        return text.replaceAll("\\\\+r", "\n")
                .replaceAll("\\\\+n", "\n")
                .replaceAll("\\\\+(?=[\\r\\n]|$)", "\n")
                .replace("\uFEFF", "")
                .replaceAll("-{5} +", "-----")
                .replaceAll("(BEGIN|END) +", "$1 ");
    }

    /** A key from the text between its frame, or from all of the text if the frame is missing. */
    private static SigningKey key(String body, UnaryOperator<byte[]> toPkcs8) {
        try {
            return decoded(body.replaceAll("\\s", ""), toPkcs8);
        } catch (IllegalArgumentException e) {
            String letters = body.replaceAll("[\\r\\n]+", "");
            if (!letters.contains(" ")) {
                throw e;
            }
            return ofPlusSigns(letters.replace(' ', '+'), toPkcs8);
        }
    }

    // in a URI a + is a blank
    private static SigningKey ofPlusSigns(String letters, UnaryOperator<byte[]> toPkcs8) {
        try {
            return decoded(letters, toPkcs8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "privateKey contains spaces: in an endpoint URI, + is read as a space, so write"
                            + " privateKey=RAW(...), or use a file (privateKey=file:/path/key.pem)");
        }
    }

    private static SigningKey decoded(String letters, UnaryOperator<byte[]> toPkcs8) {
        byte[] der;
        try {
            der = Base64.getDecoder().decode(letters);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "privateKey is not valid Base64: a part of it may be missing or changed. In an endpoint URI, write"
                            + " privateKey=RAW(...),"
                            + " or use a file (privateKey=file:/path/key.pem)");
        }
        try {
            return new SigningKey(
                    KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(toPkcs8.apply(der))));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "privateKey is not a complete RSA private key: Salesforce accepts RSA keys only");
        }
    }

    // only the frame distinguishes PKCS#8 and PKCS#1
    private static SigningKey framelessKey(String text) {
        try {
            return key(text, UnaryOperator.identity());
        } catch (IllegalArgumentException noPkcs8) {
            return key(text, PemKey::wrapped);
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
