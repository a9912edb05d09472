package org.sftoolkit.emulator.bulk;

import java.util.Iterator;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * Rows that query jobs of one object give instead of stored ones, whatever their condition: for extracts of millions.
 *
 * @param rows number of rows
 * @param row the cells of the n-th row, from 0, in the order of the SELECT list
 */
public record ComputedRows(long rows, LongFunction<List<String>> row) {

    Iterator<List<String>> iterator() {
        return LongStream.range(0, rows).mapToObj(row).iterator();
    }
}
