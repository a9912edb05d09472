package org.sftoolkit.camel.bulk;

/** The two kinds of jobs, by the names of their resources. */
public enum BulkKind {
    INGEST("ingest"),
    QUERY("query");

    private final String path;

    BulkKind(String path) {
        this.path = path;
    }

    /** Begin of the resources' paths. */
    String path() {
        return "/jobs/" + path;
    }
}
