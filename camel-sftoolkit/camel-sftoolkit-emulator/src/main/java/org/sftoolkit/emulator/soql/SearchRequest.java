package org.sftoolkit.emulator.soql;

import java.util.List;

/**
 * A search by parameters (REST API Developer Guide: Parameterized Search).
 *
 * @param text what to search for; reserved characters need no escape
 * @param in group of fields, such as {@code ALL}
 * @param queries a SOQL statement for each object to return, that says which fields, filters and limits; empty for the ids of
 *     all searchable objects
 * @param overallLimit records at most
 * @param defaultLimit records of an object whose query has no LIMIT
 */
public record SearchRequest(String text, String in, List<String> queries, long overallLimit, long defaultLimit) {

    /** Records of an object without a limit of its own. */
    public static final long RECORDS_PER_OBJECT = SoslParser.RECORDS_PER_OBJECT;

    /** Records of a search at most. */
    public static final long MAX_RECORDS = SoslParser.MAX_RECORDS;

    Search parsed() {
        return new Search(
                SoslParser.term(text, false),
                SearchFields.named(in),
                queries.stream()
                        .map(query -> new Search.Part(query, Parser.parse(query)))
                        .toList(),
                SoslParser.limit(overallLimit),
                SoslParser.limit(defaultLimit));
    }
}
