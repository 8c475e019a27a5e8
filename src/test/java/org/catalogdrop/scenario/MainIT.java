package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program, as a user starts it. */
class MainIT {

    private static final String DROP = "name,cf:4400051\nCafé,1\ntwo,2\n";

    @TempDir
    Path temp;

    private Path home;
    private Sandbox sandbox;

    @BeforeEach
    void begin() throws IOException {
        // A name that no URI takes as it is.
        home = Files.createDirectories(temp.resolve("my drops, 100% +é&(1)"));
        sandbox = Sandbox.start(Loading.sandboxSettings());
    }

    @AfterEach
    void end() {
        sandbox.close();
    }

    private Command command() {
        Map<String, String> settings = Loading.settings(home, sandbox.baseUrl());
        settings.remove("drop.home");
        return new Command(home).with(settings);
    }

    private Path lay(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private List<String> names() {
        return sandbox.store().elements(Loading.LIST).stream()
                .map(StoredElement::name)
                .toList();
    }

    @Test
    void version_and_help_are_shown() throws Exception {
        Command.Result help = command().run("--help");
        assertThat(help.status()).isZero();
        assertThat(help.out())
                .contains("run", "load", "list", "sandbox", "demo")
                .doesNotContain(Loading.TOKEN);
        assertThat(command().run("--version").out()).matches("(?s)catalog-drop \\d.*");
    }

    @Test
    void wrong_usage_and_settings_end_with_2() throws Exception {
        assertThat(command().run("lod").status()).isEqualTo(2);
        assertThat(command().run("load").status()).isEqualTo(2);
        assertThat(command().run("load", "none.csv").status()).isEqualTo(2);
        Command.Result bad = command()
                .with("kommo.chunk-size", "0")
                .with("kommo.base-url", "http://example.com")
                .run("run", "--once");
        assertThat(bad.status()).isEqualTo(2);
        assertThat(bad.err())
                .contains("kommo.chunk-size", "kommo.base-url")
                .doesNotContain("Exception")
                .doesNotContain(Loading.TOKEN);
    }

    @Test
    void settings_file_of_the_working_folder_is_read_and_unknown_keys_are_reported() throws Exception {
        lay("application.properties", "kommo.catalog-id=4221\nkommo.access-token=overridden\nof.somebody.else=fine\n");
        lay("drop.csv", "name\na service\n");
        Map<String, String> settings = Loading.settings(home, sandbox.baseUrl());
        settings.keySet().removeAll(List.of("drop.home", "kommo.catalog-id"));
        Command.Result loaded = new Command(home).with(settings).run("load", "drop.csv");
        assertThat(loaded.status()).as(loaded.err()).isZero();
        assertThat(sandbox.store().count(4221)).isEqualTo(1);

        lay("application.properties", "kommo.chunksize=3\ndrop.inbux=in\n");
        Command.Result misspelt = new Command(home).with(settings).run("load", "drop.csv");
        assertThat(misspelt.status()).isEqualTo(2);
        assertThat(misspelt.err()).contains("kommo.chunksize", "drop.inbux");
    }

    @Test
    void given_load_under_way_when_status_then_it_is_shown_and_after_a_kill_as_killed() throws Exception {
        Path drop = lay("shop.csv", "name\n" + "row\n".repeat(300));
        sandbox.faults().next(org.catalogdrop.sandbox.fault.Fault.named("delay").number(100), 300);
        Process load = command()
                .with("kommo.chunk-size", "1")
                .with("kommo.in-flight", "1")
                .start(temp.resolve("out").toFile(), temp.resolve("err").toFile(), "load", drop.toString());
        try {
            String told = "";
            while (!told.contains(" of 300 rows")) {
                assertThat(load.isAlive()).as(told).isTrue();
                told = command().run("status").out();
            }
            assertThat(told)
                    .contains(
                            "Loading shop.csv (", "by process " + load.pid() + " on host ", "It is being loaded now.");
        } finally {
            load.destroyForcibly().waitFor();
        }
        assertThat(command().run("status").out())
                .contains("No process is loading it: the one that did was stopped or killed, or it ended with an error")
                .doesNotContain("Loading");
    }

    @Test
    void load_ends_with_0_and_the_same_file_again_with_4() throws Exception {
        lay("Preise für Mai.csv", DROP);
        Command.Result loaded = command().run("load", "Preise für Mai.csv");

        assertThat(loaded.status()).as(loaded.err()).isZero();
        assertThat(loaded.out()).contains("2 rows (2 created)");
        assertThat(names()).containsExactly("Café", "two");
        try (Stream<Path> results = Files.list(home.resolve("outbox"))) {
            assertThat(results.filter(Files::isDirectory)
                            .map(folder -> folder.getFileName().toString()))
                    .singleElement()
                    .asString()
                    .startsWith("Preise für Mai.csv-");
        }
        Command.Result again = command().run("load", "Preise für Mai.csv");
        assertThat(again.status()).isEqualTo(4);
        assertThat(again.err()).contains("already_loaded");
        assertThat(command().run("load", "--again", "Preise für Mai.csv").status())
                .isZero();
        assertThat(names()).hasSize(4);
    }

    @Test
    void load_with_rejected_rows_ends_with_3() throws Exception {
        lay("drop.csv", DROP + ",3\n");
        assertThat(command().run("load", "drop.csv").status()).isEqualTo(3);
        assertThat(names()).hasSize(2);
    }

    @Test
    void load_that_cannot_continue_ends_with_1_and_resumes_the_next_time() throws Exception {
        lay("drop.csv", DROP);
        sandbox.faults().next(Fault.named("403"));
        Command.Result stopped = command().run("load", "drop.csv");
        assertThat(stopped.status()).isEqualTo(1);
        assertThat(stopped.err())
                .contains("blocked")
                .doesNotContain(Loading.TOKEN)
                .doesNotContain("\tat ");
        Command.Result still = command().run("load", "drop.csv");
        assertThat(still.status()).isEqualTo(1);
        assertThat(sandbox.log()).as("the read of the list and one POST").hasSize(2);
        Files.delete(home.resolve("state/blocked.json"));
        assertThat(command().run("load", "drop.csv").status()).isZero();
        assertThat(names()).containsExactly("Café", "two");
    }

    @Test
    void run_once_loads_the_inbox_and_leaves_files_that_are_no_drops() throws Exception {
        lay("inbox/good.csv", DROP);
        lay("inbox/bad.json", "{\"add\":");
        lay("inbox/.hidden.csv", DROP + "hidden,1\n");
        lay("inbox/being-written.csv.tmp", DROP + "tmp,1\n");
        lay("inbox/upload.csv.part", DROP + "part,1\n");
        lay("inbox/notes.txt", "notes");
        lay("inbox/folder.csv/inner.csv", DROP + "inner,1\n");
        Path outside = lay("outside.csv", DROP + "outside,1\n");
        Files.createSymbolicLink(home.resolve("inbox/link.csv"), outside);
        new ProcessBuilder("mkfifo", home.resolve("inbox/pipe.csv").toString())
                .start()
                .waitFor(10, TimeUnit.SECONDS);

        Command.Result run = command().run("run", "--once");

        assertThat(run.status()).as(run.err()).isEqualTo(4);
        assertThat(names()).containsExactly("Café", "two");
        assertThat(home.resolve("archive/good.csv")).hasContent(DROP);
        assertThat(home.resolve("refused/bad.json")).hasContent("{\"add\":");
        assertThat(home.resolve("refused/bad.json.reason.txt")).content().contains("malformed_json");
        assertThat(home.resolve("inbox").toFile().list())
                .contains(
                        ".hidden.csv",
                        "being-written.csv.tmp",
                        "upload.csv.part",
                        "notes.txt",
                        "link.csv",
                        "folder.csv")
                .doesNotContain("good.csv", "bad.json");
    }

    @Test
    void file_being_written_is_not_taken_before_it_is_complete() throws Exception {
        Path file = lay("inbox/slow.csv", "name\n");
        Process run = command()
                .with("drop.settle", "1500ms")
                .start(home.resolve("out").toFile(), home.resolve("err").toFile(), "run", "--once");
        try {
            // Written to all the time, with pauses shorter than drop.settle, until well after the program looks.
            for (int i = 0; !Command.read(home.resolve("err")).contains("watching") || i < 20; i++) {
                Files.writeString(file, "row " + i + "\n", java.nio.file.StandardOpenOption.APPEND);
                Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
                assertThat(run.waitFor(100, TimeUnit.MILLISECONDS)).isFalse();
            }
            assertThat(sandbox.log()).isEmpty();
            long rows = Files.readAllLines(file).size() - 1L;
            assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(run.exitValue()).isZero();
            assertThat(names()).hasSize((int) rows);
        } finally {
            run.destroyForcibly();
        }
    }

    @Test
    void list_prints_every_format() throws Exception {
        for (int i = 0; i < 60; i++) {
            sandbox.store().put(Loading.LIST, "Café " + i, List.of());
        }
        Command.Result csv = command().run("list");
        assertThat(csv.status()).as(csv.err()).isZero();
        assertThat(csv.out().lines()).hasSize(61).contains("id,catalog_id,name");

        Path file = home.resolve("list.ndjson");
        assertThat(command()
                        .run("list", "--format", "ndjson", "--output", file.toString())
                        .status())
                .isZero();
        assertThat(Files.readAllLines(file)).hasSize(60).allMatch(line -> line.startsWith("{\"id\":"));
        Command.Result json = command().run("list", "--format", "json", "--term", "Café 7");
        assertThat(new com.fasterxml.jackson.databind.ObjectMapper().readTree(json.out()))
                .hasSize(1);
    }

    @Test
    void unreadable_list_is_not_an_empty_list() throws Exception {
        Path file = Files.writeString(home.resolve("list.csv"), "of yesterday");
        Command.Result result = command().with("kommo.access-token", "wrong").run("list", "--output", file.toString());
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("unauthorized");
        assertThat(result.out()).isEmpty();
        assertThat(file).hasContent("of yesterday");
        assertThat(home.toFile().list()).noneMatch(name -> name.endsWith(".part"));
    }

    @Test
    void demo_ends_with_0() throws Exception {
        Command.Result demo = new Command(home).run("demo");
        assertThat(demo.status()).as(demo.out() + demo.err()).isZero();
        assertThat(demo.out()).contains("mapping.json", "rejects.csv");
        assertThat(new Command(home).run("demo").status()).isZero();
    }

    @Test
    void sandbox_answers_until_it_is_stopped() throws Exception {
        Path out = home.resolve("sandbox.out");
        Process process = new Command(home)
                .start(out.toFile(), home.resolve("sandbox.err").toFile(), "sandbox", "--port", "0");
        try {
            Pattern address = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
            Instant deadline = Instant.now().plusSeconds(60);
            Matcher found = address.matcher(Command.read(out));
            while (!found.find() && Instant.now().isBefore(deadline)) {
                assertThat(process.waitFor(50, TimeUnit.MILLISECONDS)).isFalse();
                found = address.matcher(Command.read(out));
            }
            URI stats = URI.create(address.matcher(Command.read(out))
                            .results()
                            .findFirst()
                            .orElseThrow()
                            .group() + "/sandbox/stats");
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(stats).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
        } finally {
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void routes_folder_wins_and_the_jar_works_without_one() throws Exception {
        Path program = Files.createDirectories(temp.resolve("program"));
        Files.copy(Path.of("target/catalog-drop.jar"), program.resolve("catalog-drop.jar"));
        Files.createSymbolicLink(program.resolve("lib"), Path.of("target/lib").toAbsolutePath());
        lay("drop.csv", DROP);
        Command alone = command().jar(program.resolve("catalog-drop.jar"));
        assertThat(alone.run("load", "drop.csv").status()).isZero();

        Path routes = Files.createDirectories(program.resolve("routes"));
        Files.writeString(routes.resolve("broken.camel.yaml"), "- route: {nonsense: true}\n");
        Command.Result broken = alone.run("load", "--again", "drop.csv");
        assertThat(broken.status()).isEqualTo(2);
        assertThat(broken.err()).contains("broken.camel.yaml");
        assertThat(names()).hasSize(2);
    }
}
