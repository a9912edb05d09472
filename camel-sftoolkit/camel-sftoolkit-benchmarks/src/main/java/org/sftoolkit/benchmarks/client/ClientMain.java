package org.sftoolkit.benchmarks.client;

/**
 * Does one scenario with one client: {@code driver=sftoolkit|raw|camel-salesforce scenario=S1 ops= conc= warmup= port=
 * variant= label=}. Prints the measured window as a line of JSON, or an error as one, and then ends with status 3.
 */
public final class ClientMain {

    private ClientMain() {}

    /** @param args {@code name=value} each */
    public static void main(String[] args) {
        Settings settings = Settings.of(args);
        try (Client client = client(settings)) {
            run(client, settings);
        } catch (Throwable e) {
            System.out.printf(
                    "{\"scenario\":\"%s\",\"rival\":\"%s\",\"error\":\"%s\"}%n",
                    settings.label(), settings.text("rival", settings.driver()), root(e));
            System.exit(3);
        }
        System.exit(0);
    }

    private static Client client(Settings settings) throws Exception {
        return switch (settings.driver()) {
            case "raw" -> new RawClient(settings);
            case "camel-salesforce" -> new CamelSalesforceClient(settings);
            default -> new ToolkitClient(settings);
        };
    }

    private static void run(Client client, Settings settings) throws Exception {
        var meter = new Meter(settings);
        int count = settings.operations();
        int inFlight = settings.inFlight();
        int warmUp = settings.warmUp();
        switch (settings.scenario()) {
            case "S0" -> {
                client.empty(warmUp, inFlight);
                meter.start();
                client.empty(count, inFlight);
                meter.stop(count);
            }
            case "START" -> {
                client.fetch(1, 1);
                meter.sinceJvmStart();
            }
            case "S1", "S2" -> {
                client.fetch(warmUp, inFlight);
                meter.start();
                client.fetch(count, inFlight);
                meter.stop(count);
            }
            case "S3" -> {
                client.insert(Math.max(warmUp, inFlight * 200), inFlight);
                meter.start();
                client.insert(count, inFlight);
                meter.stop(count);
            }
            case "S4" -> {
                client.retrieve(Math.max(warmUp, 2000), inFlight);
                meter.start();
                client.retrieve(count, inFlight);
                meter.stop(count);
            }
            case "S5" -> {
                if (warmUp > 0) {
                    client.query(warmUp);
                }
                meter.start();
                meter.stop(client.query(count));
            }
            case "S6-csv", "S6-records", "S6" -> {
                boolean csv = !settings.scenario().endsWith("records")
                        && !settings.text("variant", "").equals("records");
                if (warmUp > 0) {
                    client.ingest(warmUp, csv);
                }
                meter.start();
                client.ingest(count, csv);
                meter.stop(count);
            }
            case "S7-csv", "S7-rows", "S7" -> {
                boolean csv = !settings.scenario().endsWith("rows")
                        && !settings.text("variant", "").equals("rows");
                meter.start();
                meter.stop(client.extract(csv));
            }
            default -> throw new IllegalArgumentException("no scenario " + settings.scenario());
        }
    }

    private static String root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.toString().replace('"', '\'').replace('\n', ' ');
    }
}
