package org.catalogdrop.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.catalogdrop.inbox.EndedDrops;
import org.catalogdrop.model.Summary;
import org.catalogdrop.results.NextStep;
import org.catalogdrop.results.OutboxReports;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.fault.Switch;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The history and the account by real requests, with a loader that talks to a sandbox. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoryPageTest {

    private static final Pattern DROP = Pattern.compile("href=\"(/history/\\d+)\"><bdi>([^<]*)<");
    private static final String HOSTILE = "<script>alert(1)</script>.csv";

    private OpenPage page;
    private Loading loading;

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        page = OpenPage.start(home, "drop.repeat=allow");
        loading = page.loading();
        Files.createDirectories(home.resolve("inbox"));
    }

    @AfterAll
    void stop() throws IOException {
        page.close();
    }

    @BeforeEach
    void open() throws IOException {
        try (DirectoryStream<Path> left =
                Files.newDirectoryStream(loading.home().resolve("inbox"))) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
        page.forgetCookie();
        page.get("/");
    }

    private String pathOf(String drop) throws IOException {
        Matcher line = DROP.matcher(page.get("/history?words=" + drop).body());
        assertThat(line.find()).as(drop).isTrue();
        return line.group(1);
    }

    private OpenPage.Answer await(String path, Predicate<String> what) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        OpenPage.Answer answer = page.get(path);
        while (!what.test(answer.body())) {
            assertThat(System.nanoTime()).as(answer.body()).isLessThan(end);
            answer = page.get(path);
        }
        return answer;
    }

    @Test
    void given_a_loaded_drop_when_its_report_is_opened_then_it_is_served_with_a_policy_of_its_own() throws Exception {
        Summary summary = loading.load("goods.csv", "name\nlamp\nchair\n");
        String path = pathOf("GOODS");

        OpenPage.Answer report = page.get(path + "/files/report.html");

        assertThat(report.status()).isEqualTo(200);
        assertThat(report.body()).contains("goods.csv").contains("2 created");
        assertThat(report.header("Content-Security-Policy"))
                .startsWith("default-src 'none'")
                .containsPattern("style-src 'sha256-[^']+'")
                .doesNotContain("unsafe", "'self'");
        assertThat(page.get(path).body()).contains("results.csv", "2 created", summary.digest());
        OpenPage.Answer results = page.get(path + "/files/results.csv");
        assertThat(results.header("Content-Disposition")).isEqualTo("attachment; filename*=UTF-8''results.csv");
        assertThat(results.body()).contains("created");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/files/../../../state/catalog-drop.db",
                "/files/..%2f..%2f..%2fstate%2fcatalog-drop.db",
                "/files/%2e%2e/%2e%2e/archive/x.csv",
                "/files//etc/passwd",
                "/files/link.txt",
                "/files/.hidden.txt",
                "/files/",
                "/files/none.csv",
                "/files/..",
                "/none"
            })
    void given_a_path_out_of_the_results_when_it_is_asked_for_then_nothing_is_served(String below) throws Exception {
        Path outside = Files.writeString(loading.home().resolve("secret.txt"), "secret-of-the-test");
        Summary summary = loading.load("paths.csv", "name\nx" + below.hashCode() + "\n");
        Path folder = loading.home().resolve("outbox").resolve(summary.folder());
        Files.createSymbolicLink(folder.resolve("link.txt"), outside);
        Files.writeString(folder.resolve(".hidden.txt"), "secret-of-the-test");

        OpenPage.Answer answer = page.get(pathOf("paths.csv") + below);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).doesNotContain("secret-of-the-test", "SQLite format");
    }

    @Test
    void given_a_hostile_name_when_the_history_is_shown_then_it_is_text() throws Exception {
        loading.load("hostile.csv", "name\n<img src=x onerror=alert(1)>\n");
        Path file = Files.writeString(
                Files.createDirectories(loading.home().resolve("given")).resolve("h.csv"), "name\nh\n");
        loading.context()
                .createProducerTemplate()
                .requestBodyAndHeader("direct:catalog-load", file, "CatalogDropName", HOSTILE.replace("/", ""));

        String list = page.get("/history").body();
        String found = page.get("/history?words=%22%3E%3Cscript%3E").body();

        assertThat(list).contains("&lt;script&gt;").doesNotContain("<script>alert");
        assertThat(found).contains("name=\"words\"").doesNotContain("\"><script>");
    }

    @Test
    void given_an_undo_when_its_plan_was_seen_then_its_copy_is_in_the_inbox_and_not_before() throws Exception {
        loading.load("undo me.csv", "name\nu1\nu2\n");
        String path = pathOf("undo+me");
        Path inbox = loading.home().resolve("inbox");

        assertThat(page.post(path + "/undo", Map.of("digest", "0")).header("Location"))
                .isEqualTo(path + "/undo");
        assertThat(page.get(path + "/undo").body()).contains("Look at the plan first");
        assertThat(page.post(path + "/plan", Map.of()).status()).isEqualTo(303);
        String plan = await(path + "/undo", body -> body.contains("Undo the load</button>"))
                .body();
        assertThat(plan).contains("elements that are deleted").contains("u1");
        Matcher digest =
                Pattern.compile("name=\"digest\" value=\"([0-9a-f]{64})\"").matcher(plan);
        assertThat(digest.find()).isTrue();
        try (Stream<Path> files = Files.list(inbox)) {
            assertThat(files).isEmpty();
        }

        page.post(path + "/undo", Map.of("digest", digest.group(1)));

        try (Stream<Path> files = Files.list(inbox)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .singleElement()
                    .asString()
                    .startsWith("undo me.csv-")
                    .endsWith(".undo.csv");
        }
        assertThat(page.get("/").body()).contains("is in the inbox");
    }

    private static long id(String path) {
        return Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
    }

    /** As the inbox does it when a load has ended. */
    private String archived(String name, String text) throws Exception {
        Path file = Files.writeString(
                Files.createDirectories(loading.home().resolve("archive")).resolve(name), text);
        loading.load(file);
        String path = pathOf(name);
        loading.drop().journal().locate(id(path), file);
        loading.drop().journal().finish(id(path));
        return path;
    }

    @Test
    void given_rows_in_doubt_when_looked_at_again_then_they_have_their_outcome() throws Exception {
        loading.sandbox().turn(Switch.CreatedBy.ABSENT);
        loading.sandbox().faults().next(Fault.named("drop_after"));
        String path = archived("doubtful.csv", "name\ndoubtful\n");
        loading.sandbox().turn(Switch.CreatedBy.TOLD);
        assertThat(page.get("/history?kind=in_doubt").body()).contains("doubtful.csv", "1 in doubt");
        assertThat(page.get(path).body()).contains("Look again");

        assertThat(page.post(path + "/settle", Map.of()).header("Location")).isEqualTo("/");

        await("/", body -> body.contains("Looking up the rows in doubt of doubtful.csv: 1 row: 1 created."));
        assertThat(page.get("/history?kind=in_doubt").body()).doesNotContain("doubtful.csv");
    }

    @Test
    void given_a_finished_drop_when_its_results_are_made_again_then_nothing_is_sent() throws Exception {
        String path = archived("again.csv", "name\nagain\n");
        int before = loading.posts().size();

        page.post(path + "/results", Map.of());

        await("/", body -> body.contains("Making the results again of again.csv: 1 row: 1 created."));
        assertThat(loading.posts()).hasSize(before);
    }

    @Test
    void given_a_file_that_was_changed_when_looked_at_again_then_nothing_is_loaded() throws Exception {
        String path = archived("changed.csv", "name\nchanged\n");
        Files.writeString(loading.home().resolve("archive/changed.csv"), "name\nother bytes\n");
        int before = loading.posts().size();

        page.post(path + "/results", Map.of());

        await("/", body -> body.contains("has other bytes now"));
        assertThat(loading.posts()).hasSize(before);
    }

    @Test
    void given_a_get_for_an_action_when_it_is_asked_for_then_nothing_happens() throws Exception {
        loading.load("gets.csv", "name\ng\n");
        String path = pathOf("gets.csv");
        int before = loading.sandbox().log().size();

        for (String action : new String[] {"/settle", "/results", "/plan"}) {
            assertThat(page.get(path + action).status()).as(action).isEqualTo(404);
        }

        assertThat(loading.sandbox().log()).hasSize(before);
    }

    @Test
    void given_the_account_when_it_is_not_asked_for_then_nothing_is_sent_and_the_token_is_on_no_page()
            throws Exception {
        int before = loading.sandbox().log().size();
        String first = page.get("/account").body();
        assertThat(first).contains("the token has no expiry date").doesNotContain("<details");
        assertThat(loading.sandbox().log()).hasSize(before);

        page.post("/account", Map.of());

        String read = page.get("/account").body();
        assertThat(read).contains("<details", Long.toString(Loading.LIST));
        assertThat(loading.sandbox().log()).hasSizeGreaterThan(before);
        for (String path : new String[] {"/", "/history", "/account", "/metrics", "/health", "/page.js"}) {
            assertThat(page.get(path).body()).as(path).doesNotContain(Loading.TOKEN);
        }
    }

    private String planned(String path) throws Exception {
        page.post(path + "/plan", Map.of());
        Matcher digest = Pattern.compile("name=\"digest\" value=\"([0-9a-f]{64})\"")
                .matcher(await(path + "/undo", body -> body.contains("Undo the load</button>"))
                        .body());
        assertThat(digest.find()).isTrue();
        return digest.group(1);
    }

    private List<String> copies(String drop) throws IOException {
        try (Stream<Path> files = Files.list(loading.home().resolve("inbox"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(drop))
                    .toList();
        }
    }

    @Test
    void given_a_planned_undo_when_its_button_is_pressed_twice_at_once_then_one_copy_is_in_the_inbox()
            throws Exception {
        loading.load("twice.csv", "name\nt1\n");
        String path = pathOf("twice.csv");
        Map<String, String> form = Map.of("digest", planned(path));

        CompletableFuture.allOf(Stream.generate(() -> CompletableFuture.runAsync(() -> {
                            try {
                                page.post(path + "/undo", form);
                            } catch (IOException fault) {
                                throw new UncheckedIOException(fault);
                            }
                        }))
                        .limit(4)
                        .toArray(CompletableFuture[]::new))
                .get(20, TimeUnit.SECONDS);

        assertThat(copies("twice.csv")).hasSize(1);
    }

    @Test
    void given_an_undo_that_waits_or_is_done_when_it_is_planned_and_pressed_again_then_it_is_not_done_twice()
            throws Exception {
        loading.load("once.csv", "name\no1\n");
        String path = pathOf("once.csv");
        page.post(path + "/undo", Map.of("digest", planned(path)));

        page.post(path + "/undo", Map.of("digest", planned(path)));

        assertThat(page.get(path).body()).contains("is in the inbox already");
        assertThat(copies("once.csv")).hasSize(1);
        Path copy = loading.home().resolve("inbox").resolve(copies("once.csv").get(0));
        loading.load(copy);
        Files.delete(copy);

        page.post(path + "/undo", Map.of("digest", planned(path)));

        assertThat(page.get(path).body()).contains("was done before, with results in");
        assertThat(copies("once.csv")).isEmpty();
    }

    @Test
    void given_results_that_are_made_again_when_the_button_is_pressed_twice_then_they_are_made_once() throws Exception {
        String path = archived("pressed.csv", "name\npressed\n");
        loading.load("busy.csv", "name\nbusy\n");
        loading.sandbox().faults().next(Fault.named("delay").on(Fault.Target.GET));
        page.post(pathOf("busy.csv") + "/plan", Map.of());

        page.post(path + "/results", Map.of());
        page.post(path + "/results", Map.of());

        assertThat(page.get("/").body()).contains("has begun already");
        String made = "Making the results again of pressed.csv: 1 row";
        String ended = await("/", body -> body.contains(made)).body();
        assertThat(ended.split(made, -1)).hasSize(2);
    }

    @Test
    void given_a_drop_that_was_refused_when_it_was_opened_then_the_history_has_its_reason_report_and_what_next()
            throws Exception {
        Path drop = Files.writeString(loading.home().resolve("inbox/<b>torn.csv"), "name\n\"open\n");
        EndedDrops.move(
                drop,
                loading.load(drop).refusal(),
                loading.drop().settings().folders(),
                new NextStep(),
                OutboxReports.of(true, loading.home().resolve("outbox")),
                place -> {});

        String list = page.get("/history").body();
        assertThat(list)
                .contains("In the folder of refused drops", "&lt;b&gt;torn.csv", "double quote")
                .doesNotContain("<b>torn");
        Matcher link =
                Pattern.compile("href=\"(/history/refused\\?drop=[^\"]+)\"").matcher(list);
        assertThat(link.find()).isTrue();
        String shown = page.get(link.group(1)).body();
        assertThat(shown).contains("What next", "Code", "quote", "move the file into");
        Matcher files = Pattern.compile("href=\"(/history/refused/[^\"]+)\"").matcher(shown);
        int count = 0;
        while (files.find()) {
            count++;
            assertThat(page.get(files.group(1)).status()).isEqualTo(200);
        }
        assertThat(count).isEqualTo(2);
        assertThat(page.get("/history?kind=in_doubt").body()).doesNotContain("In the folder of refused drops");
        assertThat(page.get("/history?words=nothing-like-it").body()).doesNotContain("In the folder of refused drops");
        assertThat(page.get("/history/refused/%3Cb%3Etorn.csv").status()).isEqualTo(404);
        assertThat(page.get("/history/refused/../state/catalog-drop.db").status())
                .isEqualTo(404);
    }

    @Test
    void given_an_undo_file_that_changed_after_its_plan_when_undone_then_nothing_is_in_the_inbox() throws Exception {
        Summary summary = loading.load("edited.csv", "name\ne1\n");
        String path = pathOf("edited.csv");
        String digest = planned(path);
        Files.writeString(
                loading.home().resolve("outbox").resolve(summary.folder()).resolve("undo.csv"),
                "action,id\ndelete,1\n");

        page.post(path + "/undo", Map.of("digest", digest));

        assertThat(copies("edited.csv")).isEmpty();
        assertThat(page.get(path + "/undo").body()).contains("undo.csv was changed after this plan");
    }

    @Test
    void given_a_load_of_another_account_when_an_undo_is_wanted_then_it_is_refused_and_has_no_button()
            throws Exception {
        loading.load("elsewhere.csv", "name\nw1\n");
        String path = pathOf("elsewhere.csv");
        String digest = planned(path);
        try (Connection journal = DriverManager.getConnection(
                        "jdbc:sqlite:" + loading.home().resolve("state/catalog-drop.db"));
                PreparedStatement change = journal.prepareStatement(
                        "update drops set settings = 'account=other.kommo.com;catalog-id=1' where id = ?")) {
            change.setLong(1, id(path));
            change.executeUpdate();
        }
        int before = loading.sandbox().log().size();

        page.post(path + "/undo", Map.of("digest", digest));
        page.post(path + "/plan", Map.of());

        String shown = page.get(path).body();
        assertThat(shown).contains("another account: other.kommo.com").doesNotContain("Plan the undo");
        assertThat(copies("elsewhere.csv")).isEmpty();
        assertThat(loading.sandbox().log()).hasSize(before);
    }

    @Test
    void given_a_slow_account_when_it_is_being_read_then_the_page_does_not_wait_for_it_twice() throws Exception {
        loading.sandbox().faults().next(Fault.named("delay").on(Fault.Target.GET));
        CompletableFuture<OpenPage.Answer> first = CompletableFuture.supplyAsync(() -> readAccount());
        CompletableFuture<OpenPage.Answer> second = CompletableFuture.supplyAsync(() -> readAccount());

        List<Integer> statuses = Stream.of(first.get(20, TimeUnit.SECONDS), second.get(20, TimeUnit.SECONDS))
                .map(OpenPage.Answer::status)
                .sorted()
                .toList();

        assertThat(statuses).containsExactly(303, 503);
    }

    private OpenPage.Answer readAccount() {
        try {
            return page.post("/account", Map.of());
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
