package org.sftoolkit.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** What options of the command line name, read and checked. Each throws IllegalArgumentException if it cannot be used. */
final class StartFiles {

    private StartFiles() {}

    /** Looks whether the file holds a certificate. */
    static void requireCertificate(Path pem) {
        try (InputStream in = Files.newInputStream(pem)) {
            if (CertificateFactory.getInstance("X.509").generateCertificates(in).isEmpty()) {
                throw new IllegalArgumentException(pem + " has no certificate in PEM");
            }
        } catch (IOException | CertificateException e) {
            throw new IllegalArgumentException(pem + " is no certificate in PEM: " + e.getMessage(), e);
        }
    }

    /** Adds the describe results of a file, or of all files of a folder. */
    static void schema(EmulatorBuilder builder, Path path) {
        try {
            if (!Files.exists(path)) {
                throw new IllegalArgumentException(path + " does not exist");
            }
            if (!Files.isDirectory(path)) {
                one(builder, path);
                return;
            }
            try (Stream<Path> files = Files.list(path)) {
                List<Path> describes = files.filter(file -> file.toString().endsWith(".json"))
                        .sorted()
                        .toList();
                if (describes.isEmpty()) {
                    throw new IllegalArgumentException(path + " has no file that ends in .json");
                }
                describes.forEach(file -> one(builder, file));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    private static void one(EmulatorBuilder builder, Path file) {
        try {
            builder.schema(file);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /** The address itself, if there is one of that name. */
    static String address(String name) {
        try {
            InetAddress.getByName(name);
            return name;
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + name + "' is not an address of this machine", e);
        }
    }

    /** Why a start failed, in the words of the first failure that has any. */
    static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && (cause.getMessage() == null || cause instanceof CompletionException)) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
