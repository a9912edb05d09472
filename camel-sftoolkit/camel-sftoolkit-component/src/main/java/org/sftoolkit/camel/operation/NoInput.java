package org.sftoolkit.camel.operation;

/** The input of operations that need none: the body of the exchange does not matter to them. */
public record NoInput() {}
