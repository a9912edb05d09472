package org.sftoolkit.camel.query;

import java.util.List;
import org.sftoolkit.camel.client.ChildRows;
import org.sftoolkit.camel.model.SObject;

/**
 * A row as a page gives it.
 *
 * @param record     the row
 * @param unfinished lists of children within it that have further pages; mostly empty
 */
record QueryRow(SObject record, List<ChildRows> unfinished) {}
