package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.catalogdrop.model.Summary;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** The pages in a real Chromium, opened from disk as a person would open them. */
@Tag("slow")
class PagesInBrowserTest {

    private static final String HOSTILE =
            "<script>document.title='owned'</script>\"><img src=x onerror=\"document.title='owned'\">"
                    + "<a href=javascript:alert(1)>\u202Egpj.exe";

    @TempDir
    Path home;

    @BeforeAll
    static void require_chromium() {
        if (Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser")
                .map(Path::of)
                .noneMatch(Files::isExecutable)) {
            System.err.println("SKIPPED: no Chromium, so no page was opened. Install the package chromium.");
            throw new TestAbortedException("no Chromium");
        }
    }

    /** What a browser makes of a page, and what it says of it. */
    private record Opened(String dom, String console) {}

    private Opened open(Path page) throws IOException, InterruptedException {
        Path dom = home.resolve("dom.html");
        Path console = home.resolve("console.txt");
        Process browser = new ProcessBuilder(
                        "chromium",
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--user-data-dir=" + home.resolve("browser"),
                        "--enable-logging=stderr",
                        "--virtual-time-budget=5000",
                        "--dump-dom",
                        page.toUri().toString())
                .redirectOutput(dom.toFile())
                .redirectError(console.toFile())
                .start();
        try {
            assertThat(browser.waitFor(60, TimeUnit.SECONDS))
                    .as("Chromium ended")
                    .isTrue();
        } finally {
            browser.destroyForcibly();
        }
        List<String> said = Files.readAllLines(console, StandardCharsets.ISO_8859_1).stream()
                .filter(line -> line.contains("CONSOLE"))
                .toList();
        return new Opened(Files.readString(dom), String.join("\n", said));
    }

    @Test
    void given_hostile_cells_and_columns_when_opened_then_they_are_text_and_the_policy_has_nothing_to_refuse()
            throws Exception {
        try (Loading loading = Loading.start(home, "drop.undo=full")) {
            long known = loading.sandbox().store().put(Loading.LIST, HOSTILE, List.of());
            String quoted = '"' + HOSTILE.replace("\"", "\"\"") + '"';
            Summary summary = loading.load(
                    "d.csv",
                    "action,id,name,cf:4400049," + quoted + "\n" + quoted + ",,y,D,\nupdate," + known + ",n,E,\n");

            Opened opened = open(loading.outbox(summary).folder().resolve("report.html"));

            assertThat(opened.dom())
                    .contains("</html>", "owned")
                    .doesNotContain("<script", "<img", "href=\"javascript");
            assertThat(opened.dom()).contains("<title>d.csv - Catalog Drop</title>");
            assertThat(opened.console()).isEmpty();
        }
    }

    @Test
    void given_many_drops_when_the_index_is_opened_then_its_script_runs_and_the_newest_is_first() throws Exception {
        try (Loading loading = Loading.start(home)) {
            for (int drop = 1; drop <= 3; drop++) {
                loading.load("drop " + drop + ".csv", "name\nA" + drop + "\n");
            }

            Opened opened = open(home.resolve("outbox/index.html"));

            assertThat(opened.dom()).contains("<p id=\"search\">", ">3 drops<");
            assertThat(opened.dom().indexOf("drop 3.csv"))
                    .isLessThan(opened.dom().indexOf("drop 1.csv"));
            assertThat(opened.console()).isEmpty();
        }
    }
}
