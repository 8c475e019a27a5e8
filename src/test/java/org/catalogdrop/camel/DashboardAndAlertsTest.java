package org.catalogdrop.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the dashboard and the alert rules in {@code deploy} to the metrics that the program gives. */
class DashboardAndAlertsTest {

    private static final Path DASHBOARD = Path.of("deploy/grafana/catalog-drop.json");
    private static final Path ALERTS = Path.of("deploy/prometheus/alerts.yaml");
    private static final Path PAGE = Path.of("docs/operations.md");

    private static final Pattern METRIC = Pattern.compile("\\b(?:catalog_drop|jvm|process|system)_[a-z_]*[a-z]\\b");

    /** A label whose values are known in advance, as an expression asks for it. */
    private static final Pattern LABEL =
            Pattern.compile("\\b(status|outcome|end|method|check|area)(=~?)\\\\?\"([^\"\\\\$]+)\\\\?\"");

    @TempDir
    Path home;

    private String scrape() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (Loading loading = Loading.start(home);
                Management open = Management.open(
                                loading.context(), loading.drop().vitals(), address)
                        .orElseThrow()) {
            assertThat(open).isNotNull();
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static Set<String> named(String text) {
        return METRIC.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> expressions(Path file) throws IOException {
        ObjectMapper reader =
                file.toString().endsWith(".json") ? new ObjectMapper() : new ObjectMapper(new YAMLFactory());
        List<JsonNode> found = reader.readTree(file.toFile()).findValues("expr");
        return found.stream().map(JsonNode::asText).toList();
    }

    @Test
    void every_metric_and_label_of_dashboard_and_alerts_exists() throws Exception {
        String metrics = scrape();
        Set<String> given = metrics.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceFirst("[{ ].*", ""))
                .collect(Collectors.toSet());
        for (Path file : List.of(DASHBOARD, ALERTS)) {
            List<String> expressions = expressions(file);
            assertThat(expressions).as("expressions of %s", file).hasSizeGreaterThan(10);
            assertThat(named(String.join("\n", expressions)))
                    .as("metrics of %s", file)
                    .isNotEmpty()
                    .isSubsetOf(given);
            for (String expression : expressions) {
                LABEL.matcher(expression).results().forEach(label -> assertThat(
                                label.group(3).split("\\|", -1))
                        .as("%s in %s", label.group(), file)
                        .allSatisfy(value -> assertThat(metrics).contains(label.group(1) + "=\"" + value + "\"")));
            }
        }
    }

    @Test
    void every_metric_of_the_program_is_explained() throws Exception {
        String page = Files.readString(PAGE);
        assertThat(scrape().lines()
                        .filter(line -> line.startsWith("# TYPE catalog_drop"))
                        .map(line -> line.split(" ", -1)[2])
                        .filter(name -> !name.endsWith("_max")))
                .hasSizeGreaterThan(15)
                .allSatisfy(name -> assertThat(page).contains("`" + name));
    }

    @Test
    void every_panel_of_the_dashboard_has_a_place_of_its_own_and_the_chosen_data_source() throws IOException {
        JsonNode panels = new ObjectMapper().readTree(DASHBOARD.toFile()).path("panels");
        Set<String> cells = new TreeSet<>();
        for (JsonNode panel : panels) {
            JsonNode place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    assertThat(cells.add((place.path("x").asInt() + x) + ","
                                    + (place.path("y").asInt() + y)))
                            .as("%s covers another panel", panel.path("title"))
                            .isTrue();
                }
            }
            panel.path("targets").forEach(target -> assertThat(
                            target.path("datasource").path("uid").asText())
                    .isEqualTo("${datasource}"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check rules deploy/prometheus/alerts.yaml",
                "test rules src/test/resources/prometheus/alerts-test.yaml"
            })
    void prometheus_takes_the_alert_rules_and_they_fire_when_they_should(String command) throws Exception {
        boolean there = Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
        if (!there) {
            System.err.println(
                    "SKIPPED: promtool " + command
                            + ". promtool is not installed (Debian package prometheus), so the alert rules are not checked by Prometheus itself.");
        }
        Assumptions.assumeTrue(there, "promtool is not installed");
        List<String> words = new ArrayList<>(List.of("promtool"));
        words.addAll(List.of(command.split(" ", -1)));
        Process promtool = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(promtool.exitValue()).as(said).isZero();
        assertThat(said).contains("SUCCESS");
    }
}
