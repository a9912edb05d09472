package org.sftoolkit.emulator.org;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The rows of the org: the only mutable object of this package, and the one door to them. Safe for threads. Reads see
 * whole transactions only; writes are serialised by one lock.
 */
public final class Org {

    private final Clock clock;
    private final Tables tables;
    private final String userId;
    private final Transactions transactions;
    private final DeleteLog deleteLog = new DeleteLog();
    private final InFlightTransaction.Begun inFlight = new InFlightTransaction.Begun();

    /** An org without duplicate rules. */
    public Org(Schema schema, Clock clock, Random random, RowGuard guard, String userName) {
        this(schema, clock, random, guard, List.of(), userName);
    }

    /**
     * @param random salts the ids, so that those of two orgs differ
     * @param userName the first user's, who owns what is written in process
     */
    public Org(
            Schema schema,
            Clock clock,
            Random random,
            RowGuard guard,
            List<DuplicateRule> duplicateRules,
            String userName) {
        this.clock = clock;
        this.transactions = new Transactions(this, guard, duplicateRules);
        this.tables = new Tables(schema, Integer.toString(36 * 10 + random.nextInt(36 * 26), 36), clock.instant());
        // On behalf of the first user, who is made right after it.
        write(new Writer(tables.id("005", 1), true, true), transaction -> FirstRows.insert(this, transaction));
        this.userId = addUser(userName);
    }

    public Schema schema() {
        return tables.schema();
    }

    /** When the schema changed last, to the second; the start of the org if it has not. */
    public Instant schemaChanged() {
        return tables.schemaChanged();
    }

    /**
     * Another schema from now on: more objects, and more fields in those that are there.
     *
     * @throws IllegalArgumentException when an object with rows would change otherwise; nothing is changed then
     */
    public void changeSchema(UnaryOperator<Schema> change) {
        transactions.alone(() -> tables.change(change, clock.instant()));
    }

    /** The rules against duplicates. */
    public List<DuplicateRule> duplicateRules() {
        return transactions.duplicateRules();
    }

    /** Other rules against duplicates from now on; rows that are there are not looked at. */
    public void changeDuplicateRules(List<DuplicateRule> rules) {
        transactions.changeDuplicateRules(List.copyOf(rules));
    }

    public Clock clock() {
        return clock;
    }

    /** The org's own id, 18 characters. */
    public String organizationId() {
        return tables.id("00D", 1);
    }

    /** Id of the first user. */
    public String userId() {
        return userId;
    }

    /** The user's own time zone if the row of the user names one, else UTC. Date literals begin and end in it. */
    public ZoneId zoneOf(String user) {
        return schema().object("User")
                .flatMap(object -> row(object, user))
                .map(FirstRows::zone)
                .orElse(ZoneOffset.UTC);
    }

    /** Adds a user, as a row of User if the schema has that object. Returns the user's id. */
    public String addUser(String userName) {
        return write(new Writer(null, true, true), transaction -> FirstRows.addUser(this, transaction, userName));
    }

    /** The id of the one profile; null without profiles. To be called inside a transaction only. */
    String profileId() {
        return schema().object("Profile").isPresent() ? tables.id("00e", 1) : null;
    }

    // Rows as maps, for tests and for filling the org

    /** Inserts a row as the first user; read-only and system fields may be set. Answers its id. */
    public String insert(String object, Map<String, ?> record) {
        return write(seeding(), transaction -> transaction.insert(object(object), record));
    }

    /** Updates a row as the first user; read-only and system fields may be set. */
    public void update(String object, String id, Map<String, ?> record) {
        write(seeding(), transaction -> transaction.update(object(object), id, record));
    }

    /** Moves a row into the recycle bin. */
    public void delete(String object, String id) {
        write(seeding(), transaction -> transaction.delete(object(object), id));
    }

    /** Takes a row out of the recycle bin. */
    public void undelete(String object, String id) {
        write(seeding(), transaction -> transaction.undelete(object(object), id));
    }

    /** Removes a row for good, as emptying the recycle bin does. */
    public void purge(String object, String id) {
        write(seeding(), transaction -> transaction.purge(object(object), id));
    }

    /** Begins a transaction whose rows bear this instant but are seen only when it commits, later. */
    public InFlightTransaction begin() {
        return inFlight.begin(this);
    }

    /** Start of the oldest uncommitted transaction; empty if there is no such transaction. */
    public Optional<Instant> oldestInFlight() {
        return inFlight.oldest();
    }

    /** The deletions. */
    public DeleteLog deleteLog() {
        return deleteLog;
    }

    /** A row that is not deleted. */
    public Optional<Map<String, Object>> find(String object, String id) {
        return row(object(object), id).filter(row -> !row.deleted()).map(row -> row);
    }

    /** All rows that are not deleted, in order of id. */
    public List<Map<String, Object>> all(String object) {
        return List.copyOf(rows(object(object), false));
    }

    /** Number of rows that are not deleted. */
    public int count(String object) {
        ObjectSchema known = object(object);
        return read(() -> table(known).alive());
    }

    // Reads

    /** The object of that name. */
    public ObjectSchema object(String name) {
        return schema().object(name)
                .orElseThrow(() -> new IllegalArgumentException("the org's schema has no object '" + name + "'"));
    }

    /** The row with that id of 15 or 18 characters, deleted or not. */
    public Optional<Row> row(ObjectSchema object, String id) {
        return RecordIds.normalised(id).map(full -> read(() -> table(object).get(full)));
    }

    /** A snapshot of an object's rows in order of id. */
    public List<Row> rows(ObjectSchema object, boolean withDeleted) {
        return read(() -> table(object).rows(withDeleted));
    }

    /**
     * Some rows in order of id, without a look at the others.
     *
     * @param place an id; only the rows behind it, or with {@code before} those right before it; empty for the first rows
     */
    public List<Row> rows(ObjectSchema object, String place, boolean before, int limit, boolean withDeleted) {
        return read(() -> table(object).rows(place, before, limit, withDeleted));
    }

    /**
     * The living rows with that value in an external id, key, unique or reference field (not OwnerId, CreatedById,
     * LastModifiedById), without a scan.
     *
     * @param value as a row holds it, or as text
     * @throws IllegalArgumentException when the field has no index; see {@link #indexed(FieldSchema)}
     */
    public List<Row> rowsWith(ObjectSchema object, FieldSchema field, Object value) {
        return read(() -> table(object).rowsWith(field, value));
    }

    /** Whether {@link #rowsWith} knows that field. */
    public boolean indexed(FieldSchema field) {
        return ObjectTable.isIndexed(field);
    }

    // Writes

    /** Runs a transaction: alone, and seen by readers only as a whole. A failure of {@code work} undoes all of it. */
    public <T> T write(Writer writer, Function<Transaction, T> work) {
        return transactions.write(writer, null, work);
    }

    List<String> commit(InFlightTransaction transaction, Function<Transaction, List<String>> work) {
        return inFlight.end(transaction, () -> transactions.write(seeding(), transaction.began(), work));
    }

    /**
     * Runs several transactions as one: readers see either all or nothing of them, and all are undone if {@code keep} is false
     * for the result, or {@code work} fails. The transactions must be run by this thread.
     */
    public <T> T writeTogether(Supplier<T> work, Predicate<T> keep) {
        return transactions.writeTogether(work, keep);
    }

    /** Has this asked before each platform event that is published through a write; else there is no limit. */
    public void allowPublishing(BooleanSupplier allowed) {
        transactions.allowPublishing(allowed);
    }

    /** Tells of all writes from now on. */
    public void listen(CommitListener listener) {
        transactions.listen(listener);
    }

    /** Ends {@link #listen}. */
    public void forget(CommitListener listener) {
        transactions.forget(listener);
    }

    /** Removes every row except users and what every org has from the start. Ids are not given out again. */
    public void clear() {
        write(seeding(), transaction -> {
            tables.forgetAll();
            transactions.tell(CommitListener::cleared);
            return FirstRows.insert(this, transaction);
        });
    }

    /** The rows without rules, for who keeps them outside of the org. */
    public RawRows raw() {
        return new RawRows(tables, transactions);
    }

    /** All rows and deletions as they are now. */
    public OrgSnapshot snapshot() {
        return read(() -> new OrgSnapshot(clock.instant(), tables.snapshot(), deleteLog.entries()));
    }

    /** Puts all rows and deletions back as they were; ids that were given out since are not given out again. */
    public void restore(OrgSnapshot snapshot) {
        transactions.alone(() -> {
            tables.restore(snapshot.rows());
            deleteLog.replace(snapshot.deletions());
            transactions.tell(CommitListener::replaced);
        });
    }

    /** To be called inside a transaction only. */
    ObjectTable table(ObjectSchema object) {
        return tables.of(object);
    }

    /** To be called inside a transaction only. */
    String newId(String prefix) {
        return tables.newId(prefix);
    }

    /** The next value of a counter, from 1. To be called inside a transaction only. */
    long next(String counter) {
        return tables.next(counter);
    }

    private Writer seeding() {
        return new Writer(userId, true, true);
    }

    private <T> T read(Supplier<T> work) {
        return transactions.read(work);
    }
}
