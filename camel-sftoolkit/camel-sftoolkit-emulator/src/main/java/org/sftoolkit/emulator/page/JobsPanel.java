package org.sftoolkit.emulator.page;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.sftoolkit.emulator.api.Answer;
import org.sftoolkit.emulator.api.ApiCall;
import org.sftoolkit.emulator.api.Endpoint;
import org.sftoolkit.emulator.bulk.BulkJob;
import org.sftoolkit.emulator.bulk.BulkService;
import org.sftoolkit.emulator.bulk.BulkSettings;
import org.sftoolkit.emulator.bulk.ClassicJob;
import org.sftoolkit.emulator.bulk.IngestJob;
import org.sftoolkit.emulator.bulk.JobState;
import org.sftoolkit.emulator.control.Controlled;

/** The bulk jobs as they go on. */
final class JobsPanel implements Panel {

    private static final int SHOWN = 100;

    private final BulkService bulk;

    JobsPanel(Controlled emulator) {
        this.bulk = emulator.bulk();
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Panel.get("/jobs", this::page),
                Panel.get("/jobs/rows", call -> Layout.part(list())),
                Panel.post("/jobs/step", this::step),
                Panel.post("/jobs/run", this::run),
                Panel.post("/jobs/manual", this::manual),
                Panel.post("/jobs/automatic", this::automatic));
    }

    private Answer page(ApiCall call) {
        return Layout.page(ROOT + "/jobs", "Jobs", list());
    }

    private Answer step(ApiCall call) {
        bulk.step();
        return Layout.part(list());
    }

    private Answer run(ApiCall call) {
        bulk.runAll();
        return Layout.part(list());
    }

    private Answer manual(ApiCall call) {
        bulk.change(bulk.settings().manual());
        return Layout.part(list());
    }

    private Answer automatic(ApiCall call) {
        BulkSettings now = bulk.settings();
        bulk.change(new BulkSettings(
                true,
                now.stepDelay(),
                now.batchRows(),
                now.pageRows(),
                now.listPage(),
                now.uploadLimit(),
                now.secondUpload(),
                now.emptyResults(),
                now.hardDelete()));
        return Layout.part(list());
    }

    private Html list() {
        List<Html> rows = new ArrayList<>();
        bulk.jobs().forEach(job -> rows.add(row(job)));
        bulk.classic().list().forEach(job -> rows.add(row(job)));
        Collections.reverse(rows);
        boolean automatic = bulk.settings().automatic();
        return Html.of(
                """
                <div id="jobs" hx-get="/__emulator/page/jobs/rows" hx-trigger="every 1s" hx-swap="outerHTML">
                <p>{}</p>
                <div class="line">{}{}</div>
                {}
                </div>
                """,
                automatic ? "Jobs are processed by themselves." : "Jobs wait for a step.",
                button(
                        automatic ? "manual" : "automatic",
                        automatic ? "Let jobs wait for me" : "Let jobs run by themselves"),
                automatic ? Html.NONE : Html.all(button("step", "One step"), button("run", "All to their end")),
                rows.isEmpty()
                        ? Html.of("<p>No jobs.</p>")
                        : Layout.table(
                                "Bulk jobs",
                                List.of(
                                        "Id",
                                        "Operation",
                                        "Object",
                                        "State",
                                        "Progress",
                                        "Processed",
                                        "Failed",
                                        "Message"),
                                Html.all(rows.stream().limit(SHOWN))));
    }

    private static Html button(String action, String text) {
        return Html.of(
                "<button id=\"jobs-{}\" class=\"outline\" hx-post=\"/__emulator/page/jobs/{}\" hx-target=\"#jobs\""
                        + " hx-swap=\"outerHTML\">{}</button>",
                action,
                action,
                text);
    }

    private static Html row(BulkJob job) {
        JobState state = job.state();
        long expected = job instanceof IngestJob ingest ? ingest.expected() : 0;
        return row(
                job.id(),
                job.operation(),
                job.order().object(),
                state.wireName(),
                state == JobState.OPEN || state == JobState.UPLOAD_COMPLETE
                        ? 0
                        : state.terminal() ? 1 : expected == 0 ? -1 : (double) job.processed() / expected,
                job.processed(),
                job instanceof IngestJob ingest ? ingest.failed() : 0,
                job.errorMessage());
    }

    private static Html row(ClassicJob job) {
        long ended =
                job.batches().stream().filter(batch -> batch.state().ended()).count();
        int all = job.batches().size();
        return row(
                job.id(),
                job.order().operation() + " (Bulk API 1)",
                job.order().object(),
                job.state().wireName(),
                all == 0 ? 0 : (double) ended / all,
                job.batches().stream().mapToLong(ClassicJob.Batch::processed).sum(),
                job.batches().stream().mapToLong(ClassicJob.Batch::failed).sum(),
                ended + " of " + all + " batches");
    }

    /** @param share of the work that is done; -1 if not known */
    private static Html row(
            String id,
            String operation,
            String object,
            String state,
            double share,
            long processed,
            long failed,
            String message) {
        Html bar = share < 0
                ? Html.of("<progress aria-label=\"Progress of {}\"></progress>", id)
                : Html.of(
                        "<progress aria-label=\"Progress of {}\" max=\"100\" value=\"{}\"></progress>",
                        id,
                        Math.min(100, Math.round(share * 100)));
        return Html.of(
                "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td class=\"number\">{}</td><td"
                        + " class=\"number\">{}</td><td>{}</td></tr>",
                id,
                operation,
                object,
                state,
                bar,
                processed,
                failed,
                message);
    }
}
