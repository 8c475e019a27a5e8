package org.catalogdrop.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.RejectLoad;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.page.OpenPage.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rows are loaded from the table of rejects by plain forms, without scripts, each once. */
@Timeout(60)
class RejectsPageTest {

    private static final String DROP = "name,action\nA,\n,add\n,add\nC,later\n";

    @TempDir
    Path home;

    private List<String> inbox() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("inbox"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String address(Summary load) {
        return "/rejects/" + load.folder() + "?file=rejects.csv&from=0";
    }

    private static Map<String, String> form(Answer shown) {
        return OpenPage.form(shown.body(), "rejects");
    }

    /** Loads what is in the inbox and takes it away, as the inbox does. */
    private Summary loadInbox(OpenPage page) throws IOException {
        Path drop = home.resolve("inbox").resolve(inbox().get(0));
        Summary summary = page.loading().load(drop);
        Files.delete(drop);
        return summary;
    }

    private static Answer press(OpenPage page, String address, Map<String, String> form, String button) {
        form.put("do", button);
        try {
            return page.post(address, form);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    @Test
    void given_rejects_that_were_loaded_when_a_form_of_before_is_sent_again_then_nothing_is_loaded_and_its_edits_stay()
            throws Exception {
        try (OpenPage page = OpenPage.start(home)) {
            String address = address(page.loading().load("p.csv", DROP));
            Map<String, String> first = form(page.get(address));
            first.put("c1.0", "New");
            first.remove("load2");
            Map<String, String> second = form(page.get(address));
            second.put("c1.0", "Other");
            second.put("c2.0", "Second");
            assertThat(press(page, address, first, "load").header("Location")).isEqualTo("/");
            Summary loaded = loadInbox(page);
            assertThat(loaded.count(Status.CREATED)).isEqualTo(1);
            assertThat(loaded.count(Status.REJECTED)).isEqualTo(1);

            Answer refused = press(page, address, second, "load");

            assertThat(refused.status()).isEqualTo(200);
            assertThat(refused.body())
                    .contains("Nothing was loaded this time", "rejects-p.csv", "value=\"Other\"", "value=\"Second\"");
            assertThat(inbox()).isEmpty();
            assertThat(form(refused)).containsKey("load2").doesNotContainKeys("load1", "load3");

            Map<String, String> again = form(refused);
            assertThat(press(page, address, again, "load").header("Location")).isEqualTo("/");
            loadInbox(page);
            assertThat(page.loading().names()).containsExactly("A", "New", "Second");
        }
    }

    @Test
    void given_rows_that_were_loaded_when_their_table_is_opened_then_it_says_what_became_of_them() throws Exception {
        try (OpenPage page = OpenPage.start(home)) {
            String address = address(page.loading().load("p.csv", DROP));
            Map<String, String> form = form(page.get(address));
            form.put("c1.0", "New");
            press(page, address, form, "load");
            assertThat(page.get(address).body()).contains("rejects-p.csv", "waits in the inbox");
            Summary loaded = loadInbox(page);

            Answer shown = page.get(address);

            assertThat(form(shown)).doesNotContainKeys("load1", "load2", "load3");
            assertThat(shown.body())
                    .containsPattern("href=\"/history/\\d+\"><bdi>rejects-p.csv</bdi></a>: <bdi>created as \\d+")
                    .contains("rejected again (name_missing)", "/rejects/" + loaded.folder());

            Map<String, String> ticked = form(shown);
            ticked.put("load1", "yes");
            ticked.put("c1.0", "New once more");
            assertThat(press(page, address, ticked, "load").header("Location")).isEqualTo("/");
            loadInbox(page);
            assertThat(page.loading().names()).containsExactly("A", "New", "New once more");
        }
    }

    @Test
    void given_a_form_when_its_button_is_pressed_four_times_at_once_then_one_drop_is_in_the_inbox() throws Exception {
        try (OpenPage page = OpenPage.start(home)) {
            String address = address(page.loading().load("p.csv", DROP));
            Map<String, String> form = form(page.get(address));
            form.put("c1.0", "New");
            form.put("do", "load");

            CompletableFuture.allOf(IntStream.range(0, 4)
                            .mapToObj(i -> CompletableFuture.runAsync(() -> press(page, address, form, "load")))
                            .toArray(CompletableFuture[]::new))
                    .get(30, TimeUnit.SECONDS);

            assertThat(inbox()).containsExactly("rejects-p.csv");
        }
    }

    @Test
    void given_a_form_of_before_a_load_when_it_is_checked_then_rows_of_that_load_lose_their_tick() throws Exception {
        try (OpenPage page = OpenPage.start(home)) {
            String address = address(page.loading().load("p.csv", DROP));
            Map<String, String> old = form(page.get(address));
            Map<String, String> form = form(page.get(address));
            form.remove("load3");
            press(page, address, form, "load");

            Answer checked = press(page, address, old, "check");

            assertThat(form(checked)).containsKey("load3").doesNotContainKeys("load1", "load2");
        }
    }

    @Test
    void given_a_crash_before_the_drop_is_in_the_inbox_when_the_table_is_opened_then_it_says_that_nothing_was_sent()
            throws Exception {
        try (OpenPage page = OpenPage.start(home)) {
            Summary load = page.loading().load("p.csv", DROP);
            String source = form(page.get(address(load))).get("source");
            Journal journal = page.loading().drop().journal();
            journal.recordRejectLoad(RejectLoad.of(
                    load.folder(),
                    "rejects.csv",
                    source,
                    "rejects-p.csv",
                    "0".repeat(64),
                    List.of(new RejectLoad.LoadedReject(1, "x"))));

            Answer shown = page.get(address(load));

            assertThat(shown.body()).contains("neither in the inbox nor in the history");
            assertThat(form(shown)).containsKeys("load2", "load3").doesNotContainKey("load1");
        }
    }

    @Test
    void given_results_that_were_made_again_when_a_row_is_elsewhere_then_it_is_known_by_its_cells() throws Exception {
        try (OpenPage page = OpenPage.start(home)) {
            Summary load = page.loading().load("p.csv", DROP);
            String address = address(load);
            Map<String, String> old = form(page.get(address));
            Map<String, String> form = form(page.get(address));
            form.remove("load1");
            form.remove("load2");
            press(page, address, form, "load");
            Path rejects = home.resolve("outbox").resolve(load.folder()).resolve("rejects.csv");
            List<String> lines = new java.util.ArrayList<>(Files.readAllLines(rejects));
            lines.add(1, lines.get(1).replace(",add", ",delete"));
            Files.write(rejects, lines);

            Answer shown = page.get(address);

            assertThat(form(shown)).containsKeys("load1", "load2", "load3").doesNotContainKey("load4");
            assertThat(press(page, address, old, "load").body()).contains("The results were made again");
            assertThat(inbox()).containsExactly("rejects-p.csv");
        }
    }

    @Test
    void given_more_rows_than_a_part_when_one_goes_on_and_back_then_edits_stay_and_are_loaded_together()
            throws Exception {
        try (OpenPage page = OpenPage.start(home)) {
            String rows = IntStream.range(0, 120)
                    .mapToObj(i -> "E" + i + ",later")
                    .collect(Collectors.joining("\n", "name,action\n", "\n"));
            String address = address(page.loading().load("many.csv", rows));
            Map<String, String> form = form(page.get(address));
            form.keySet().removeIf(name -> name.startsWith("load"));
            form.put("load2", "yes");
            form.put("c2.0", "Second <&\"> row");
            form.put("c2.1", "");

            Answer behind = press(page, address, form, "part:50");
            assertThat(behind.body())
                    .contains("aria-label=\"Load row 51\"", "1 ticked row of another part is loaded with these.");
            String part = address.replace("from=0", "from=50");
            Map<String, String> next = form(behind);
            next.keySet().removeIf(name -> name.startsWith("load"));
            next.put("load52", "yes");
            next.put("c52.1", "add");
            Answer last = press(page, part, next, "part:100");
            Answer first = press(page, address.replace("from=0", "from=100"), form(last), "part:0");
            assertThat(form(first))
                    .containsEntry("c2.0", "Second <&\"> row")
                    .containsKey("load2")
                    .doesNotContainKey("load1");

            Map<String, String> all = form(press(page, address, form(first), "part:100"));
            all.keySet().removeIf(name -> name.startsWith("load"));
            assertThat(press(page, address.replace("from=0", "from=100"), all, "load")
                            .header("Location"))
                    .isEqualTo("/");
            assertThat(loadInbox(page).count(Status.CREATED)).isEqualTo(2);
            assertThat(page.loading().names()).containsExactly("Second <&\"> row", "E51");
        }
    }
}
