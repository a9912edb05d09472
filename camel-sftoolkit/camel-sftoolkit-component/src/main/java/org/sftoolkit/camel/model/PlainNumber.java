package org.sftoolkit.camel.model;

import java.math.BigDecimal;

/** Exact numbers as text without an exponent. */
public final class PlainNumber {

    /** No number of Salesforce is longer, and writing out 1E+999999999 would fill the memory. */
    private static final int LONGEST = 400;

    private PlainNumber() {}

    /**
     * The digits of a number.
     *
     * @throws IllegalArgumentException for one with more digits than Salesforce knows
     */
    public static String of(BigDecimal exact) {
        if (Math.abs((long) exact.scale()) > LONGEST || exact.precision() > LONGEST) {
            throw new IllegalArgumentException("Salesforce cannot store the number " + exact);
        }
        return exact.toPlainString();
    }
}
