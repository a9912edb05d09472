package org.sftoolkit.camel;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.h2.tools.Server;
import org.sftoolkit.camel.error.StateStoreException;
import org.sftoolkit.camel.watermark.JdbcStateRepository;

/** A database beside the nodes of a cluster, and what stands in it over time: an H2 that is quick to start, or a real PostgreSQL. */
final class PositionDatabase implements AutoCloseable {

    private static final int WATERMARK = 5;

    private final Path folder;
    private final Server h2;
    private EmbeddedPostgres postgres;
    private final String url;
    private final Connection kept;
    private final JdbcStateRepository positions;
    private final List<String> back = new ArrayList<>();
    private String last;
    private int seen;
    private int port;

    private PositionDatabase(Path folder, boolean real) throws Exception {
        this.folder = folder.resolve("postgres");
        if (real) {
            h2 = null;
            postgres = postgres(0);
            url = postgres.getJdbcUrl("postgres", "postgres");
        } else {
            h2 = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
            url = "jdbc:h2:tcp://localhost:" + h2.getPort() + "/mem:positions";
        }
        kept = real ? null : MasterNode.database(url).getConnection();
        positions = new JdbcStateRepository(MasterNode.database(url));
        LeaseCluster.create(MasterNode.database(url));
    }

    static PositionDatabase start(Path folder, boolean real) throws Exception {
        return new PositionDatabase(folder, real);
    }

    private EmbeddedPostgres postgres(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .start();
    }

    String url() {
        return url;
    }

    /** Stops a PostgreSQL, and starts it again with what it held. */
    void restart() throws IOException {
        if (postgres != null) {
            stopped();
            startAgain();
        }
    }

    /** Stops a PostgreSQL. */
    void stopped() throws IOException {
        port = postgres.getPort();
        postgres.close();
    }

    /** Starts it again with what it held. */
    void startAgain() throws IOException {
        postgres = postgres(port);
    }

    /** Compares the position with the one before. */
    synchronized void look() {
        String now;
        try {
            now = positions.getState("query:Account");
        } catch (StateStoreException down) {
            return;
        }
        if (now == null || now.equals(last)) {
            return;
        }
        seen++;
        if (last != null && watermark(now).isBefore(watermark(last))) {
            back.add(last + " -> " + now);
        }
        last = now;
    }

    private static Instant watermark(String position) {
        String time = position.split(";")[WATERMARK];
        return time.equals("-") ? Instant.MIN : Instant.parse(time);
    }

    /** How many positions there were. */
    synchronized int seen() {
        return seen;
    }

    /** Positions that lay before the one that they replaced. */
    synchronized List<String> back() {
        return List.copyOf(back);
    }

    @Override
    public void close() throws IOException, SQLException {
        if (postgres != null) {
            postgres.close();
        } else {
            kept.close();
            h2.stop();
        }
    }
}
