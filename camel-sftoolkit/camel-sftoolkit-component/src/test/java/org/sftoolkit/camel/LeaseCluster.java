package org.sftoolkit.camel;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.camel.cluster.CamelClusterMember;
import org.apache.camel.support.cluster.AbstractCamelClusterService;
import org.apache.camel.support.cluster.AbstractCamelClusterView;

/**
 * A cluster whose leader holds a lease in a database and renews it. A leader that is paused loses it to another, and takes itself for
 * the leader until it asks again.
 */
final class LeaseCluster extends AbstractCamelClusterService<LeaseCluster.View> {

    private static final long LEASE_MILLIS = 1_000;
    private static final long RENEWAL_MILLIS = 200;

    private final DataSource database;
    private final String node;

    LeaseCluster(DataSource database, String node) {
        this.database = database;
        this.node = node;
    }

    /** Makes the lease, which nobody holds. */
    static void create(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE lease (owner VARCHAR(40), until_millis BIGINT)");
            statement.execute("INSERT INTO lease (owner, until_millis) VALUES ('nobody', 0)");
        }
    }

    private boolean renew() {
        long now = System.currentTimeMillis();
        try (Connection connection = database.getConnection();
                var update = connection.prepareStatement(
                        "UPDATE lease SET owner = ?, until_millis = ? WHERE owner = ? OR until_millis < ?")) {
            update.setString(1, node);
            update.setLong(2, now + LEASE_MILLIS);
            update.setString(3, node);
            update.setLong(4, now);
            return update.executeUpdate() == 1;
        } catch (SQLException down) {
            return false;
        }
    }

    @Override
    protected View createView(String namespace) {
        return new View(namespace);
    }

    final class View extends AbstractCamelClusterView {

        private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
        private volatile boolean leader;

        private final CamelClusterMember local = new CamelClusterMember() {
            @Override
            public boolean isLeader() {
                return leader;
            }

            @Override
            public boolean isLocal() {
                return true;
            }

            @Override
            public String getId() {
                return node;
            }
        };

        private View(String namespace) {
            super(LeaseCluster.this, namespace);
        }

        private void tick() {
            boolean now = renew();
            if (now != leader) {
                leader = now;
                fireLeadershipChangedEvent(local);
            }
        }

        @Override
        public Optional<CamelClusterMember> getLeader() {
            return leader ? Optional.of(local) : Optional.empty();
        }

        @Override
        public CamelClusterMember getLocalMember() {
            return local;
        }

        @Override
        public List<CamelClusterMember> getMembers() {
            return List.of(local);
        }

        @Override
        protected void doStart() {
            ticks.scheduleWithFixedDelay(this::tick, 0, RENEWAL_MILLIS, TimeUnit.MILLISECONDS);
        }

        @Override
        protected void doStop() {
            ticks.shutdownNow();
        }
    }
}
