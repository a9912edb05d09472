package org.sftoolkit.camel.query;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.model.SObject;

/**
 * Counts the rows of a page that were handed on, so that a page whose answer broke off midway, and whose request was repeated,
 * neither repeats nor loses rows.
 *
 * <p>A further page has a cursor behind it and gives the same rows again: as many as were handed on are left out. The first
 * page is a new run of the query, whose rows may come in another order: those handed on are known by their Id.
 */
final class PageProgress implements RowSink {

    private static final long UNKNOWN = -1;

    private final RowSink target;
    private final boolean first;
    private final Set<String> given;
    private final long before;
    private long total;
    private long handedOn;
    private long seen;
    private long toSkip;
    private boolean unknown;
    private boolean repeated;
    private @Nullable SObject last;

    private PageProgress(RowSink target, boolean first, Set<String> given, long before, long total) {
        this.target = target;
        this.first = first;
        this.given = given;
        this.before = before;
        this.total = total;
    }

    /** @param given takes the Ids of the rows */
    static PageProgress first(RowSink target, Set<String> given) {
        return new PageProgress(target, true, given, 0, UNKNOWN);
    }

    /**
     * @param given  Ids of rows that were handed on already, though they may come again
     * @param before rows of the pages before
     * @param total  rows of all pages, as the first announced; negative if that is not known
     */
    static PageProgress further(RowSink target, Set<String> given, long before, long total) {
        return new PageProgress(target, false, given, before, total);
    }

    /** Rows of this page and those before. */
    long seen() {
        return before + seen;
    }

    /** Rows of all pages, as the first announced; negative if it did not. */
    long total() {
        return total;
    }

    @Override
    public void total(long rows) {
        if (first) {
            target.total(rows);
        }
    }

    @Override
    public @Nullable String defect(PageEnd end) {
        total = first ? end.totalSize() : total;
        boolean last = end.next() == null;
        if (last && (Boolean.FALSE.equals(end.done()) || end.done() == null && total < 0)) {
            return "names no next one, and does not say that it is the last";
        }
        return total >= 0 && (last && seen() < total || seen() > total && isExact())
                ? "came with row " + seen() + (last ? " as the last" : "") + " of " + total
                : null;
    }

    /** External and big objects announce the rows of a page, or fewer. */
    private boolean isExact() {
        String type = last == null ? null : last.type();
        return type == null || !type.endsWith("__x") && !type.endsWith("__b");
    }

    /** Rows handed on. */
    long handedOn() {
        return handedOn;
    }

    /** The last row; null if there is no row. */
    @Nullable
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
        seen = first ? 0 : seen;
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
