package org.sftoolkit.emulator.page;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.sftoolkit.emulator.api.Answer;
import org.sftoolkit.emulator.api.ApiCall;
import org.sftoolkit.emulator.api.Endpoint;
import org.sftoolkit.emulator.api.LoginRules;
import org.sftoolkit.emulator.control.Controlled;
import org.sftoolkit.emulator.org.OrgClock;

/** The org as a whole: how to log in, its clock, snapshots, reset. */
final class OrgPanel implements Panel {

    private static final Map<String, Duration> STEPS =
            Map.of("minute", Duration.ofMinutes(1), "hour", Duration.ofHours(1), "day", Duration.ofDays(1));

    private final Controlled emulator;

    OrgPanel(Controlled emulator) {
        this.emulator = emulator;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Panel.get("/org", this::page),
                Panel.get("/org/now", call -> Layout.part(now())),
                Panel.post("/org/clock", this::setClock),
                Panel.post("/org/snapshots", this::takeSnapshot),
                Panel.post("/org/snapshots/restore", this::restore),
                Panel.post("/org/expire", this::expire),
                Panel.post("/org/reset", this::reset));
    }

    private Answer page(ApiCall call) {
        LoginRules rules = emulator.settings().loginRules();
        return Layout.page(
                ROOT + "/org",
                "Org",
                Html.of(
                        """
                        {}
                        <h2>Clock</h2>
                        {}
                        <h2>Snapshots</h2>
                        {}
                        <h2>Sessions and records</h2>
                        <div class="line">
                        <button class="outline" hx-post="/__emulator/page/org/expire" hx-target="#done">End all sessions</button>
                        <button class="outline" hx-post="/__emulator/page/org/reset" hx-target="#done"
                         hx-confirm="Remove all records, requests, faults and jobs?">Reset the org</button>
                        </div>
                        <div id="done"></div>
                        """,
                        Layout.definitions(List.of(
                                Layout.definition("Address", emulator.instance().url()),
                                Layout.definition("Org id", emulator.org().organizationId()),
                                Layout.definition("Client id", rules.clientId()),
                                Layout.definition(
                                        "Users",
                                        String.join(
                                                ", ",
                                                rules.users().stream()
                                                        .map(user -> user.userName())
                                                        .toList())))),
                        clock(Html.NONE),
                        snapshots(Html.NONE)));
    }

    private Html now() {
        OrgClock clock = emulator.clock();
        return Html.of(
                "<p id=\"now\" hx-get=\"/__emulator/page/org/now\" hx-trigger=\"every 1s\" hx-swap=\"outerHTML\">It is"
                        + " <strong>{}</strong>{}</p>",
                clock.instant(),
                clock.stopped()
                        ? ", and the clock stands."
                        : clock.ahead().isZero() ? "." : ", " + clock.ahead() + " ahead of this machine.");
    }

    private Html clock(Html note) {
        return Html.of(
                """
                <form id="clock" hx-post="/__emulator/page/org/clock" hx-target="#clock" hx-swap="outerHTML">
                {}
                {}
                <div class="line">
                <button name="advance" value="minute" class="outline">A minute on</button>
                <button name="advance" value="hour" class="outline">An hour on</button>
                <button name="advance" value="day" class="outline">A day on</button>
                <button name="stop" value="now" class="outline">Stop it</button>
                <button name="reset" value="yes" class="outline">As this machine's</button>
                </div>
                <div class="line">
                <label for="at">Stop at</label>
                <input id="at" name="at" placeholder="2026-03-01T10:00:00Z">
                <button name="stop" value="at" class="outline">Set</button>
                </div>
                </form>
                """,
                note,
                now());
    }

    private Answer setClock(ApiCall call) {
        Map<String, String> form = call.form();
        OrgClock clock = emulator.clock();
        try {
            if (form.containsKey("advance") && STEPS.containsKey(form.get("advance"))) {
                clock.advance(STEPS.get(form.get("advance")));
            } else if (form.containsKey("reset")) {
                clock.reset();
            } else if ("at".equals(form.get("stop"))) {
                clock.stopAt(Instant.parse(form.getOrDefault("at", "")));
            } else if ("now".equals(form.get("stop"))) {
                clock.stopAt(clock.instant());
            }
            return Layout.part(clock(Layout.note("The clock is set.")));
        } catch (DateTimeException e) {
            return Layout.part(
                    clock(Layout.problem("'" + form.get("at") + "' is no instant such as 2026-03-01T10:00:00Z")));
        }
    }

    private Html snapshots(Html note) {
        Html kept = Html.all(emulator.snapshots().all().entrySet().stream()
                .map(entry -> Html.of(
                        """
                        <li>{}: {} records, {}
                        <button class="outline" hx-post="/__emulator/page/org/snapshots/restore?name={}" hx-target="#snapshots" hx-swap="outerHTML"
                         aria-label="Put {} back">Put back</button></li>
                        """,
                        entry.getKey(),
                        entry.getValue().size(),
                        entry.getValue().taken(),
                        Panel.encoded(entry.getKey()),
                        entry.getKey())));
        return Html.of(
                """
                <div id="snapshots">
                {}
                <ul>{}</ul>
                <form class="line" hx-post="/__emulator/page/org/snapshots" hx-target="#snapshots" hx-swap="outerHTML">
                <label for="snapshot">Name</label>
                <input id="snapshot" name="name" required>
                <button type="submit" class="outline">Keep all records</button>
                </form>
                </div>
                """,
                note,
                kept);
    }

    private Answer takeSnapshot(ApiCall call) {
        try {
            emulator.snapshots().take(call.form().getOrDefault("name", "").strip());
            return Layout.part(snapshots(Layout.note("Kept.")));
        } catch (IllegalArgumentException e) {
            return Layout.part(snapshots(Layout.problem(e.getMessage())));
        }
    }

    private Answer restore(ApiCall call) {
        boolean restored = emulator.snapshots().restore(call.queryParam("name").orElse(""));
        return Layout.part(snapshots(
                restored
                        ? Layout.note("All records are as they were.")
                        : Layout.problem("There is no such snapshot.")));
    }

    private Answer expire(ApiCall call) {
        emulator.sessions().expireAll();
        return Layout.part(Layout.note("All sessions have ended."));
    }

    private Answer reset(ApiCall call) {
        emulator.reset();
        return Layout.part(Layout.note("The org is empty."));
    }
}
