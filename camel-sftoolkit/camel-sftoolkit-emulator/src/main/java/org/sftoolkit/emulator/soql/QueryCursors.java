package org.sftoolkit.emulator.soql;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sftoolkit.emulator.org.RecordIds;
import org.sftoolkit.emulator.org.Row;

/**
 * The results that are still to be read, by locator. A locator works for the session that made it, until two days have
 * gone by (Developer Limits Quick Reference: SOQL), it is expired by hand, or newer cursors of its user displace it: those
 * read to their end first, then the oldest (SOAP API Developer Guide: QueryLocator). Safe for threads.
 */
public final class QueryCursors {
    private static final Pattern LOCATOR = Pattern.compile("([0-9A-Za-z]{15}(?:[0-9A-Za-z]{3})?)-(\\d{1,9})");

    private final Clock clock;
    private volatile int perUser;
    private final Duration life;
    private final Map<String, Cursor> open = new HashMap<>();
    private long numbers;

    /**
     * @param perUser cursors that one user may have open, 10 in Salesforce
     * @param life how long a cursor can be read, 2 days in Salesforce
     */
    public QueryCursors(Clock clock, int perUser, Duration life) {
        this.clock = clock;
        this.perUser = perUser;
        this.life = life;
    }

    /** Cursors that one user may have open. */
    public int perUser() {
        return perUser;
    }

    /** Another number of cursors that one user may have open, from the next query on. */
    public void perUser(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("openCursors must be 1 or more, not " + number);
        }
        perUser = number;
    }

    /**
     * The first page of a result; a cursor is kept if there are more pages.
     *
     * @param session the access token, which alone can read on
     * @param user id of the user, whose cursors count together
     * @param pageSize rows of a page at most, children included; the first row is always given
     */
    public ObjectNode first(QueryResult result, String session, String user, int pageSize) {
        if (result instanceof QueryResult.Whole whole) {
            return whole.page();
        }
        QueryResult.Rows rows = (QueryResult.Rows) result;
        return new Pages(this, new Owner(session, user, pageSize), rows, Optional.empty()).first();
    }

    /**
     * The page at a locator.
     *
     * @param locator the last part of a {@code nextRecordsUrl}
     * @throws SoqlException with {@code INVALID_QUERY_LOCATOR} if it is unknown, or belongs to another session
     */
    public ObjectNode next(String locator, String session) {
        Matcher parts = LOCATOR.matcher(locator);
        Cursor cursor = parts.matches() ? find(parts.group(1)).orElse(null) : null;
        int offset = cursor == null ? 0 : Integer.parseInt(parts.group(2));
        if (cursor == null
                || !cursor.owner().session().equals(session)
                || offset >= cursor.result().rows().size()) {
            throw new SoqlException("INVALID_QUERY_LOCATOR", "invalid query locator");
        }
        ObjectNode page = new Pages(
                        this, cursor.owner(), cursor.result(), cursor.root().or(() -> Optional.of(cursor.id())))
                .next(offset, cursor.id());
        if (page.path("done").asBoolean()) {
            finish(cursor);
        }
        return page;
    }

    /** Drops every cursor, as if its time were over. */
    public synchronized void expireAll() {
        open.clear();
    }

    /** Number of cursors that can be read, those of child lists not counted. */
    public synchronized int size() {
        dropExpired();
        return (int) open.values().stream().filter(Cursor::isRoot).count();
    }

    /** Keeps a result to be read on, and answers its id. */
    synchronized String keep(QueryResult.Rows result, Owner owner, Optional<String> root) {
        dropExpired();
        if (root.isEmpty()) {
            makeRoom(owner.user());
        }
        String id = RecordIds.of("01g", "SQ", ++numbers);
        open.put(id, new Cursor(id, root, numbers, result, owner, clock.millis() + life.toMillis(), false));
        return id;
    }

    private synchronized Optional<Cursor> find(String id) {
        dropExpired();
        return RecordIds.normalised(id).map(open::get);
    }

    private synchronized void finish(Cursor cursor) {
        open.computeIfPresent(cursor.id(), (id, known) -> known.asFinished());
    }

    private void dropExpired() {
        long now = clock.millis();
        open.values().removeIf(cursor -> cursor.expires() <= now);
    }

    private void makeRoom(String user) {
        List<Cursor> own = open.values().stream()
                .filter(cursor -> cursor.isRoot() && cursor.owner().user().equals(user))
                .sorted(Comparator.comparing(Cursor::finished).reversed().thenComparing(Cursor::number))
                .toList();
        for (int i = 0; i <= own.size() - perUser; i++) {
            String dropped = own.get(i).id();
            open.values()
                    .removeIf(cursor -> cursor.id().equals(dropped)
                            || cursor.root().filter(dropped::equals).isPresent());
        }
    }

    /** Who opened a cursor, and how many rows a page of theirs holds. */
    record Owner(String session, String user, int pageSize) {}

    /** @param root the cursor of the statement, if this is the rest of a child list on one of its pages */
    private record Cursor(
            String id,
            Optional<String> root,
            long number,
            QueryResult.Rows result,
            Owner owner,
            long expires,
            boolean finished) {

        private boolean isRoot() {
            return root.isEmpty();
        }

        private Cursor asFinished() {
            return new Cursor(id, root, number, result, owner, expires, true);
        }
    }

    /**
     * Cuts one result into pages. A page ends when its rows and their children together reach the page size (SOQL and SOSL
     * Reference: Change the Batch Size in Queries); a longer list of children goes on under a locator of its own. Children are
     * looked up when their page is written. Serves one request.
     */
    private static final class Pages {
        private static final int LONG_TEXT_PAGE = 200;

        private final QueryCursors cursors;
        private final QueryCursors.Owner owner;
        private final QueryResult.Rows statement;
        /** Id of the cursor of the statement, once there is one; those of child lists go with it. */
        private Optional<String> root;

        Pages(QueryCursors cursors, QueryCursors.Owner owner, QueryResult.Rows statement, Optional<String> root) {
            this.cursors = cursors;
            this.owner = owner;
            this.statement = statement;
            this.root = root;
        }

        ObjectNode first() {
            return page(statement, 0, Optional.empty());
        }

        /** @param cursor id of the cursor that the page is read from */
        ObjectNode next(int offset, String cursor) {
            return page(statement, offset, Optional.of(cursor));
        }

        private ObjectNode page(QueryResult.Rows result, int offset, Optional<String> cursor) {
            RowPlan plan = result.plan();
            List<Row> rows = result.rows();
            int size = plan.shape().longTexts() >= 2 ? Math.min(owner.pageSize(), LONG_TEXT_PAGE) : owner.pageSize();
            ArrayNode records = JsonNodeFactory.instance.arrayNode();
            RecordWriter writer = new RecordWriter(
                    plan.context(),
                    (children, found) -> page(new QueryResult.Rows(children.plan(), found), 0, Optional.empty()));
            int at = offset;
            while (at < rows.size() && (at == offset || at - offset + writer.childRows() < size)) {
                records.add(writer.record(rows.get(at++), plan.shape()));
            }
            ObjectNode page = JsonNodeFactory.instance.objectNode();
            page.put("totalSize", rows.size()).put("done", at == rows.size());
            if (at < rows.size()) {
                String id = cursor.orElseGet(() -> keep(result));
                page.put("nextRecordsUrl", plan.context().dataPath() + "/query/" + id + "-" + at);
            }
            page.set("records", records);
            return page;
        }

        @SuppressWarnings("ReferenceEquality") // the rows of the statement itself, not equal ones
        private String keep(QueryResult.Rows result) {
            if (root.isEmpty()) {
                root = Optional.of(cursors.keep(statement, owner, Optional.empty()));
            }
            return result == statement ? root.get() : cursors.keep(result, owner, root);
        }
    }
}
