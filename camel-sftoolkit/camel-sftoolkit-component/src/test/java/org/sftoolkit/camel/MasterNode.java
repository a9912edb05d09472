package org.sftoolkit.camel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.cluster.FileLockClusterService;
import org.apache.camel.main.Main;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.sftoolkit.camel.watermark.JdbcStateRepository;

/** A node of a cluster, in a process of its own: polls while it is the master, and writes down each record that it completes. */
final class MasterNode {

    private MasterNode() {}

    /**
     * Arguments: the org's address, a directory shared by the nodes, the name of this node; and the address of a database, if lock and
     * position are to be there and not in files.
     */
    public static void main(String[] arguments) throws Exception {
        String url = arguments[0];
        Path shared = Path.of(arguments[1]);
        Path done = shared.resolve("done-" + arguments[2]);
        var main = new Main();
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() throws Exception {
                boolean inDatabase = arguments.length > 3;
                if (inDatabase) {
                    DataSource database = database(arguments[3]);
                    getContext().addService(new LeaseCluster(database, arguments[2]));
                    getContext().getRegistry().bind("positions", new JdbcStateRepository(database));
                } else {
                    getContext().addService(lock(shared));
                }
                var component = new SfToolkitComponent();
                component.getConfiguration().setLoginUrl(url);
                component.getConfiguration().setClientId("emulator-client");
                component.getConfiguration().setClientSecret("emulator-secret");
                getContext().addComponent("sftoolkit", component);
                from("master:poll:sftoolkit:query:Account?fields=Name&delay=50&initialDelay=0&settleDelay=1000"
                                + "&lookBack=5000"
                                + (inDatabase
                                        ? "&watermarkStore=#positions"
                                        : "&watermarkFile=" + shared.resolve("watermarks")))
                        .process(exchange -> Files.writeString(
                                done,
                                exchange.getMessage().getHeader("CamelSfToolkitId") + "\n",
                                StandardOpenOption.CREATE,
                                StandardOpenOption.APPEND));
            }
        });
        main.run();
    }

    private static FileLockClusterService lock(Path shared) {
        var cluster = new FileLockClusterService();
        cluster.setRoot(shared.resolve("cluster").toString());
        cluster.setAcquireLockDelay(10);
        cluster.setAcquireLockInterval(50);
        cluster.setAcquireLockIntervalUnit(TimeUnit.MILLISECONDS);
        cluster.setAcquireLockDelayUnit(TimeUnit.MILLISECONDS);
        return cluster;
    }

    /** Connects to H2 or PostgreSQL. */
    static DataSource database(String url) {
        if (url.startsWith("jdbc:h2:")) {
            var h2 = new JdbcDataSource();
            h2.setURL(url);
            return h2;
        }
        var postgres = new PGSimpleDataSource();
        postgres.setUrl(url);
        return postgres;
    }
}
