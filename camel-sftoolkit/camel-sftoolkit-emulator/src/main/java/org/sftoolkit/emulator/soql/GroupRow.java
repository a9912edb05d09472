package org.sftoolkit.emulator.soql;

import java.util.BitSet;

/**
 * One group of rows: the values grouped by, and what the aggregates came to. The arrays are not changed.
 *
 * @param rolledUp the keys, by position, over which this row is a subtotal; their values are null
 */
record GroupRow(Object[] keys, Object[] aggregates, BitSet rolledUp) {}
