package org.sftoolkit.emulator.soql;

import java.util.List;

/**
 * A search, from SOSL text or from the parameters of a parameterized search.
 *
 * @param fields which fields are searched
 * @param parts what is given of each object, in order; empty for the ids of all searchable objects
 * @param limit number of records at most, over all objects
 * @param partLimit number of records of an object that sets no limit itself
 */
record Search(SearchTerm term, SearchFields fields, List<Part> parts, long limit, long partLimit) {

    /** @param statement the text that the positions in the query refer to */
    record Part(String statement, Query query) {}
}
