package org.sftoolkit.emulator;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;

/** Runs an emulator until the process is ended: {@code --port 8089 --host 127.0.0.1 --schema My_Object__c.json}. */
public final class EmulatorMain {

    private static final String USAGE = "usage: [--port NUMBER] [--host ADDRESS] [--schema DESCRIBE.json]...";

    private EmulatorMain() {}

    public static void main(String[] arguments) {
        EmulatorBuilder builder = SalesforceEmulator.builder();
        try {
            configure(builder, Arrays.asList(arguments).iterator());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(USAGE);
            System.exit(2);
        }
        SalesforceEmulator emulator = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(emulator::close, "emulator-close"));
        System.out.println("Salesforce emulator at " + emulator.url()
                + " (client id emulator-client, client secret emulator-secret,"
                + " user user@example.com, password password, security token token)");
    }

    static void configure(EmulatorBuilder builder, Iterator<String> arguments) {
        while (arguments.hasNext()) {
            String option = arguments.next();
            if (!arguments.hasNext()) {
                throw new IllegalArgumentException("no value for " + option);
            }
            String value = arguments.next();
            switch (option) {
                case "--port" -> builder.port(Integer.parseInt(value));
                case "--host" -> builder.host(value);
                case "--schema" -> builder.schema(Path.of(value));
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
    }
}
