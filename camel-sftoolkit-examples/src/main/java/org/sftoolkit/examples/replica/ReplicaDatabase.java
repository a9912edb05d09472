package org.sftoolkit.examples.replica;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL: the one at a JDBC URL, or one that is started here and lives as long as the routes. */
public final class ReplicaDatabase extends PGSimpleDataSource {

    private static final long serialVersionUID = 1;
    private static final String EMBEDDED = "embedded";

    private transient EmbeddedPostgres started;
    private String place = EMBEDDED;

    /** @param place {@code embedded}, or a JDBC URL */
    public void setPlace(String place) {
        this.place = place;
    }

    /** Starts it if it is embedded. */
    public void start() throws IOException {
        if (place.equals(EMBEDDED)) {
            started = EmbeddedPostgres.start();
            setUrl(started.getJdbcUrl("postgres", "postgres"));
        } else {
            setUrl(place);
        }
    }

    /** Stops what was started. */
    public void stop() throws IOException {
        if (started != null) {
            started.close();
        }
    }
}
