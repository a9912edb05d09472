package org.sftoolkit.camel.operation;

import java.util.function.LongConsumer;

/** Tells how many bytes of a file are through: at each step of a megabyte, and at the end. Used by one thread at a time. */
final class FileProgress {

    private static final long STEP = 1024 * 1024;

    private final LongConsumer listener;
    private long done;
    private long told;

    FileProgress(LongConsumer listener) {
        this.listener = listener;
    }

    /** So many more bytes are through. */
    void add(long bytes) {
        done += bytes;
        if (done - told >= STEP) {
            tell();
        }
    }

    /** All are through. */
    void end() {
        if (done > told) {
            tell();
        }
    }

    private void tell() {
        told = done;
        listener.accept(done);
    }

    static Progress of(String operation, String sObject, long done, long total) {
        return new Progress(operation, sObject, done, 0, total < 0 ? null : total, null, "bytes");
    }
}
