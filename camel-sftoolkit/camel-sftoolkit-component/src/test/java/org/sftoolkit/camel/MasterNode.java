package org.sftoolkit.camel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.cluster.FileLockClusterService;
import org.apache.camel.main.Main;

/** A node of a cluster, in a process of its own: polls while it is the master, and writes down each record that it completes. */
final class MasterNode {

    private MasterNode() {}

    /** Arguments: the org's address, a directory shared by the nodes, the name of this node. */
    public static void main(String[] arguments) throws Exception {
        String url = arguments[0];
        Path shared = Path.of(arguments[1]);
        Path done = shared.resolve("done-" + arguments[2]);
        var main = new Main();
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() throws Exception {
                var cluster = new FileLockClusterService();
                cluster.setRoot(shared.resolve("cluster").toString());
                cluster.setAcquireLockDelay(10);
                cluster.setAcquireLockInterval(50);
                cluster.setAcquireLockIntervalUnit(java.util.concurrent.TimeUnit.MILLISECONDS);
                cluster.setAcquireLockDelayUnit(java.util.concurrent.TimeUnit.MILLISECONDS);
                getContext().addService(cluster);
                var component = new SfToolkitComponent();
                component.getConfiguration().setLoginUrl(url);
                component.getConfiguration().setClientId("emulator-client");
                component.getConfiguration().setClientSecret("emulator-secret");
                getContext().addComponent("sftoolkit", component);
                from("master:poll:sftoolkit:query:Account?fields=Name&delay=50&initialDelay=0&settleDelay=1000"
                                + "&lookBack=5000&watermarkFile=" + shared.resolve("watermarks"))
                        .process(exchange -> Files.writeString(
                                done,
                                exchange.getMessage().getHeader("CamelSfToolkitId") + "\n",
                                StandardOpenOption.CREATE,
                                StandardOpenOption.APPEND));
            }
        });
        main.run();
    }
}
