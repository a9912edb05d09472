package org.sftoolkit.camel.model;

/** What can be read once and knows whether that has begun. */
public interface ReadOnce {

    /** Whether something was taken of it. */
    boolean begun();
}
