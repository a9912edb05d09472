package org.sftoolkit.examples.kafka;

import java.nio.file.Path;
import java.util.Properties;
import org.apache.camel.main.Main;

/** One machine of the cluster: the reader or a writer, with its routes. */
public final class Node {

    private Node() {}

    /**
     * Starts the routes in this process.
     *
     * @param routes {@code to-kafka} or {@code from-kafka}
     * @param brokers the address of a broker
     * @param source address of the org that is read
     * @param target address of the org that is written
     * @param positions where the reader keeps its position
     */
    public static Main start(String routes, String brokers, String source, String target, Path positions) {
        var main = new Main();
        main.configure().withRoutesIncludePattern("classpath:scale-out/" + routes + ".camel.yaml");
        var properties = new Properties();
        connect(properties, "source", source);
        connect(properties, "target", target);
        properties.put("scale.brokers", brokers);
        properties.put("scale.positions", positions.toString());
        properties.put("scale.delay", "200");
        properties.put("scale.settleDelay", "0");
        properties.put("scale.sessionTimeout", "3000");
        main.setOverrideProperties(properties);
        main.start();
        return main;
    }

    /** @param arguments those of {@link #start} */
    public static void main(String[] arguments) throws InterruptedException {
        start(arguments[0], arguments[1], arguments[2], arguments[3], Path.of(arguments[4]));
        Thread.currentThread().join();
    }

    private static void connect(Properties properties, String name, String org) {
        String bean = "camel.beans." + name;
        properties.put(bean, "#class:org.sftoolkit.camel.SfToolkitConnection");
        properties.put(bean + ".loginUrl", org);
        properties.put(bean + ".clientId", "emulator-client");
        properties.put(bean + ".clientSecret", "emulator-secret");
    }
}
