package org.sftoolkit.camel.operation;

/** The input of operations that do not use the body. */
public record NoInput() {}
