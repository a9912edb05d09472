package org.sftoolkit.emulator.org;

import java.nio.file.Path;

/** The content of a base64 field. Immutable; large content lies in a file of the emulator's temporary folder. */
public sealed interface Blob {

    /** Number of bytes. */
    long size();

    /** Content held in memory. */
    record InMemory(byte[] bytes) implements Blob {
        @Override
        public long size() {
            return bytes.length;
        }
    }

    /** Content held on disk. */
    record OnDisk(Path file, long size) implements Blob {}
}
