package org.catalogdrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.input.DropInspector;
import org.catalogdrop.journal.DropEntry;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.store.StoredElement;
import org.catalogdrop.scenario.CommandSandbox;
import org.catalogdrop.scenario.Loading;
import org.catalogdrop.scenario.Night;
import org.catalogdrop.scenario.Outbox;
import org.catalogdrop.scenario.StepLife;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code forget} abandons a drop that cannot be resumed; every row of it has an outcome then. */
class ForgetCommandTest extends CommandSandbox {

    private static final String ROWS = "request_id,name\n"
            + IntStream.rangeClosed(1, 6)
                    .mapToObj(i -> (10 + i) + ",row " + i + "\n")
                    .collect(Collectors.joining())
            + "17,\n";

    private final StringWriter out = new StringWriter();
    private Path file;
    private String digest;

    @BeforeEach
    void lay() throws Exception {
        System.setProperty("kommo.chunk-size", "2");
        System.setProperty("kommo.in-flight", "1");
        lay("shop.csv", ROWS);
    }

    private void lay(String name, String text) throws Exception {
        file = Files.writeString(Files.createDirectories(home.resolve("inbox")).resolve(name), text);
        digest = DropInspector.digest(file).substring(0, 8);
    }

    @AfterEach
    void clear() {
        List.of("kommo.chunk-size", "kommo.in-flight", "drop.charset", "kommo.base-url", "kommo.doubt-wait")
                .forEach(System::clearProperty);
    }

    private int run(String... words) {
        out.getBuffer().setLength(0);
        PrintWriter told = new PrintWriter(out, true);
        return CatalogDropMain.commandLine().setOut(told).setErr(told).execute(words);
    }

    /** Rows 1 and 2 are made, 3 and 4 may have been, 5 and 6 are not sent, and 7 has no name. */
    private void stopHalfway() {
        sandbox.faults().next(Fault.named("504_after").has("row 3"));
        // The list is read before the first add to it; the look-up is to fail.
        sandbox.faults().next(Fault.named("delay").number(1).on(Fault.Target.GET));
        sandbox.faults().next(Fault.named("401_before").on(Fault.Target.GET));
        assertThat(run("load", file.toString())).as(out::toString).isEqualTo(1);
        assertThat(names()).hasSize(4);
    }

    private List<String> names() {
        return sandbox.store().elements(Loading.LIST).stream()
                .map(StoredElement::name)
                .toList();
    }

    private DropLine known() {
        return Journal.drops(home.resolve("state")).get(0);
    }

    @Test
    void given_rows_applied_when_forget_then_it_is_refused_with_counts_and_the_next_step() {
        stopHalfway();

        assertThat(run("forget", digest)).isEqualTo(2);

        assertThat(out.toString())
                .contains("shop.csv (" + digest + ") was not forgotten: 2 rows", "2 may have been", "127.0.0.1, list")
                .contains("forget " + digest + " --applied-too");
        assertThat(known().state()).isEqualTo(DropEntry.State.OPEN);
        assertThat(file).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"digest", "digits", "name"})
    void given_rows_applied_when_forget_applied_too_then_every_row_has_an_outcome(String word) throws Exception {
        stopHalfway();
        long requests = sandbox.stats().requests();

        assertThat(run(
                        "forget",
                        "--applied-too",
                        switch (word) {
                            case "digest" -> DropInspector.digest(file);
                            case "digits" -> digest;
                            default -> "shop.csv";
                        }))
                .as(out::toString)
                .isZero();

        assertThat(out.toString()).contains("7 rows: 2 created, 3 rejected, 2 in_doubt");
        Outbox results = Outbox.only(home);
        assertThat(results.outcomes())
                .containsExactly("created", "created", "in_doubt", "in_doubt", "rejected", "rejected", "rejected");
        assertThat(results.codes())
                .containsExactly("", "", "no_answer", "no_answer", "not_sent", "not_sent", "name_missing");
        assertThat(results.mapping()).containsOnlyKeys("11", "12");
        assertThat(Files.readString(results.rejects("csv")))
                .contains("15,row 5", "16,row 6")
                .doesNotContain("row 3");
        assertThat(results.folder().resolve("undo.csv")).exists();
        assertThat(home.resolve("refused/shop.csv")).hasContent(ROWS);
        assertThat(home.resolve("refused/shop.csv.reason.txt")).content().contains("abandoned");
        assertThat(file).doesNotExist();
        assertThat(known().state()).isEqualTo(DropEntry.State.DONE);
        assertThat(sandbox.stats().requests()).isEqualTo(requests);

        run("status");
        assertThat(out.toString()).contains("abandoned").doesNotContain("The next run resumes it");
    }

    @Test
    void given_forgotten_drop_when_rejects_and_rows_in_doubt_are_dropped_then_they_load() throws Exception {
        stopHalfway();
        run("forget", digest, "--applied-too");
        Outbox results = Outbox.only(home);
        Path refused = home.resolve("refused/shop.csv");

        assertThat(run("load", refused.toString())).as(out::toString).isEqualTo(4);
        assertThat(out.toString()).contains("already_loaded", "load of the same bytes was abandoned");
        assertThat(run("load", "--settle", refused.toString()))
                .as(out::toString)
                .isEqualTo(3);
        assertThat(names()).containsExactly("row 1", "row 2", "row 3", "row 4");
        assertThat(run("load", results.rejects("csv").toString())).isEqualTo(3);
        assertThat(names()).containsExactly("row 1", "row 2", "row 3", "row 4", "row 5", "row 6");
        assertThat(run("load", "--results", refused.toString()))
                .as(out::toString)
                .isEqualTo(3);
        assertThat(names()).hasSize(6);
    }

    @Test
    void given_nothing_applied_when_forget_then_the_file_is_put_away_and_can_be_loaded_again() {
        sandbox.faults().next(Fault.named("401_before"));
        assertThat(run("load", file.toString())).isEqualTo(1);

        assertThat(run("forget", digest)).as(out::toString).isZero();

        assertThat(out.toString()).contains("Nothing of it was applied", "refused");
        assertThat(known().state()).isEqualTo(DropEntry.State.REFUSED);
        assertThat(file).doesNotExist();
        assertThat(run("load", home.resolve("refused/shop.csv").toString())).isEqualTo(3);
        assertThat(names()).hasSize(6);
    }

    @Test
    void given_missing_file_when_forget_applied_too_then_results_are_made_from_the_journal() throws Exception {
        stopHalfway();
        Files.delete(file);

        assertThat(run("forget", digest, "--applied-too")).as(out::toString).isZero();

        assertThat(out.toString()).contains("without the file");
        Outbox results = Outbox.only(home);
        assertThat(results.outcomes())
                .containsExactly("created", "created", "in_doubt", "in_doubt", "rejected", "rejected", "rejected");
        assertThat(results.mapping()).containsOnlyKeys("11", "12");
        assertThat(known().state()).isEqualTo(DropEntry.State.DONE);
    }

    @Test
    void given_settings_that_prevent_a_resume_when_forget_applied_too_then_the_drop_is_read_as_it_began()
            throws Exception {
        lay("shop.csv", "name\nEins\nZwei\nDrei \u20AC\n");
        sandbox.faults().next(Fault.named("401_before").has("Drei"));
        assertThat(run("load", file.toString())).isEqualTo(1);
        System.setProperty("drop.charset", "windows-1251");
        System.setProperty("kommo.base-url", "http://localhost:1");

        assertThat(run("forget", digest, "--applied-too")).as(out::toString).isZero();

        assertThat(Files.readString(Outbox.only(home).rejects("csv"))).contains("Drei \u20AC");
    }

    @Test
    void given_rows_by_key_when_forget_applied_too_then_duplicate_keys_keep_their_outcomes() throws Exception {
        System.setProperty("kommo.chunk-size", "1");
        Night.mapping(home, "");
        lay("night1.csv", Night.drop("A;Ant;1", "B;Bee;2", "A;Other;3"));
        sandbox.faults().next(Fault.named("401_before").has("Bee"));
        assertThat(run("load", file.toString())).as(out::toString).isEqualTo(1);
        assertThat(names()).containsExactly("Ant");

        assertThat(run("forget", digest, "--applied-too")).as(out::toString).isZero();

        assertThat(Outbox.only(home).codes()).containsExactly("", "not_sent", "double_key");
    }

    /** Its request is applied after the drop was abandoned. */
    @Test
    void given_rows_by_key_in_doubt_when_forget_and_load_at_once_then_no_key_is_made_twice() throws Exception {
        System.setProperty("kommo.doubt-wait", "3s");
        Night.mapping(home, "");
        lay("night1.csv", Night.drop("A;Ant;1"));
        sandbox.faults().next(Fault.named("delay_apply").number(2000));
        Map<String, String> settings =
                Loading.settings(home, sandbox.baseUrl(), "kommo.response-timeout=500ms", "kommo.doubt-wait=0s");
        assertThat(StepLife.load(
                        SettingsReader.read(key -> Optional.ofNullable(settings.get(key)), true),
                        file,
                        (node, after) -> node.contains("catalog-sending method:settleRows") && !after))
                .isEmpty();
        assertThat(names()).isEmpty();
        assertThat(run("forget", digest, "--applied-too")).as(out::toString).isZero();

        assertThat(run("load", home.resolve("refused/night1.csv").toString()))
                .as(out::toString)
                .isZero();

        assertThat(names()).containsExactly("Ant");
    }

    @Test
    void given_two_drops_of_one_name_when_forget_by_name_then_it_is_refused_with_their_digests() throws Exception {
        stopHalfway();
        String first = digest;
        lay("shop.csv", "name\nother\n");
        sandbox.faults().next(Fault.named("401_before"));
        assertThat(run("load", file.toString())).isEqualTo(1);

        assertThat(run("forget", "shop.csv")).isEqualTo(2);

        assertThat(out.toString()).contains(first, digest, "Nothing was done");
        assertThat(run("forget", digest)).isZero();
    }

    @Test
    void given_finished_or_unknown_drop_when_forget_then_it_is_refused() {
        assertThat(run("forget", digest)).isEqualTo(2);
        assertThat(out.toString()).contains("no drop '" + digest + "' is known");
        assertThat(run("load", file.toString())).isEqualTo(3);
        assertThat(run("forget", digest, "--applied-too")).isEqualTo(2);
        assertThat(out.toString()).contains("was loaded completely");
    }

    @Test
    void given_another_owner_of_the_folder_when_forget_then_it_is_refused() throws Exception {
        stopHalfway();
        List<Journal> owner = new ArrayList<>(List.of(Journal.open(home.resolve("state"))));
        try {
            assertThat(run("forget", digest, "--applied-too")).isEqualTo(1);
            assertThat(out.toString()).contains("in use by process");
        } finally {
            owner.get(0).close();
        }
        assertThat(known().abandoned()).isFalse();
        assertThat(Instant.now()).isAfter(known().entered());
    }

    /** What is written down last before each of these is all that the next command finds. */
    @ParameterizedTest
    @ValueSource(strings = {"publishing", "published", "done"})
    void given_crash_amid_forget_when_forget_again_then_it_completes(String state) throws Exception {
        stopHalfway();
        dieAt(state);
        assertThat(run("forget", digest, "--applied-too")).isEqualTo(1);
        sql("drop trigger death");
        assertThat(Files.exists(file)).isEqualTo(!state.equals("done"));
        run("status");
        assertThat(out.toString()).contains("Run 'catalog-drop forget " + digest + "' again");

        assertThat(run("forget", digest)).as(out::toString).isZero();

        assertForgotten();
    }

    @ParameterizedTest
    @ValueSource(strings = {"publishing", "published", "done"})
    void given_crash_amid_forget_when_run_then_it_completes_and_sends_nothing(String state) throws Exception {
        stopHalfway();
        dieAt(state);
        assertThat(run("forget", digest, "--applied-too")).isEqualTo(1);
        sql("drop trigger death");

        assertThat(run("run", "--once")).as(out::toString).isEqualTo(state.equals("done") ? 0 : 5);

        assertForgotten();
    }

    /** Bytes whose rows are known by a key are loaded anew once their load is done, so it is not before they have left the inbox. */
    @ParameterizedTest
    @ValueSource(strings = {"forget", "run"})
    void given_rows_by_key_and_crash_before_the_file_is_put_away_when_run_then_it_completes_and_sends_nothing(
            String last) throws Exception {
        System.setProperty("kommo.chunk-size", "1");
        Files.delete(file);
        Night.mapping(home, "");
        lay("night1.csv", Night.drop("A;Ant;1", "B;Bee;2"));
        sandbox.faults().next(Fault.named("401_before").has("Bee"));
        assertThat(run("load", file.toString())).as(out::toString).isEqualTo(1);
        dieAt("published");
        assertThat(run("forget", digest, "--applied-too")).isEqualTo(1);
        sql("drop trigger death");
        if (last.equals("run")) {
            Map<String, String> settings = Loading.settings(home, sandbox.baseUrl());
            assertThat(StepLife.run(
                            SettingsReader.read(key -> Optional.ofNullable(settings.get(key)), true),
                            (node, after) -> node.contains("catalog-inbox method:putAwayDrop") && !after))
                    .isTrue();
        } else {
            Files.deleteIfExists(home.resolve("refused"));
            Path blocked = Files.writeString(home.resolve("refused"), "a file, no folder");
            assertThat(run("forget", digest)).as(out::toString).isNotZero();
            Files.delete(blocked);
        }
        assertThat(file).exists();

        run("run", "--once");

        assertThat(names()).as(out::toString).containsExactly("Ant");
        assertThat(known().state()).isEqualTo(DropEntry.State.DONE);
        assertThat(Journal.drops(home.resolve("state"))).hasSize(1);
        assertThat(home.resolve("refused/night1.csv")).exists();
    }

    @Test
    void given_crash_before_the_journal_records_published_results_when_forget_then_one_results_folder_is_left()
            throws Exception {
        lay("shop.csv", "request_id,name\n1,\n2,\n");
        Journal.open(home.resolve("state")).close();
        dieAt("published");
        assertThat(run("load", file.toString())).as(out::toString).isEqualTo(1);
        sql("drop trigger death");
        assertThat(known().state()).isEqualTo(DropEntry.State.PUBLISHING);

        assertThat(run("forget", digest)).as(out::toString).isZero();

        assertThat(Outbox.only(home).outcomes()).containsExactly("rejected", "rejected");
        assertThat(out.toString()).contains("2 rows: 2 rejected", "Its results are in");
        assertThat(known().state()).isEqualTo(DropEntry.State.DONE);
        assertThat(file).doesNotExist();
    }

    @Test
    void given_rows_applied_when_the_advice_of_status_is_followed_then_it_works() throws Exception {
        stopHalfway();
        Files.move(file, home.resolve("elsewhere.csv"));

        run("status");
        assertThat(out.toString()).contains("'catalog-drop forget " + digest + " --applied-too' abandons it");
        assertThat(run("forget", digest, "--applied-too")).as(out::toString).isZero();
        assertThat(out.toString())
                .contains("can be looked up again only with its file (SHA-256 " + digest, "load --settle FILE");

        Path back = home.resolve("elsewhere.csv");
        assertThat(run("load", "--settle", back.toString())).as(out::toString).isEqualTo(3);
        assertThat(names()).containsExactly("row 1", "row 2", "row 3", "row 4");
    }

    @Test
    void given_rows_in_doubt_when_the_file_that_forget_names_is_settled_then_they_are_looked_up() {
        stopHalfway();
        assertThat(run("forget", digest, "--applied-too")).isZero();
        String named = home.resolve("refused/shop.csv").toString();
        assertThat(out.toString()).contains("Rows of it are in doubt: 'catalog-drop load --settle " + named + "'");
        assertThat(run("load", "--settle", named)).as(out::toString).isEqualTo(3);
    }

    @Test
    void given_another_account_is_set_when_status_then_it_names_the_one_the_drop_needs() {
        stopHalfway();
        String account = System.getProperty("kommo.base-url");
        System.setProperty("kommo.base-url", "http://localhost:1");
        run("status");
        assertThat(out.toString())
                .contains("It was begun for 127.0.0.1, list", "now name localhost", "Restore these settings")
                .doesNotContain("The next run resumes it");
        System.setProperty("kommo.base-url", account);
        run("status");
        assertThat(out.toString()).contains("The next run resumes it");
    }

    @Test
    void given_drop_without_accepted_rows_when_loaded_again_then_it_is_taken() throws Exception {
        lay("bad.csv", "request_id,name\n1,\n2,\n");
        assertThat(run("load", file.toString())).isEqualTo(3);
        run("plan", file.toString());
        assertThat(out.toString()).doesNotContain("loaded before");
        assertThat(run("load", file.toString())).as(out::toString).isEqualTo(3);
        assertThat(Outbox.names(home.resolve("outbox")))
                .containsExactly("bad.csv-" + digest, "bad.csv-" + digest + "-2");

        lay("good.csv", "name\na\n\"\"\n");
        assertThat(run("load", file.toString())).isEqualTo(3);
        assertThat(run("load", file.toString())).isEqualTo(4);
        assertThat(out.toString())
                .containsSubsequence("drop.repeat=allow", "that holds for all drops", "load --again " + file);
        assertThat(run("load", "--again", file.toString())).isEqualTo(3);
        assertThat(names()).containsExactly("a", "a");
    }

    private void assertForgotten() throws Exception {
        assertThat(names()).hasSize(4);
        assertThat(known().state()).isEqualTo(DropEntry.State.DONE);
        assertThat(Outbox.only(home).outcomes())
                .containsExactly("created", "created", "in_doubt", "in_doubt", "rejected", "rejected", "rejected");
        assertThat(home.resolve("refused/shop.csv")).exists();
        assertThat(file).doesNotExist();
    }

    /** The journal takes no word of that state, as if the process had gone before it. */
    private void dieAt(String state) throws Exception {
        sql("create trigger death before update of state on drops when new.state = '" + state
                + "' begin select raise(abort, 'died'); end");
    }

    private void sql(String statement) throws Exception {
        try (Connection journal = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("state/catalog-drop.db"));
                Statement sql = journal.createStatement()) {
            sql.execute(statement);
        }
    }
}
