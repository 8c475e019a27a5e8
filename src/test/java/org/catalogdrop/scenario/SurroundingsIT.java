package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.fault.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program where something around it is not as it should be, or was changed by the operator. */
@Tag("slow")
class SurroundingsIT {

    @TempDir
    Path home;

    private Sandbox sandbox;
    private Command command;

    @BeforeEach
    void begin() throws Exception {
        sandbox = Sandbox.start(Loading.sandboxSettings());
        command = new Command(home).with(Loading.settings(home, sandbox.baseUrl()));
        Files.writeString(home.resolve("drop.csv"), "name\na\n");
    }

    @AfterEach
    void end() {
        sandbox.close();
    }

    @Test
    void a_temporary_folder_that_is_not_there_is_reported() throws Exception {
        String missing = home.resolve("none").toString();
        Command.Result load = command.option("-Djava.io.tmpdir=" + missing).run("load", "drop.csv");
        assertThat(load.status()).isEqualTo(1);
        assertThat(load.err()).contains("SQLite", "folder " + missing, "-Djava.io.tmpdir");
        assertThat(sandbox.log()).isEmpty();
    }

    @Test
    void a_log_step_of_a_changed_route_is_heard() throws Exception {
        Path program = Files.createDirectories(home.resolve("program"));
        Files.copy(Path.of("target/catalog-drop.jar"), program.resolve("catalog-drop.jar"));
        Files.createSymbolicLink(program.resolve("lib"), Path.of("target/lib").toAbsolutePath());
        Path routes = Files.createDirectories(program.resolve("routes"));
        try (var shipped = Files.list(Path.of("routes"))) {
            for (Path route : shipped.toList()) {
                Files.copy(route, routes.resolve(route.getFileName().toString()));
            }
        }
        Path send = routes.resolve("send.camel.yaml");
        String step = "        - process: {ref: catalog-sending.buildRequest}";
        String yaml = Files.readString(send);
        assertThat(yaml).contains(step);
        Files.writeString(send, yaml.replace(step, "        - log:\n            message: a step of mine\n" + step));

        Command.Result load = command.jar(program.resolve("catalog-drop.jar")).run("load", "drop.csv");
        assertThat(load.status()).as(load.err()).isZero();
        assertThat(load.err()).contains("INFO routes - a step of mine");
    }

    @Test
    void given_the_log_of_the_flow_at_debug_when_drops_are_loaded_then_each_milestone_is_a_line() throws Exception {
        Files.writeString(home.resolve("bad.csv"), "nothing\n1\n");
        Command.Result load = command.option("-Dorg.slf4j.simpleLogger.log.org.catalogdrop.flow=debug")
                .run("load", "drop.csv", "bad.csv");

        assertThat(load.status()).isEqualTo(4);
        assertThat(load.err()
                        .lines()
                        .filter(line -> line.contains(" flow - "))
                        .map(line -> line.replaceFirst(".* flow - ", "")))
                .anyMatch(line -> line.equals("drop.csv: opened"))
                .anyMatch(line -> line.equals("drop.csv: sent 1 row to add"))
                .anyMatch(line -> line.matches("drop\\.csv: published in drop\\.csv-[0-9a-f]{8}, 1 rows"))
                .anyMatch(line -> line.startsWith("refused: "));
    }

    @Test
    void given_a_load_when_a_signal_stops_it_then_it_says_so_once_and_its_status_is_that_of_the_signal()
            throws Exception {
        Files.writeString(home.resolve("drop.csv"), "name\na\nb\nc\n");
        command.with("kommo.chunk-size", "1").with("kommo.in-flight", "1");
        sandbox.faults().next(Fault.named("delay").number(1000), 3);

        stopped(() -> sandbox.store().created() > 0, "load", "drop.csv");

        assertThat(command.run("load", "drop.csv").status()).isZero();
        assertThat(sandbox.store().created()).isEqualTo(3);
    }

    @Test
    void given_a_list_when_a_signal_stops_its_reading_then_it_says_so_once_and_its_status_is_that_of_the_signal()
            throws Exception {
        for (int element = 0; element < 600; element++) {
            sandbox.store().put(Loading.LIST, "element " + element, List.of());
        }
        sandbox.faults().next(Fault.named("delay").number(300), 10);

        stopped(
                () -> !sandbox.log().isEmpty(),
                "list",
                "--output",
                home.resolve("list.csv").toString());

        assertThat(home.resolve("list.csv")).doesNotExist();
    }

    /** Starts a command, stops it by SIGTERM at a moment, and looks at what it says. */
    private void stopped(BooleanSupplier moment, String... arguments) throws Exception {
        Path err = home.resolve("err");
        Process process = command.start(home.resolve("out").toFile(), err.toFile(), arguments);
        try {
            Instant deadline = Instant.now().plusSeconds(60);
            while (!moment.getAsBoolean() && Instant.now().isBefore(deadline)) {
                assertThat(process.waitFor(20, TimeUnit.MILLISECONDS)).isFalse();
            }
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(() -> Command.read(err)).isEqualTo(143);
        assertThat(Command.read(err).lines().filter(line -> line.contains("stopped")))
                .singleElement()
                .asString()
                .contains("stopped before the end (stopped): ", "un again");
    }

    @Test
    void settings_in_another_charset_are_reported() throws Exception {
        Path file = home.resolve("application.properties");
        Files.write(file, "kommo.client-id=Gr\u00fcn\n".getBytes(StandardCharsets.ISO_8859_1));
        Command.Result load = command.run("load", "drop.csv");
        assertThat(load.status()).isEqualTo(2);
        assertThat(load.err()).contains("application.properties is not UTF-8 text", "Save it as UTF-8");
    }
}
