package org.sftoolkit.emulator.page;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.sftoolkit.emulator.api.Answer;

/** What all pages share: head, navigation, headers of the answer. */
final class Layout {

    /** Nothing but what the emulator itself serves may run, be shown or be asked. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final String HTMX =
            "{\"includeIndicatorStyles\":false,\"allowEval\":false,\"allowScriptTags\":false,\"selfRequestsOnly\":true}";

    private static final List<Map.Entry<String, String>> PANELS = List.of(
            Map.entry("/", "Records"),
            Map.entry("/__emulator/page/query", "Query"),
            Map.entry("/__emulator/page/requests", "Requests"),
            Map.entry("/__emulator/page/faults", "Faults"),
            Map.entry("/__emulator/page/jobs", "Jobs"),
            Map.entry("/__emulator/page/events", "Events"),
            Map.entry("/__emulator/page/limits", "Limits"),
            Map.entry("/__emulator/page/org", "Org"),
            Map.entry("/__emulator/page/control", "HTTP"));

    private Layout() {}

    /**
     * A whole page.
     *
     * @param panel the path of the panel that it belongs to
     */
    static Answer page(String panel, String title, Html content) {
        Html navigation = Html.all(PANELS.stream()
                .map(entry -> Html.of(
                        "<li><a href=\"{}\"{}>{}</a></li>",
                        entry.getKey(),
                        Objects.equals(entry.getKey(), panel) ? Html.of(" aria-current=\"page\"") : Html.NONE,
                        entry.getValue())));
        return answer(
                200,
                Html.of(
                        """
                        <!DOCTYPE html>
                        <html lang="en">
                        <head>
                        <meta charset="utf-8">
                        <title>{} – Salesforce emulator</title>
                        <meta name="viewport" content="width=device-width, initial-scale=1">
                        <meta name="color-scheme" content="light dark">
                        <meta name="htmx-config" content="{}">
                        <link rel="icon" href="data:,">
                        <link rel="stylesheet" href="/__emulator/page/assets/pico.css">
                        <link rel="stylesheet" href="/__emulator/page/assets/page.css">
                        <script src="/__emulator/page/assets/htmx.js" defer></script>
                        </head>
                        <body>
                        <a class="skip" href="#content">Skip to the content</a>
                        <header class="container-fluid">
                        <nav aria-label="Panels"><ul><li><strong>Salesforce emulator</strong></li></ul><ul>{}</ul></nav>
                        </header>
                        <main id="content" class="container-fluid" tabindex="-1">
                        <h1>{}</h1>
                        {}
                        </main>
                        </body>
                        </html>
                        """,
                        title,
                        HTMX,
                        navigation,
                        title,
                        content));
    }

    /** A part of a page. */
    static Answer part(Html content) {
        return answer(200, content);
    }

    /** Nothing has changed: htmx leaves the page as it is. */
    static Answer unchanged() {
        return Answer.noContent();
    }

    private static Answer answer(int status, Html content) {
        return Answer.text(status, "text/html;charset=UTF-8", content.toString())
                .with("Content-Security-Policy", POLICY)
                .with("X-Content-Type-Options", "nosniff")
                .with("Referrer-Policy", "no-referrer")
                .with("Cache-Control", "no-store");
    }

    /** A table that scrolls by itself where it is too wide. */
    static Html table(String label, List<String> columns, Html rows) {
        return Html.of(
                """
                <div class="scroll" role="region" aria-label="{}" tabindex="0"><table>
                <thead><tr>{}</tr></thead>
                <tbody>{}</tbody>
                </table></div>
                """,
                label,
                Html.all(columns.stream().map(column -> Html.of("<th scope=\"col\">{}</th>", column))),
                rows);
    }

    /** Names with their values. */
    static Html definitions(List<Html> rows) {
        return Html.of("<div class=\"scroll\"><table class=\"details\"><tbody>{}</tbody></table></div>", rows);
    }

    static Html definition(String name, Object value) {
        return Html.of("<tr><th scope=\"row\">{}</th><td>{}</td></tr>", name, value);
    }

    /** What a change came to, read out by screen readers. */
    static Html note(String text) {
        return Html.of("<p role=\"status\" class=\"note\">{}</p>", text);
    }

    static Html problem(String text) {
        return Html.of("<p role=\"alert\" class=\"problem\">{}</p>", text);
    }
}
