package org.catalogdrop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.catalogdrop.sandbox.LoggedRequest;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.scenario.CommandSandbox;
import org.catalogdrop.scenario.Outbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code load} makes of files it has, or has not, loaded before. */
class LoadCommandTest extends CommandSandbox {

    /** What a terminal obeys, and what turns the order of its signs. */
    private static final Pattern ORDERS =
            Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9F}\u2028\u2029\u202A-\u202E\u2066-\u2069&&[^\n]]");

    private Path file;

    @BeforeEach
    void lay() throws Exception {
        file = Files.writeString(home.resolve("drop.csv"), "name\nPencil\n");
    }

    private int load(String... options) {
        List<String> words = new ArrayList<>(List.of("load", file.toString()));
        words.addAll(List.of(options));
        return CatalogDropMain.commandLine()
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err, true))
                .execute(words.toArray(String[]::new));
    }

    private String printed(String... words) {
        StringWriter out = new StringWriter();
        CatalogDropMain.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words);
        return out.toString();
    }

    @Test
    void given_json_option_when_load_plan_and_verify_then_they_print_what_scripts_read() throws Exception {
        JsonNode plan = new ObjectMapper().readTree(printed("plan", "--json", file.toString()));
        assertThat(plan.at("/actions/add").asInt()).isEqualTo(1);

        String loaded = printed("load", "--json", file.toString());
        JsonNode load = new ObjectMapper().readTree(loaded);
        assertThat(load.at("/outcomes/created").asInt()).isEqualTo(1);
        Path folder = home.resolve("outbox").resolve(load.at("/folder").asText());
        assertThat(folder.resolve("summary.json")).hasContent(loaded);

        JsonNode verdict = new ObjectMapper()
                .readTree(printed("verify", "--json", "--account", "--drop", file.toString(), folder.toString()));
        assertThat(verdict.at("/sound").asBoolean()).isTrue();
        assertThat(verdict.at("/account_checked").asBoolean()).isTrue();
    }

    @Test
    void given_json_option_when_a_drop_is_refused_then_it_has_the_reason() throws Exception {
        Files.writeString(file, "Artikel;Preis\na;1\n");

        JsonNode load = new ObjectMapper().readTree(printed("load", "--json", file.toString()));

        assertThat(load.at("/refusal/code").asText()).isEqualTo("no_header");
    }

    @Test
    void given_unknown_header_when_loaded_then_the_message_names_mapping_init() throws Exception {
        Files.writeString(file, "Artikel;Preis\na;1\n");

        assertThat(load()).isEqualTo(4);
        assertThat(err.toString()).contains("mapping init " + file);
    }

    @Test
    void given_names_with_invisible_characters_when_shown_then_those_are_shown_and_files_keep_them() throws Exception {
        String name = "new\u00A0\u200Bdrop.csv";
        Path drop = Files.writeString(home.resolve(name), "name,si\u200Bze\nPencil,1\n");

        String told = printed("plan", drop.toString()) + printed("load", drop.toString()) + printed("status");

        assertThat(told).contains("new\\u00A0\\u200Bdrop.csv", "si\\u200Bze").doesNotContain("\u00A0", "\u200B");
        try (var folders = Files.list(home.resolve("outbox"))) {
            assertThat(folders)
                    .anyMatch(folder -> folder.getFileName().toString().startsWith(name));
        }
        assertThat(printed("status", "--json")).contains(name);
    }

    @ParameterizedTest
    @CsvSource({"laod, load", "staus, status", "verfy, verify"})
    void given_mistyped_command_when_run_then_the_one_meant_is_named(String typed, String meant) {
        assertThat(run(typed, "x")).isEqualTo(2);
        assertThat(err.toString()).contains("no command '" + typed + "'", "Did you mean '" + meant + "'?");
    }

    private int run(String... words) {
        PrintWriter told = new PrintWriter(err, true);
        return CatalogDropMain.commandLine().setOut(told).setErr(told).execute(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name,col\u001B[2Jour\nPencil,red\n",
                "col\u001B[2Jour\nred\n",
                "name,name\u001B\nPencil\n",
                "name,col\u202Eour\nPen\u009B2Jcil\u202E,red\n",
                "name,id\u2066\nPen\u2028cil\u2066,red\n,\u202Ered\n",
            })
    void nothing_that_a_file_says_reaches_the_terminal_as_an_order(String content) throws Exception {
        file = Files.writeString(home.resolve("d\u001B[31mrop\n.csv"), content);
        run("plan", file.toString());
        run("load", file.toString());
        run("load", file.toString());
        run("mapping", "check", file.toString());
        run("status");
        run("load", "none\u001B.csv");
        assertThat(err.toString()).contains("d\\u001B[31mrop\\u000A.csv").doesNotContainPattern(ORDERS);
        assertThat(err.toString().lines()).noneMatch(line -> line.startsWith(".csv"));
    }

    @Test
    void nor_does_anything_that_the_account_says() throws Exception {
        String list = """
                {"id":77,"name":"List\\u001B[2J\\u202E","fields":[
                  {"id":1,"name":"Kind\\u009B2J\\u202E","type":"select","options":{"5":"Big\\u001B\\u2066"}},
                  {"id":2,"name":"Size\\u2028\\u202B","type":"text"}]}""";
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + "/sandbox/lists"))
                .POST(HttpRequest.BodyPublishers.ofString(list))
                .build();
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
        Files.writeString(file, "name,Kind\u009B2J\u202E,other\u202E\u2028\nPencil,sm\u001Ball\u202E,1\n");
        Path mapping = Files.createDirectories(home.resolve("mappings")).resolve("drop.yaml");

        assertThat(run("mapping", "init", file.toString(), "--catalog", "none")).isEqualTo(2);
        assertThat(run("mapping", "init", file.toString(), "--catalog", "77")).isEqualTo(0);
        assertThat(Files.readString(mapping)).contains("Kind", "Big", "Size").doesNotContainPattern(ORDERS);
        String missing = "drops: d*.csv\ncatalog: 77\naction: upsert\nkey: name\nname: name\nfields:\n";
        Files.writeString(mapping, missing + "- {field: 9, column: name}\n- {field: K, column: \"\\u202E\"}\n");
        assertThat(run("mapping", "accept", "drop.yaml")).isEqualTo(2);
        assertThat(run("keys", "sync")).isEqualTo(2);
        assertThat(run("mapping", "check", file.toString())).isEqualTo(2);
        run("load", file.toString());
        assertThat(err.toString())
                .contains("List", "Kind", "Size", "its rows were not checked")
                .doesNotContainPattern(ORDERS)
                .doesNotContain("fault of the program");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '!',
            value = {"drop.csv,!!,empty_drop", "drop.json,![{\"a\":1},!,malformed_json", "drop.txt,a,unknown_type"})
    void why_a_file_cannot_be_looked_at_is_reported_in_words(String name, String content, String code)
            throws Exception {
        load();
        String results = Outbox.only(home).folder().toString();
        file = Files.writeString(home.resolve(name), content);
        err.getBuffer().setLength(0);
        assertThat(run("mapping", "init", file.toString())).isEqualTo(4);
        assertThat(run("verify", results, "--drop", file.toString())).isEqualTo(4);
        assertThat(err.toString())
                .startsWith("the file cannot be used (" + code + "): ")
                .hasLineCount(2);
        assertThat(home.resolve("mappings")).doesNotExist();
    }

    /** Begun under other settings, a drop cannot go on; what its requests came to is up to the faults. */
    private void begin(Fault... faults) {
        for (Fault fault : faults) {
            sandbox.faults().next(fault, 1);
        }
        assertThat(load()).isEqualTo(1);
        System.setProperty("drop.charset", "windows-1251");
    }

    private int loadWithOthers() throws Exception {
        Path rejected = Files.writeString(home.resolve("rejected.csv"), "name,id\nRuler,x\n");
        Path good = Files.writeString(home.resolve("good.csv"), "name\nRubber\n");
        try {
            return run("load", file.toString(), rejected.toString(), good.toString());
        } finally {
            System.clearProperty("drop.charset");
        }
    }

    @Test
    void a_file_that_cannot_be_loaded_for_now_holds_no_other() throws Exception {
        begin(Fault.named("401_before"));
        assertThat(loadWithOthers()).isEqualTo(1);
        assertThat(err.toString())
                .contains("drop.csv: not loaded for now (not_as_begun)")
                .contains("rejected.csv: 1 row (1 rejected)")
                .contains("good.csv: 1 row (1 created)");
    }

    @Test
    void none_comes_before_rows_that_may_have_been_applied() throws Exception {
        // The top of the list is read before the first add.
        begin(
                Fault.named("504_after"),
                Fault.named("delay").number(1).on(Fault.Target.GET),
                Fault.named("401_before").on(Fault.Target.GET));
        assertThat(loadWithOthers()).isEqualTo(1);
        assertThat(err.toString())
                .contains("stopped before the end (not_as_begun)", "Rows of drop.csv may have been applied")
                .doesNotContain("good.csv: ");
    }

    @Test
    void without_the_right_to_read_one_the_others_load() throws Exception {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "this user may read everything");
        assertThat(loadWithOthers()).isEqualTo(1);
        assertThat(err.toString())
                .contains("drop.csv: not loaded for now (disk)", "not allowed to read " + file)
                .contains("good.csv: 1 row (1 created)");
    }

    @Test
    void an_api_that_is_away_ends_it_all() throws Exception {
        sandbox.faults().next(Fault.named("401_before"), 1);
        assertThat(loadWithOthers()).isEqualTo(1);
        assertThat(err.toString())
                .contains("stopped before the end (unauthorized)")
                .doesNotContain("good.csv: ");
    }

    private List<String> sent() {
        return sandbox.log().stream()
                .map(LoggedRequest::method)
                .filter(method -> !method.equals("GET"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--results", "--settle"})
    void what_was_never_loaded_has_neither_results_nor_doubts(String option) throws Exception {
        assertThat(load(option)).isEqualTo(2);
        assertThat(err.toString())
                .contains(option, file.toString(), home.resolve("state").toString(), "has no load");
        assertThat(load()).isZero();
        Files.writeString(file, "name\nRuler\n");
        assertThat(load(option)).isEqualTo(2);
        assertThat(sent()).containsExactly("POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--results", "--settle"})
    void unfinished_drop_is_resumed_only_by_a_load(String option) {
        sandbox.faults().next(Fault.named("401_before"), 1);
        assertThat(load()).isEqualTo(1);
        int before = sent().size();
        assertThat(load(option)).isEqualTo(2);
        assertThat(err.toString()).contains("was not finished");
        assertThat(sent()).hasSize(before);
        assertThat(load()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--results", "--settle"})
    void refused_drop_is_tried_again_only_by_a_load(String option) throws Exception {
        Files.writeString(file, "colour\nred\n");
        assertThat(load()).isEqualTo(4);
        assertThat(load(option)).isEqualTo(2);
        assertThat(err.toString()).contains("refused");
        assertThat(sent()).isEmpty();
    }

    @Test
    void the_results_of_a_finished_load_are_made_again_and_nothing_is_sent() {
        assertThat(load()).isZero();
        assertThat(load("--results")).isZero();
        assertThat(load("--settle")).isZero();
        assertThat(sent()).containsExactly("POST");
        assertThat(home.resolve("outbox"))
                .isDirectoryContaining(folder -> folder.toString().endsWith("-2"));
        assertThat(load("--again")).isZero();
        assertThat(sent()).containsExactly("POST", "POST");
    }
}
