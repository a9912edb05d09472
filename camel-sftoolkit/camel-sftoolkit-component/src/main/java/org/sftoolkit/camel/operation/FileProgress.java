package org.sftoolkit.camel.operation;

import java.util.function.LongConsumer;

/** Tells how many bytes of a file are through: at each step of a megabyte, and at the end. Used by one thread at a time. */
public final class FileProgress {

    private static final long STEP = 1024 * 1024;

    private final LongConsumer listener;
    private long done;
    private long told;

    public FileProgress(LongConsumer listener) {
        this.listener = listener;
    }

    /** So many more bytes are through. */
    public void add(long bytes) {
        done += bytes;
        if (done - told >= STEP) {
            tell();
        }
    }

    /** All are through. */
    public void end() {
        if (done > told) {
            tell();
        }
    }

    private void tell() {
        told = done;
        listener.accept(done);
    }

    public static Progress of(String operation, String sObject, long done, long total) {
        return new Progress(operation, sObject, done, 0, total < 0 ? null : total, null, "bytes");
    }
}
