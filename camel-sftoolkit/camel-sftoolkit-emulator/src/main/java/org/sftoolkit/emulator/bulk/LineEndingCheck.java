package org.sftoolkit.emulator.bulk;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Checks that the rows of an upload end as the job says. Line breaks within quotes are data and may be of either kind, which is
 * not documented but seen in the guide's sample; the last row needs no end.
 */
final class LineEndingCheck {

    private LineEndingCheck() {}

    /** Throws {@link JobFailedException} at the first row that ends otherwise. Answers the number of lines. */
    static long check(Path csv, LineEnding wanted) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(csv), 1 << 16)) {
            byte[] block = new byte[1 << 16];
            boolean quoted = false;
            boolean returned = false;
            long lines = 0;
            int last = '\n';
            for (int length = in.read(block); length > 0; length = in.read(block)) {
                for (int i = 0; i < length; i++) {
                    int c = block[i];
                    boolean lone = returned && c != '\n';
                    if (lone || c == '\n' && !quoted && returned != (wanted == LineEnding.CRLF)) {
                        throw invalid(wanted);
                    }
                    lines += c == '\n' && !quoted ? 1 : 0;
                    last = c;
                    quoted ^= c == '"';
                    returned = c == '\r' && !quoted;
                }
            }
            if (returned) {
                throw invalid(wanted);
            }
            return last == '\n' ? lines : lines + 1;
        }
    }

    private static JobFailedException invalid(LineEnding wanted) {
        return new JobFailedException(
                "ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is " + wanted);
    }
}
