package org.sftoolkit.benchmarks.client;

/**
 * Does one scenario with one client: {@code driver=sftoolkit|raw|camel-salesforce scenario=S1 ops= conc= warmup= windows=
 * port= variant= label=}. Prints each measured window as a line of JSON, or an error as one, and then ends with status 3.
 */
public final class ClientMain {

    private ClientMain() {}

    /** @param args {@code name=value} each */
    public static void main(String[] args) {
        Settings settings = Settings.of(args);
        try {
            run(settings);
        } catch (Throwable e) {
            System.out.printf(
                    "{\"scenario\":\"%s\",\"rival\":\"%s\",\"error\":\"%s\"}%n",
                    settings.label(), settings.text("rival", settings.driver()), root(e));
            System.exit(3);
        }
        System.exit(0);
    }

    private static void run(Settings settings) throws Exception {
        if (settings.scenario().equals("EVENTS")) {
            try (Follower follower = Follower.of(settings)) {
                run(follower, settings);
            }
            return;
        }
        try (Client client = client(settings)) {
            run(client, settings);
        }
    }

    private static void run(Follower follower, Settings settings) throws Exception {
        var meter = new Meter(settings);
        meter.warmedUp(follower.follow(settings.warmUp()).run());
        for (int window = 0; window < settings.number("windows", 1); window++) {
            meter.begin();
            meter.measure(follower.follow(settings.operations()));
            meter.end();
        }
    }

    static Client client(Settings settings) throws Exception {
        return switch (settings.driver()) {
            case "raw" -> new RawClient(settings);
            case "camel-salesforce" -> new CamelSalesforceClient(settings);
            default -> new ToolkitClient(settings);
        };
    }

    private static void run(Client client, Settings settings) throws Exception {
        var meter = new Meter(settings);
        if (settings.scenario().equals("START")) {
            client.fetch(1, 1).run();
            meter.sinceJvmStart();
            return;
        }
        warmUp(client, settings, meter);
        int windows = settings.number("windows", 1);
        for (int window = 0; window < windows; window++) {
            meter.begin();
            do {
                meter.measure(work(client, settings, settings.operations()));
            } while (windows > 1 && !meter.longEnough());
            meter.end();
        }
    }

    // the same work as is measured, as often as it takes; anew each time, for saved records know their ids
    private static void warmUp(Client client, Settings settings, Meter meter) throws Exception {
        int once = Math.min(settings.warmUp(), settings.operations());
        long end = System.nanoTime() + settings.number("warmup-seconds", 12) * 1_000_000_000L;
        for (int done = 0; done < settings.warmUp() && System.nanoTime() < end; done += once) {
            meter.warmedUp(work(client, settings, once).run());
        }
    }

    private static Work work(Client client, Settings settings, int count) {
        int inFlight = settings.inFlight();
        return switch (settings.scenario()) {
            case "S0" -> client.empty(count, inFlight);
            case "S1", "S2" -> client.fetch(count, inFlight);
            case "S3" -> client.insert(count, inFlight);
            case "S4" -> client.retrieve(count, inFlight);
            case "S5" -> client.query(count);
            case "S6" -> client.ingest(count, BulkRows.Form.of(settings.text("variant", "")));
            case "S7" -> client.extract(!settings.text("variant", "").equals("rows"));
            default -> throw new IllegalArgumentException("no scenario " + settings.scenario());
        };
    }

    private static String root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.toString().replace('"', '\'').replace('\n', ' ');
    }
}
