package org.sftoolkit.emulator.bulk;

import java.nio.file.Path;

/**
 * A range of a query job's rows, as a slice of a file.
 *
 * @param header the header row, which stands before each page
 * @param from first byte
 * @param to byte behind the last
 * @param rows number of rows
 * @param next number of the row behind the page
 * @param more whether there is such a row
 */
public record ResultPage(byte[] header, Path file, long from, long to, long rows, long next, boolean more) {}
