package org.sftoolkit.emulator.soql;

/** One group of rows: the values grouped by, and what the aggregates came to. The arrays are not changed. */
record GroupRow(Object[] keys, Object[] aggregates) {}
