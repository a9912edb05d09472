package org.sftoolkit.camel.watermark;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.StateStoreException;

/**
 * Positions, and other states by key, in a table of a database that several machines may share. The table is made when it is first
 * needed and not there. Works with any database that knows {@code VARCHAR(4000)} and transactions; tested with PostgreSQL and H2.
 * Thread-safe; blocks; each call takes a connection of its own and gives it back. If the database cannot be reached, a call fails
 * with {@link StateStoreException}.
 *
 * <p>A text longer than a column goes over several rows, so that one set of plain SQL does for all databases. Further rows are written under
 * a number of their own, then one statement lets the first row name them. So no transaction spans two statements, and a node that
 * is paused between them holds no lock that another waits for. Rows are found by the SHA-256 of their key: databases differ in how
 * long a key may be and in whether it regards case.
 */
public final class JdbcStateRepository extends ServiceSupport implements AtomicStateRepository {

    /** The table if none is named. */
    public static final String DEFAULT_TABLE = "sftoolkit_state";

    private static final int PART = 4_000;
    private static final int KEY = 1_000;
    private static final int TRIES = 3;

    private @Nullable DataSource dataSource;
    private String table = DEFAULT_TABLE;
    private volatile boolean tableIsThere;

    /** Needs a {@link #setDataSource data source}. */
    public JdbcStateRepository() {}

    /** @param dataSource gives connections; a pool */
    public JdbcStateRepository(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Gives connections; a pool. Required. */
    public void setDataSource(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Name of the table, with its schema if it is not the user's own.
     *
     * @throws IllegalArgumentException if it is not made of letters, digits, underscores and one dot
     */
    public void setTable(String table) {
        if (!table.matches("(?:[A-Za-z_][A-Za-z0-9_]*\\.)?[A-Za-z_][A-Za-z0-9_]*")) {
            throw new IllegalArgumentException("table=" + table + ": use a name such as " + DEFAULT_TABLE
                    + ", or one with its schema, such as integration." + DEFAULT_TABLE);
        }
        this.table = table;
    }

    @Override
    protected void doInit() {
        required();
    }

    private DataSource required() {
        return Objects.requireNonNull(dataSource, "JdbcStateRepository needs a dataSource");
    }

    @Override
    public @Nullable String getState(String key) {
        return connected("read", key, connection -> Optional.ofNullable(read(connection, id(key))))
                .map(Stored::text)
                .orElse(null);
    }

    @Override
    public void setState(String key, String value) {
        boolean written = false;
        for (int tries = 0; !written && tries < TRIES; tries++) {
            written = connected("written", key, connection -> write(connection, key, read(connection, id(key)), value));
        }
        if (!written) {
            throw unusable("written", key, new SQLException("others write it all the time"));
        }
    }

    @Override
    public boolean compareAndSetState(String key, @Nullable String expected, String value) {
        return connected("written", key, connection -> {
            Stored stored = read(connection, id(key));
            String present = stored == null ? null : stored.text();
            return Objects.equals(present, expected) && write(connection, key, stored, value);
        });
    }

    private record Stored(long version, String text) {}

    @FunctionalInterface
    private interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private <T> T connected(String verb, String key, Work<T> work) {
        try (Connection connection = required().getConnection()) {
            boolean auto = connection.getAutoCommit();
            connection.setAutoCommit(true);
            try {
                requireTable(connection);
                return work.with(connection);
            } finally {
                connection.setAutoCommit(auto);
            }
        } catch (SQLException e) {
            throw unusable(verb, key, e);
        }
    }

    /** One statement reads all rows, so that they are of one write. */
    private @Nullable Stored read(Connection connection, String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT part, version, text FROM " + table + " WHERE id = ? ORDER BY part")) {
            select.setString(1, id);
            try (ResultSet rows = select.executeQuery()) {
                Stored first = null;
                var text = new StringBuilder();
                while (rows.next()) {
                    if (rows.getInt(1) == 0) {
                        first = new Stored(rows.getLong(2), "");
                    }
                    if (first != null && first.version() == rows.getLong(2)) {
                        String part = rows.getString(3); // some databases know no empty text
                        text.append(part == null ? "" : part);
                    }
                }
                return first == null ? null : new Stored(first.version(), text.toString());
            }
        }
    }

    /** False if another has written meanwhile. */
    private boolean write(Connection connection, String key, @Nullable Stored stored, String value)
            throws SQLException {
        String id = id(key);
        List<String> parts = parts(value);
        long version = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        for (int part = 1; part < parts.size(); part++) {
            insert(connection, id, part, version, version, null, parts.get(part));
        }
        boolean written = stored == null
                ? begins(connection, id, version, readable(key), parts.get(0))
                : replaces(connection, id, stored.version(), version, parts.get(0));
        // of a write that was refused its own rows; no others, which may be of a write under way
        if (!written) {
            delete(connection, id, version);
        } else if (stored != null) {
            delete(connection, id, stored.version());
        }
        return written;
    }

    private boolean begins(Connection connection, String id, long version, String key, String text)
            throws SQLException {
        try {
            insert(connection, id, 0, 0, version, key, text);
            return true;
        } catch (SQLException e) {
            if (isDuplicate(e)) {
                return false;
            }
            throw e;
        }
    }

    private boolean replaces(Connection connection, String id, long from, long to, String text) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE " + table + " SET version = ?, text = ? WHERE id = ? AND part = 0 AND version = ?")) {
            update.setLong(1, to);
            update.setString(2, text);
            update.setString(3, id);
            update.setLong(4, from);
            return update.executeUpdate() == 1;
        }
    }

    private void delete(Connection connection, String id, long version) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM " + table + " WHERE id = ? AND part > 0 AND write_id = ?")) {
            delete.setString(1, id);
            delete.setLong(2, version);
            delete.executeUpdate();
        }
    }

    /** What a column holds each; no part ends within a character. */
    private static List<String> parts(String value) {
        var parts = new ArrayList<String>();
        int begin = 0;
        do {
            int end = Math.min(value.length(), begin + PART);
            if (end < value.length() && Character.isHighSurrogate(value.charAt(end - 1))) {
                end--;
            }
            parts.add(value.substring(begin, end));
            begin = end;
        } while (begin < value.length());
        return parts;
    }

    private void insert(
            Connection connection, String id, int part, long writeId, long version, @Nullable String key, String text)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO " + table + " (id, part, write_id, version, state_key, text) VALUES (?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, id);
            insert.setInt(2, part);
            insert.setLong(3, writeId);
            insert.setLong(4, version);
            insert.setString(5, key);
            insert.setString(6, text);
            insert.executeUpdate();
        }
    }

    private static boolean isDuplicate(SQLException failure) {
        return failure instanceof SQLIntegrityConstraintViolationException
                || failure.getSQLState() != null && failure.getSQLState().startsWith("23");
    }

    private void requireTable(Connection connection) throws SQLException {
        if (!tableIsThere && !isThere(connection)) {
            try (Statement create = connection.createStatement()) {
                create.execute(ddl());
            } catch (SQLException e) {
                // another node may have been quicker
                if (!isThere(connection)) {
                    throw new SQLException(
                            "the table " + table + " cannot be made (" + e.getMessage() + "); have it made by: "
                                    + ddl(),
                            e);
                }
            }
        }
        tableIsThere = true;
    }

    private boolean isThere(Connection connection) {
        try (Statement select = connection.createStatement()) {
            select.executeQuery("SELECT id, part, write_id, version, state_key, text FROM " + table + " WHERE part < 0")
                    .close();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private String ddl() {
        return "CREATE TABLE " + table + " (id CHAR(64) NOT NULL, part INTEGER NOT NULL, write_id BIGINT NOT NULL,"
                + " version BIGINT NOT NULL, state_key VARCHAR(" + KEY + "), text VARCHAR(" + PART
                + "), PRIMARY KEY (id, part, write_id))";
    }

    private static String id(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The key for people who look at the table: rows are not found by it. */
    private static String readable(String key) {
        return key.substring(0, Math.min(KEY, key.length())).replaceAll("[^ -~]", "?");
    }

    private StateStoreException unusable(String verb, String key, SQLException cause) {
        return new StateStoreException(
                "the state " + key + " cannot be " + verb + " in the table " + table + ": " + cause.getMessage(),
                cause);
    }

    @Override
    public String toString() {
        return "JdbcStateRepository[" + table + "]";
    }
}
