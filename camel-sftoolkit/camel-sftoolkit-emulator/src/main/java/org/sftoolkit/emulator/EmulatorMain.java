package org.sftoolkit.emulator;

import java.io.PrintWriter;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.sftoolkit.emulator.api.LoginRules;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs an emulator until the process is ended. Needs {@code picocli}, which the standalone jar has. */
@Command(
        name = "salesforce-emulator",
        description = "A Salesforce org on this machine, for development and tests.",
        mixinStandardHelpOptions = true,
        versionProvider = EmulatorMain.Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Log in with client id emulator-client, client secret emulator-secret, or as user@example.com",
            "with password 'password' and security token 'token', unless --config says otherwise."
        })
public final class EmulatorMain implements Callable<Integer> {

    private static final int WRONG_USAGE = 2;
    /** Characters of a body that the page shows. */
    static final int KEPT_BODIES = 10_000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "NUMBER",
            defaultValue = "8089",
            description = "Port, 0 for any free one. Default ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to listen at. Default ${DEFAULT-VALUE}: this machine only.")
    private String host;

    @Option(names = "--tls", description = "HTTPS, with a certificate of its own unless one is given.")
    private boolean tls;

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description = "PEM file with the certificate; with --key, and --tls is meant.")
    private Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "PEM file with the certificate's private key.")
    private Path key;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML: users, app, objects, fields, rules, limits, latency, clock.")
    private Path config;

    @Option(
            names = "--schema",
            paramLabel = "PATH",
            description = "Describe results of more objects, a file or a folder. Repeatable.")
    private List<Path> schemas = new ArrayList<>();

    @Option(
            names = "--seed",
            paramLabel = "PATH",
            description = "Records, Account.csv or Account.json, a file or a folder; 'demo' for some that come with it."
                    + " Repeatable.")
    private List<Path> seeds = new ArrayList<>();

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "Where records are kept over restarts. Default: in memory only.")
    private Path data;

    @Option(
            names = "--replay",
            paramLabel = "FOLDER",
            description = "Answers from a recording (option recordTo of the component) in place of the org.")
    private Path replay;

    @Option(names = "--quiet", description = "Prints nothing when it has started.")
    private boolean quiet;

    /** What {@code --version} prints. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = EmulatorMain.class.getPackage().getImplementationVersion();
            return new String[] {"salesforce-emulator " + (version == null ? "(not packaged)" : version)};
        }
    }

    private EmulatorMain() {}

    public static void main(String[] arguments) {
        // Nothing of slf4j about its missing provider; what goes wrong at a request stands in its answer.
        if (System.getProperty("slf4j.internal.verbosity") == null) {
            System.setProperty("slf4j.internal.verbosity", "ERROR");
        }
        // It looks up no names, and asks neither the network's cards nor their resolver: some 100 classes less until it
        // listens.
        System.setProperty("vertx.disableDnsResolver", "true");
        System.setProperty("io.netty.machineId", "02:00:00:00:00:01");
        Thread loading = new Thread(HttpListeners::loadClasses, "emulator-loading");
        loading.setDaemon(true);
        loading.start();
        int status = commandLine().execute(arguments);
        if (status != 0) {
            System.exit(status);
        }
    }

    /** The command, for tests too: wrong usage is one line and the status 2. */
    static CommandLine commandLine() {
        return new CommandLine(new EmulatorMain())
                .setParameterExceptionHandler((e, arguments) -> {
                    PrintWriter err = e.getCommandLine().getErr();
                    err.println(e.getMessage().replaceAll("\\s*\\R\\s*", " ") + " (--help tells all options)");
                    return WRONG_USAGE;
                })
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    command.getErr().println(StartFiles.reason(e));
                    return 1;
                });
    }

    @Override
    public Integer call() throws InterruptedException {
        try (SalesforceEmulator emulator = start()) {
            Thread main = Thread.currentThread();
            CountDownLatch ended = new CountDownLatch(1);
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                emulator.close();
                                ended.countDown();
                                main.interrupt();
                            },
                            "emulator-close"));
            if (!quiet) {
                spec.commandLine()
                        .getOut()
                        .println("Salesforce emulator at " + emulator.url() + ", a page at " + emulator.url() + "/"
                                + login());
            }
            ended.await();
        } catch (InterruptedException e) {
            return 0;
        }
        return 0;
    }

    private String login() {
        return config == null
                ? " (client id emulator-client, client secret emulator-secret,"
                        + " user user@example.com, password password, security token token)"
                : "";
    }

    /** Starts what the options ask for. */
    SalesforceEmulator start() {
        if (port < 0 || port > 65_535) {
            throw wrong("--port", "is a number from 0 to 65535, not " + port);
        }
        requireNames();
        EmulatorBuilder builder = SalesforceEmulator.builder().port(port).jwtKey(LoginRules.ANY_KEY);
        check("--host", () -> builder.host(StartFiles.address(host)));
        if (config != null) {
            check("--config", () -> OrgConfig.apply(file("--config", config), builder));
        }
        for (Path schema : schemas) {
            check("--schema", () -> StartFiles.schema(builder, schema));
        }
        for (Path seed : seeds) {
            if (!SeedFiles.exists(seed)) {
                throw wrong("--seed", seed + " does not exist; 'demo' stands for records that come with the emulator");
            }
            builder.seed(seed);
        }
        if (replay != null) {
            check("--replay", () -> builder.replay(replay));
        }
        if (data != null) {
            if (Files.exists(data) && !Files.isDirectory(data)) {
                throw wrong("--data", "is a folder, and " + data + " is a file");
            }
            builder.data(data);
        }
        tls(builder);
        try {
            SalesforceEmulator emulator = builder.start();
            emulator.requests().keepBodies(KEPT_BODIES);
            return emulator;
        } catch (IllegalArgumentException e) {
            throw wrong(causeOf(e.getMessage()), e.getMessage());
        } catch (RuntimeException e) {
            throw refusedToListen(e);
        }
    }

    /** The option that a failed start is about, by its words. */
    private String causeOf(String message) {
        if (message.contains("the data folder")) {
            return "--data";
        }
        boolean ofSeed = seeds.stream().anyMatch(seed -> message.contains(seed.toString()));
        return ofSeed || config == null ? "--seed" : "--config";
    }

    /** Which option is the cause if it cannot listen. */
    private RuntimeException refusedToListen(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                boolean inUse = String.valueOf(cause.getMessage()).contains("in use");
                return inUse
                        ? wrong("--port", port + " is in use by another process; 0 takes a free one")
                        : wrong("--host", "cannot listen at " + host + ", port " + port + ": " + cause.getMessage());
            }
        }
        return certificate == null
                ? failure
                : wrong("--key", "cannot be used with this certificate: " + StartFiles.reason(failure));
    }

    /** An empty name would stand for the folder that it runs in. */
    private void requireNames() {
        if (host.isBlank()) {
            throw wrong("--host", "needs an address, such as 127.0.0.1");
        }
        Map<String, List<Path>> paths = new LinkedHashMap<>();
        paths.put("--config", config == null ? List.of() : List.of(config));
        paths.put("--certificate", certificate == null ? List.of() : List.of(certificate));
        paths.put("--key", key == null ? List.of() : List.of(key));
        paths.put("--data", data == null ? List.of() : List.of(data));
        paths.put("--schema", schemas);
        paths.put("--seed", seeds);
        paths.forEach((option, given) -> {
            if (given.stream().anyMatch(path -> path.toString().isBlank())) {
                throw wrong(option, "needs the name of a file or folder");
            }
        });
    }

    private void tls(EmulatorBuilder builder) {
        if (certificate != null || key != null) {
            if (key == null) {
                throw wrong("--certificate", "needs --key");
            }
            if (certificate == null) {
                throw wrong("--key", "needs --certificate");
            }
            Path pem = file("--certificate", certificate);
            check("--certificate", () -> StartFiles.requireCertificate(pem));
            builder.tls(pem, file("--key", key));
        } else if (tls) {
            check("--tls", () -> OwnCertificate.of(host).applyTo(builder));
        }
    }

    private Path file(String option, Path path) {
        if (!Files.isRegularFile(path)) {
            throw wrong(option, path + (Files.exists(path) ? " is no file" : " does not exist"));
        }
        return path;
    }

    private void check(String option, Runnable work) {
        try {
            work.run();
        } catch (ParameterException e) {
            throw e;
        } catch (RuntimeException e) {
            throw wrong(option, StartFiles.reason(e));
        }
    }

    private ParameterException wrong(String option, String what) {
        return new ParameterException(spec.commandLine(), option + ": " + what);
    }
}
