package org.sftoolkit.emulator.org;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The rows of the org: the only mutable object of this package, and the one door to them. Safe for threads. Reads see
 * whole transactions only; writes are serialised by one lock.
 */
public final class Org {

    private static final Set<String> KEPT = Set.of("User", "Organization", "Profile");

    private final Schema schema;
    private final Clock clock;
    private final RowGuard guard;
    private final List<DuplicateRule> duplicateRules;
    private final String instance;
    private final String userId;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<String, ObjectTable> tables = new HashMap<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private final DeleteLog deleteLog = new DeleteLog();
    private final Set<InFlightTransaction> inFlight = ConcurrentHashMap.newKeySet();
    /** Guarded by the lock; or null. */
    private CommitListener listener;
    /** The finished transactions that may yet be undone with others; null outside {@link #writeTogether}. Guarded by the lock. */
    private List<Transaction> together;

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
        this.schema = schema;
        this.clock = clock;
        this.guard = guard;
        this.duplicateRules = List.copyOf(duplicateRules);
        this.instance = Integer.toString(36 * 10 + random.nextInt(36 * 26), 36);
        schema.objects().forEach(object -> tables.put(object.name(), new ObjectTable(object)));
        // On behalf of the first user, who is made right after it.
        write(new Writer(RecordIds.of("005", instance, 1), true, true), this::fillBasics);
        this.userId = addUser(userName);
    }

    /** What every org has from the start, as far as the schema knows it. */
    private Void fillBasics(Transaction transaction) {
        Map<String, Object> organization = new LinkedHashMap<>();
        organization.put("Name", "Emulator");
        organization.put("OrganizationType", "Developer Edition");
        organization.put("InstanceName", "EMU1");
        organization.put("IsSandbox", false);
        organization.put("LanguageLocaleKey", "en_US");
        organization.put("DefaultLocaleSidKey", "en_US");
        organization.put("TimeZoneSidKey", "GMT");
        organization.put("FiscalYearStartMonth", 1);
        first(transaction, "Organization", organization);
        first(transaction, "Profile", Map.of("Name", "System Administrator", "UserType", "Standard"));
        first(transaction, "Pricebook2", Map.of("Name", "Standard Price Book", "IsStandard", true, "IsActive", true));
        return null;
    }

    private void first(Transaction transaction, String name, Map<String, Object> record) {
        ObjectSchema object = schema.object(name).orElse(null);
        if (object != null && table(object).alive() == 0) {
            Map<String, Object> known = new LinkedHashMap<>(record);
            known.keySet().removeIf(field -> object.field(field).isEmpty());
            transaction.insert(object, known);
        }
    }

    public Schema schema() {
        return schema;
    }

    public Clock clock() {
        return clock;
    }

    /** The org's own id, 18 characters. */
    public String organizationId() {
        return RecordIds.of("00D", instance, 1);
    }

    /** Id of the first user. */
    public String userId() {
        return userId;
    }

    /** The user's own time zone if the row of the user names one, else UTC. Date literals begin and end in it. */
    public ZoneId zoneOf(String user) {
        return schema.object("User")
                .flatMap(object -> row(object, user))
                .map(row -> (String) row.get("TimeZoneSidKey"))
                .map(ZoneId::of)
                .orElse(ZoneOffset.UTC);
    }

    /** Adds a user, as a row of User where the schema has that object. Answers the user's id. */
    public String addUser(String userName) {
        if (schema.object("User").isEmpty()) {
            return write(new Writer(null, true, true), transaction -> newId("005"));
        }
        String stem = userName.replaceAll("@.*", "");
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("Username", userName);
        user.put("LastName", stem);
        user.put("Email", userName);
        user.put("Alias", stem.substring(0, Math.min(8, stem.length())));
        user.put("IsActive", true);
        schema.object("Profile").ifPresent(profile -> user.put("ProfileId", RecordIds.of("00e", instance, 1)));
        user.keySet()
                .removeIf(field ->
                        schema.object("User").orElseThrow().field(field).isEmpty());
        return write(new Writer(null, true, true), transaction -> transaction.insert(object("User"), user));
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
        InFlightTransaction transaction = new InFlightTransaction(this, clock.instant());
        inFlight.add(transaction);
        return transaction;
    }

    /** When the oldest transaction began that has not committed; nothing when there is none. */
    public Optional<Instant> oldestInFlight() {
        return inFlight.stream().map(InFlightTransaction::began).min(Comparator.naturalOrder());
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
        return schema.object(name)
                .orElseThrow(() -> new IllegalArgumentException("no object '" + name + "' in this org's schema"));
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
     * The living rows with that value in an external id, key, unique or reference field (not OwnerId, CreatedById,
     * LastModifiedById), without a scan.
     *
     * @param value as a row holds it, or as text
     * @throws IllegalArgumentException when the field has no index; see {@link #indexed(FieldSchema)}
     */
    public List<Row> rowsWith(ObjectSchema object, FieldSchema field, Object value) {
        return read(() -> {
            ObjectTable table = table(object);
            List<Row> found = new ArrayList<>();
            table.idsWith(field, value).forEach(id -> found.add(table.get(id)));
            return found;
        });
    }

    /** Whether {@link #rowsWith} knows that field. */
    public boolean indexed(FieldSchema field) {
        return ObjectTable.isIndexed(field);
    }

    // Writes

    /** Runs a transaction: alone, and seen by readers only as a whole. A failure of {@code work} undoes all of it. */
    public <T> T write(Writer writer, Function<Transaction, T> work) {
        return write(writer, null, work);
    }

    List<String> commit(InFlightTransaction transaction, Function<Transaction, List<String>> work) {
        if (!inFlight.contains(transaction)) {
            throw new IllegalStateException("the transaction is over");
        }
        try {
            return write(seeding(), transaction.began(), work);
        } finally {
            inFlight.remove(transaction);
        }
    }

    private <T> T write(Writer writer, Instant stamp, Function<Transaction, T> work) {
        lock.writeLock().lock();
        try {
            // the time is read under the lock: else one that waited for it would commit with an old stamp
            Instant now = stamp == null ? clock.instant() : stamp;
            Transaction transaction = new Transaction(this, guard, duplicateRules, writer, now);
            try {
                T result = work.apply(transaction);
                if (together != null) {
                    together.add(transaction);
                } else {
                    commit(List.of(transaction));
                }
                return result;
            } catch (RuntimeException | Error e) {
                transaction.rollBackTo(0);
                throw e;
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void commit(List<Transaction> transactions) {
        List<DeleteLog.Entry> deletions = new ArrayList<>();
        transactions.forEach(transaction -> deletions.addAll(transaction.deletions()));
        if (listener != null) {
            List<CommitListener.Written> rows = new ArrayList<>();
            transactions.forEach(transaction -> rows.addAll(transaction.written()));
            if (!rows.isEmpty()) {
                listener.committed(rows, deletions);
            }
        }
        deleteLog.add(deletions);
    }

    /** Tells of all writes from now on, or of none for null. */
    public void listen(CommitListener hearer) {
        lock.writeLock().lock();
        try {
            listener = hearer;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /**
     * Puts a row back as it was, without any check of rules.
     *
     * @param fields values as the API writes them, and the content of files as {@link Blob}; unknown names are passed over
     */
    public void restore(ObjectSchema object, Map<String, Object> fields) {
        Object[] values = new Object[object.fields().size()];
        fields.forEach((name, value) -> object.field(name)
                .filter(field -> !field.type().isCompound())
                .ifPresent(field -> values[field.index()] =
                        value instanceof Blob ? value : ValueReader.read(object, field, value)));
        Row row = new Row(object, values);
        lock.writeLock().lock();
        try {
            table(object).put(row.id(), row);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Takes all rows out as if they had never been, except users and what {@link #clear} keeps. */
    public void forgetAll() {
        lock.writeLock().lock();
        try {
            tables.replaceAll((name, table) -> KEPT.contains(name) ? table : new ObjectTable(table.schema()));
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Takes a row out as if it had never been. */
    public void forget(ObjectSchema object, String id) {
        lock.writeLock().lock();
        try {
            table(object).put(id, null);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Runs a read of all rows while nothing is written. */
    public <T> T frozen(Supplier<T> work) {
        return read(work);
    }

    /**
     * Runs several transactions as one: readers see all of them or none, and all are undone where {@code keep} is false for
     * the result, or {@code work} fails. The transactions must be run by this thread.
     */
    public <T> T writeTogether(Supplier<T> work, Predicate<T> keep) {
        lock.writeLock().lock();
        List<Transaction> around = together;
        List<Transaction> mine = new ArrayList<>();
        together = mine;
        boolean kept = false;
        try {
            T result = work.get();
            kept = keep.test(result);
            return result;
        } finally {
            together = around;
            if (!kept) {
                Collections.reverse(mine);
                mine.forEach(transaction -> transaction.rollBackTo(0));
            } else if (around != null) {
                around.addAll(mine);
            } else {
                commit(mine);
            }
            lock.writeLock().unlock();
        }
    }

    /** Removes every row except users and what every org has from the start. Ids are not given out again. */
    public void clear() {
        write(seeding(), transaction -> {
            tables.replaceAll((name, table) -> KEPT.contains(name) ? table : new ObjectTable(table.schema()));
            if (listener != null) {
                listener.cleared();
            }
            return fillBasics(transaction);
        });
    }

    /** To be called inside a transaction only. */
    ObjectTable table(ObjectSchema object) {
        return tables.get(object.name());
    }

    /** To be called inside a transaction only. */
    String newId(String prefix) {
        String id = RecordIds.of(prefix, instance, next(prefix));
        ObjectTable table = schema.objectOfId(id).map(this::table).orElse(null);
        // Rows that were put back, or filled in with their ids, may hold some of the next ids.
        while (table != null && table.get(id) != null) {
            id = RecordIds.of(prefix, instance, next(prefix));
        }
        return id;
    }

    /** The next value of a counter, from 1. To be called inside a transaction only. */
    long next(String counter) {
        return numbers.merge(counter, 1L, Long::sum);
    }

    private Writer seeding() {
        return new Writer(userId, true, true);
    }

    private <T> T read(Supplier<T> work) {
        lock.readLock().lock();
        try {
            return work.get();
        } finally {
            lock.readLock().unlock();
        }
    }
}
