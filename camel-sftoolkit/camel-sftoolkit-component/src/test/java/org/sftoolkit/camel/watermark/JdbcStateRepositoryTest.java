package org.sftoolkit.camel.watermark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.camel.error.StateStoreException;

/** In H2, as itself and in the manner of the others. */
class JdbcStateRepositoryTest {

    private static final String KEY = "query:Account:Größe";

    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final JdbcDataSource database = new JdbcDataSource();
    private Connection kept;

    @BeforeEach
    void newDatabase() throws SQLException {
        use("");
    }

    private void use(String mode) throws SQLException {
        if (kept != null) {
            kept.close();
        }
        String suffix = mode.isEmpty() ? "" : ";MODE=" + mode;
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + suffix);
        kept = database.getConnection(); // the database lives as long as somebody is connected
    }

    @AfterEach
    void close() throws Exception {
        threads.shutdown();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        kept.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PostgreSQL", "MySQL", "MariaDB"})
    void aTextOfAnyLengthIsKept(String mode) throws SQLException {
        use(mode);
        var store = new JdbcStateRepository(database);
        assertThat(store.getState(KEY)).isNull();
        for (String text : List.of("x", "ab".repeat(30_000), "", "c".repeat(4_000), "d".repeat(4_001), "e")) {
            store.setState(KEY, text);
            assertThat(store.getState(KEY)).isEqualTo(text);
            assertThat(new JdbcStateRepository(database).getState(KEY)).isEqualTo(text);
        }
        store.setState(KEY.toUpperCase(java.util.Locale.ROOT), "another");
        store.setState("k".repeat(5_000), "long");
        assertThat(store.getState(KEY)).isEqualTo("e");
        assertThat(store.getState("k".repeat(5_000))).isEqualTo("long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PostgreSQL", "MySQL"})
    void onlyWhatIsKnownIsReplaced(String mode) throws SQLException {
        use(mode);
        var store = new JdbcStateRepository(database);
        assertThat(store.compareAndSetState(KEY, "x", "1")).isFalse();
        assertThat(store.getState(KEY)).isNull();
        assertThat(store.compareAndSetState(KEY, null, "1")).isTrue();
        assertThat(store.compareAndSetState(KEY, null, "2")).isFalse();
        assertThat(store.compareAndSetState(KEY, "1", "2".repeat(9_000))).isTrue();
        assertThat(store.compareAndSetState(KEY, "1", "3")).isFalse();
        assertThat(store.getState(KEY)).isEqualTo("2".repeat(9_000));
        assertThat(store.compareAndSetState(KEY, "2".repeat(9_000), "3")).isTrue();
        assertThat(store.getState(KEY)).isEqualTo("3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PostgreSQL", "MySQL"})
    void noWriteOfManyNodesIsLost(String mode) throws Exception {
        use(mode);
        List<Future<Integer>> nodes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            nodes.add(threads.submit(countUp(new JdbcStateRepository(database), 25)));
        }
        int written = 0;
        for (Future<Integer> node : nodes) {
            written += node.get(2, TimeUnit.MINUTES);
        }
        String text = new JdbcStateRepository(database).getState(KEY);
        assertThat(written).isEqualTo(8 * 25);
        assertThat(text).isEqualTo("n".repeat(written));
    }

    /** Adds a letter so many times, each to the text as it read it. */
    private static Callable<Integer> countUp(JdbcStateRepository store, int times) {
        return () -> {
            int written = 0;
            while (written < times) {
                String known = store.getState(KEY);
                written += store.compareAndSetState(KEY, known, known == null ? "n" : known + "n") ? 1 : 0;
            }
            return written;
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"state; DROP TABLE x", "a.b.c", "", "1a", "\"a\""})
    void aNameThatIsNoneIsRefused(String table) {
        var store = new JdbcStateRepository(database);
        assertThatThrownBy(() -> store.setTable(table))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sftoolkit_state");
    }

    @ParameterizedTest
    @ValueSource(strings = "PUBLIC.positions")
    void theTableMayHaveAnotherName(String table) throws SQLException {
        var store = new JdbcStateRepository(database);
        store.setTable(table);
        store.setState(KEY, "1");
        try (var rows = kept.createStatement().executeQuery("SELECT state_key, text FROM positions")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("query:Account:Gr??e");
            assertThat(rows.getString(2)).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "query:Account")
    void aDatabaseThatIsGoneIsAnErrorOfTheFamily(String key) {
        var gone = new JdbcDataSource();
        gone.setURL("jdbc:h2:tcp://localhost:1/none");
        var store = new JdbcStateRepository(gone);
        assertThatThrownBy(() -> store.getState(key))
                .isInstanceOf(StateStoreException.class)
                .hasMessageContaining(key)
                .hasMessageContaining("sftoolkit_state");
    }

    @Test
    void aConnectionOfAPoolComesBackAsItWasWhateverHappens() throws SQLException {
        Connection pooled = (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    try {
                        return method.getName().equals("close") ? null : method.invoke(kept, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        var store = new JdbcStateRepository((DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> pooled));
        kept.setAutoCommit(false);
        store.setState(KEY, "1");
        assertThat(kept.getAutoCommit()).isFalse();
        kept.createStatement().execute("DROP TABLE sftoolkit_state");
        assertThatThrownBy(() -> store.getState(KEY)).isInstanceOf(StateStoreException.class);
        assertThat(kept.getAutoCommit()).isFalse();
    }
}
