package org.sftoolkit.emulator.bulk;

/** What ends the rows of a job's CSV. */
public enum LineEnding {
    LF("\n"),
    CRLF("\r\n");

    private final String text;

    LineEnding(String text) {
        this.text = text;
    }

    /** The characters themselves. */
    public String text() {
        return text;
    }
}
