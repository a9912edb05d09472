package org.sftoolkit.camel.client;

import java.util.List;
import java.util.Set;
import org.sftoolkit.camel.model.SObject;

/**
 * Counts the rows of a page that were handed on, so that a page whose answer broke off midway, and whose request was repeated,
 * neither repeats nor loses rows.
 *
 * <p>A further page has a cursor behind it and gives the same rows again: as many as were handed on are left out. The first
 * page is a new run of the query, whose rows may come in another order: those handed on are known by their Id.
 */
final class PageProgress implements RowSink {

    private final RowSink target;
    private final boolean first;
    private final Set<String> given;
    private long handedOn;
    private long seen;
    private long toSkip;
    private boolean unknown;
    private boolean repeated;
    private SObject last;

    /**
     * @param first whether it is a first page
     * @param given Ids of the rows of the first page; kept from page to page of a query
     */
    PageProgress(RowSink target, boolean first, Set<String> given) {
        this.target = target;
        this.first = first;
        this.given = given;
    }

    /** Rows handed on. */
    long handedOn() {
        return handedOn;
    }

    /** The last of them; null for none. */
    SObject last() {
        return last;
    }

    /** Whether rows of a first page would come twice or not at all: handed on, and without Ids to know them by. */
    boolean lost() {
        return repeated && first && unknown;
    }

    /** Whether later pages may hold rows that were handed on. */
    boolean repeated() {
        return repeated && first;
    }

    @Override
    public boolean begin() {
        repeated = handedOn > 0;
        toSkip = first ? 0 : seen;
        return target.begin() && !lost();
    }

    @Override
    public boolean rows(List<QueryRow> rows) {
        List<QueryRow> fresh = fresh(rows);
        for (QueryRow row : fresh) {
            handedOn++;
            last = row.record();
            if (first) {
                remember(row.record());
            }
        }
        return fresh.isEmpty() || target.rows(fresh);
    }

    private List<QueryRow> fresh(List<QueryRow> rows) {
        if (toSkip > 0 && !rows.isEmpty()) {
            int skipped = (int) Math.min(toSkip, rows.size());
            toSkip -= skipped;
            return fresh(rows.subList(skipped, rows.size()));
        }
        seen += rows.size();
        return given.isEmpty() || first && !repeated
                ? rows
                : rows.stream()
                        .filter(row -> !given.contains(row.record().id()))
                        .toList();
    }

    private void remember(SObject record) {
        if (record.id() == null) {
            unknown = true;
        } else {
            given.add(record.id());
        }
    }
}
