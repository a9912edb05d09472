package org.sftoolkit.camel.operation;

/** What ends the rows of a CSV. */
public enum CsvLineEnding {
    LF,
    CRLF
}
