package org.sftoolkit.camel.operation;

/** Kinds of requests that hold several others. */
public enum CompositeType {
    /** Told from the keys of the body. */
    AUTO,
    /** Up to 25 requests that may refer to each other ({@code compositeRequest}). */
    COMPOSITE,
    /** Up to 25 independent requests ({@code batchRequests}). */
    BATCH,
    /** Groups of requests, each all or none ({@code graphs}). */
    GRAPH,
    /** Up to 200 records with their children, all or none ({@code records}). */
    TREE
}
