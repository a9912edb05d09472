package org.sftoolkit.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sftoolkit.emulator.api.PublicKeys;
import org.sftoolkit.emulator.api.RuntimeSettings;
import org.sftoolkit.emulator.api.Session;
import org.sftoolkit.emulator.api.Sessions;
import org.sftoolkit.emulator.api.UserAccount;
import org.sftoolkit.emulator.control.SettingKeeper;

/**
 * {@code settings.jsonl} of a data folder: the schema, the users and the app that came over HTTP, and who is logged in. Written
 * as rows are: handed to the operating system before the call is answered. Safe for threads.
 */
final class KeptSettings implements SettingKeeper, Sessions.Watcher, AutoCloseable {

    /** Sessions that outlive a restart; the oldest go first. */
    private static final int MOST_SESSIONS = 1_000;

    private final Path file;
    private final List<Map<?, ?>> settings = new ArrayList<>();
    private final Map<String, Map<?, ?>> sessions = new LinkedHashMap<>();
    private final FileChannel out;

    KeptSettings(Path folder) throws IOException {
        file = folder.resolve("settings.jsonl");
        JsonLines.read(file, true, this::read);
        Path fresh = folder.resolve("settings.jsonl.new");
        try (FileChannel copy = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (Map<?, ?> setting : settings) {
                JsonLines.write(copy, setting);
            }
            for (Map<?, ?> session : sessions.values()) {
                JsonLines.write(copy, Map.of("session", session));
            }
            copy.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        out = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    private void read(Map<?, ?> entry) {
        if (entry.get("session") instanceof Map<?, ?> session) {
            sessions.put((String) session.get("token"), session);
            if (sessions.size() > MOST_SESSIONS) {
                sessions.remove(sessions.keySet().iterator().next());
            }
        } else if (entry.get("ended") instanceof String token) {
            sessions.remove(token);
        } else if (entry.containsKey("allEnded")) {
            sessions.clear();
        } else {
            settings.add(entry);
        }
    }

    /** What was kept under that name, oldest first. */
    List<Map<?, ?>> settings(String name) {
        List<Map<?, ?>> kept = new ArrayList<>();
        for (Map<?, ?> setting : settings) {
            if (setting.get(name) instanceof Map<?, ?> value) {
                kept.add(value);
            }
        }
        return kept;
    }

    /** Puts users, app and sessions back, unless the settings of this start say otherwise, and hears of sessions from now on. */
    void restore(RuntimeSettings runtime, Sessions open) {
        for (Map<?, ?> user : settings("user")) {
            String name = (String) user.get("name");
            UserAccount account = new UserAccount(
                    name, (String) user.get("password"), (String) user.get("token"), (String) user.get("id"));
            runtime.changeLoginRules(rules -> rules.user(name).isPresent() ? rules : rules.with(account));
        }
        for (Map<?, ?> app : settings("app")) {
            runtime.changeLoginRules(rules -> rules.withApp(
                    app.get("id") instanceof String id ? id : rules.clientId(),
                    app.get("secret") instanceof String secret ? secret : rules.clientSecret(),
                    app.get("jwtKey") instanceof String pem ? PublicKeys.ofPem(pem) : rules.jwtKey()));
        }
        for (Map<?, ?> session : sessions.values()) {
            open.admit((String) session.get("token"), (String) session.get("userId"), (String) session.get("userName"));
        }
        open.watch(this);
    }

    @Override
    public void keep(String name, Map<String, Object> value) {
        append(Map.of(name, value));
    }

    @Override
    public void opened(Session session) {
        append(Map.of(
                "session",
                Map.of("token", session.token(), "userId", session.userId(), "userName", session.userName())));
    }

    @Override
    public void ended(String token) {
        append(Map.of("ended", token));
    }

    @Override
    public void allEnded() {
        append(Map.of("allEnded", true));
    }

    private synchronized void append(Map<String, Object> entry) {
        try {
            ByteBuffer line = JsonLines.line(entry);
            while (line.hasRemaining()) {
                out.write(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
