package org.sftoolkit.emulator.bulk;

import java.util.List;

/**
 * A row of an upload.
 *
 * @param malformed whether a quote stands within a value that is not quoted, such as behind a space
 */
record CsvLine(List<String> cells, boolean malformed) {

    /** The text of a column; empty if the row is too short. */
    String cell(int index) {
        return index < cells.size() ? cells.get(index) : "";
    }
}
