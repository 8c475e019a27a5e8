package org.catalogdrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of the process as JSON. */
@Tag("slow")
class JsonLogTest {

    @TempDir
    Path home;

    private List<String> run(String... options) throws Exception {
        Path inbox = Files.createDirectories(home.resolve("inbox"));
        Files.writeString(inbox.resolve("\u00fcber.csv"), "name\na\n");
        Files.writeString(inbox.resolve("bad.csv"), "");
        File err = home.resolve("err").toFile();
        try (Sandbox sandbox = Sandbox.start(Loading.sandboxSettings())) {
            if (Files.exists(home.resolve("accounts"))) {
                Files.writeString(
                        home.resolve("accounts/lviv.properties"),
                        "kommo.base-url=" + sandbox.baseUrl() + "\nkommo.access-token=" + Loading.TOKEN + "\ndrop.home="
                                + home + "\n");
            }
            List<String> line = new ArrayList<>(List.of(
                    ProcessHandle.current().info().command().orElse("java"),
                    "-XX:TieredStopAtLevel=1",
                    "-Dsun.jnu.encoding=UTF-8",
                    "-Dfile.encoding=UTF-8",
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
            line.addAll(List.of(options));
            Loading.settings(home, sandbox.baseUrl()).forEach((key, value) -> line.add("-D" + key + "=" + value));
            line.addAll(List.of(CatalogDropMain.class.getName(), "run", "--once"));
            ProcessBuilder builder = new ProcessBuilder(line)
                    .directory(home.toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(err);
            builder.environment().put("LC_ALL", "C.UTF-8");
            Process process = builder.start();
            try {
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            } finally {
                process.destroyForcibly();
            }
        }
        return Files.readAllLines(err.toPath());
    }

    @Test
    void every_line_is_one_json_object_with_time_level_logger_and_message() throws Exception {
        List<String> lines = run("-Ddrop.log=json");
        List<JsonNode> events = new ArrayList<>();
        for (String line : lines) {
            assertThat(line).isASCII();
            events.add(new ObjectMapper().readTree(line));
        }
        assertThat(events).allSatisfy(event -> {
            assertThat(Instant.parse(event.required("time").asText())).isBeforeOrEqualTo(Instant.now());
            assertThat(event.required("logger").asText()).startsWith("org.");
            assertThat(event.required("thread").asText()).isNotEmpty();
        });
        assertThat(events)
                .anySatisfy(event -> {
                    assertThat(event.path("level").asText()).isEqualTo("INFO");
                    assertThat(event.path("message").asText()).startsWith("\u00fcber.csv: 1 row (1 created)");
                })
                .anySatisfy(event -> {
                    assertThat(event.path("level").asText()).isEqualTo("ERROR");
                    assertThat(event.path("message").asText()).startsWith("bad.csv: refused");
                });
    }

    @Test
    void levels_of_slf4j_simple_still_count() throws Exception {
        assertThat(run("-Ddrop.log=json", "-Dorg.slf4j.simpleLogger.log.org.catalogdrop=error"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains("\"level\":\"ERROR\""));
    }

    @Test
    void given_accounts_then_each_line_of_one_has_its_name() throws Exception {
        Files.createDirectories(home.resolve("accounts"));
        Files.writeString(home.resolve("accounts/odesa.properties"), "kommo.chunk-size=x\n");

        List<String> lines = run();

        assertThat(lines)
                .anySatisfy(line -> assertThat(line).contains("[lviv] bad.csv: refused"))
                .anySatisfy(line -> assertThat(line).contains("[lviv] \u00fcber.csv: 1 row (1 created)"))
                .anySatisfy(line -> assertThat(line).contains("[odesa] the account is not running. These settings"));
        Files.delete(home.resolve("refused/bad.csv"));
        List<JsonNode> events = new ArrayList<>();
        for (String line : run("-Ddrop.log=json", "-Ddrop.repeat=allow")) {
            events.add(new ObjectMapper().readTree(line));
        }
        assertThat(events)
                .anySatisfy(event -> {
                    assertThat(event.path("account").asText()).isEqualTo("lviv");
                    assertThat(event.path("message").asText()).startsWith("\u00fcber.csv: 1 row (1 created)");
                })
                .anySatisfy(event -> assertThat(event.path("account").asText()).isEqualTo("odesa"));
    }
}
