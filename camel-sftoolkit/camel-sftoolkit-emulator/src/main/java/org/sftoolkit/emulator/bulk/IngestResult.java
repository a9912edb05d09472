package org.sftoolkit.emulator.bulk;

/** The three results of an ingest job. */
public enum IngestResult {
    SUCCESSFUL,
    FAILED,
    UNPROCESSED
}
