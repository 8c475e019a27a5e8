package org.catalogdrop.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The routes folder is what runs, and reads as it should. */
class RoutesTest {

    private static final Path FOLDER = Path.of("routes");

    @TempDir
    Path home;

    /** What the context has once the loader is in it and started. */
    private List<RouteDefinition> routes(Optional<Path> folder) throws Exception {
        Map<String, String> settings = Loading.settings(home, "http://127.0.0.1:1");
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Installation drop = Installation.install(
                    context,
                    SettingsReader.read(key -> Optional.ofNullable(settings.get(key)), true),
                    new Installation.InboxMode(true, false),
                    folder);
            context.start();
            drop.close();
            return context.getRouteDefinitions();
        }
    }

    private List<String> ids(Optional<Path> folder) throws Exception {
        return routes(folder).stream().map(RouteDefinition::getRouteId).toList();
    }

    private static List<Path> files() throws Exception {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    @Test
    void jar_has_the_same_route_files_as_the_folder() throws Exception {
        assertThat(files()).isNotEmpty().allMatch(file -> file.toString().endsWith(".camel.yaml"));
        for (Path file : files()) {
            try (InputStream copy =
                    Installation.class.getResourceAsStream("/catalog-drop/routes/" + file.getFileName())) {
                assertThat(copy).as(file.toString()).isNotNull().hasBinaryContent(Files.readAllBytes(file));
            }
        }
    }

    @Test
    void folder_and_jar_make_the_same_routes() throws Exception {
        assertThat(ids(Optional.empty()))
                .containsExactlyInAnyOrderElementsOf(ids(Optional.of(FOLDER.toAbsolutePath())))
                .contains("catalog-inbox", "catalog-load", "catalog-send-chunk", "catalog-list", "catalog-look-up");
    }

    @Test
    void each_route_has_an_id_and_a_description_of_one_sentence() throws Exception {
        assertThat(routes(Optional.of(FOLDER.toAbsolutePath()))).isNotEmpty().allSatisfy(route -> {
            assertThat(route.hasCustomIdAssigned()).isTrue();
            assertThat(route.getDescriptionText()).as(route.getRouteId()).matches("[A-Z][^.]*\\.");
        });
    }

    /** Those of a host may have any other name. */
    @Test
    void names_of_routes_and_endpoints_begin_with_catalog() throws Exception {
        assertThat(routes(Optional.of(FOLDER.toAbsolutePath()))).isNotEmpty().allSatisfy(route -> {
            assertThat(route.getRouteId()).startsWith("catalog-");
            String from = Routes.fromUri(route);
            assertThat(from.startsWith("direct:") ? from : "direct:catalog-").startsWith("direct:catalog-");
        });
        for (Path file : files()) {
            assertThat(Files.readString(file)).as(file.toString()).doesNotContainPattern("variable\\.(?!catalog-)");
        }
    }

    @Test
    void route_files_are_ascii_because_camel_reads_them_in_the_charset_of_the_machine() throws Exception {
        for (Path file : files()) {
            assertThat(Files.readString(file)).as(file.toString()).isASCII();
        }
    }

    @Test
    void route_files_are_in_canonical_notation() throws Exception {
        List<String> compact = new ArrayList<>();
        for (Path file : files()) {
            find(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)), compact);
        }
        assertThat(compact).isEmpty();
    }

    /** Collects endpoints with their options in the address, and steps and expressions that are a bare text. */
    private static void find(Object node, List<String> compact) {
        if (node instanceof List<?> list) {
            list.forEach(item -> find(item, compact));
        } else if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                boolean bare = value instanceof String
                        && Set.of("to", "from", "simple", "constant", "bean").contains(key);
                boolean packed = "uri".equals(key) && !value.toString().matches("[a-z]+|\\{\\{[a-z.-]+}}");
                if (bare || packed) {
                    compact.add(key + ": " + value);
                }
                find(value, compact);
            });
        }
    }

    @Test
    void no_route_sends_a_write_again_by_itself() throws Exception {
        for (Path file : files()) {
            String text = Files.readString(file);
            assertThat(text)
                    .as(file.toString())
                    .doesNotContain("onException:", "redeliveryPolicy", "deadLetter", "aggregate");
            assertThat(text.split("- route(Template)?:", -1).length - 1)
                    .as("routes without an error handler of their own in " + file)
                    .isEqualTo(text.split("errorHandler: \\{noErrorHandler: \\{}}", -1).length - 1);
        }
    }

    @Test
    void mistake_in_a_routes_folder_is_reported_at_start_with_its_place() throws Exception {
        Path changed = copies();
        Path send = changed.resolve("send.camel.yaml");
        String text = Files.readString(send);
        Files.writeString(send, text.replaceFirst("- loop:", "- lop:"));
        assertThatThrownBy(() -> ids(Optional.of(changed)))
                .isInstanceOf(RoutesFault.class)
                .hasMessageContaining("lop")
                .hasMessageContaining("send.camel.yaml, line 15");
        Files.writeString(send, text.replaceFirst("name: catalog-post-chunk}}", "name: catalog-post-chnk}}"));
        assertThatThrownBy(() -> ids(Optional.of(changed)))
                .isInstanceOf(RoutesFault.class)
                .hasMessageContaining("direct:catalog-post-chnk");
        Files.delete(send);
        assertThatThrownBy(() -> ids(Optional.of(changed)))
                .isInstanceOf(RoutesFault.class)
                .hasMessageContaining("direct:catalog-send-chunk");
    }

    /** As copies are that were made for a version whose beans had other methods. */
    @ParameterizedTest
    @CsvSource({
        "send.camel.yaml, catalog-sending.recordIntent, catalog-sending.calm, catalog-sending.calm",
        "send.camel.yaml, beginReplacement(, calm(, catalog-sending.calm",
        "list.camel.yaml, recordRead(, calm(, catalog-keys.calm"
    })
    void given_a_step_that_calls_a_method_no_bean_has_when_the_routes_are_loaded_then_the_start_names_it(
            String file, String method, String other, String missing) throws Exception {
        Path changed = copies();
        Path route = changed.resolve(file);
        Files.writeString(route, Files.readString(route).replace(method, other));

        assertThatThrownBy(() -> ids(Optional.of(changed)))
                .isInstanceOf(RoutesFault.class)
                .hasMessageContaining("they call " + missing + ",");
    }

    private Path copies() throws Exception {
        Path changed = Files.createDirectories(home.resolve("routes"));
        for (Path file : files()) {
            Files.copy(file, changed.resolve(file.getFileName()));
        }
        return changed;
    }

    @Test
    void routes_folder_wins_over_the_jar() throws Exception {
        Path changed = Files.createDirectories(home.resolve("routes"));
        for (Path file : files()) {
            String text = Files.readString(file).replace("routeId: catalog-list", "routeId: list-of-the-operator");
            Files.writeString(changed.resolve(file.getFileName()), text);
        }
        Files.writeString(changed.resolve("notes.txt"), "no route");
        Files.writeString(
                changed.resolve("extra.camel.yaml"),
                String.join(
                        "\n",
                        Arrays.asList(
                                "- route:",
                                "    id: extra",
                                "    from:",
                                "      uri: direct",
                                "      parameters:",
                                "        name: extra",
                                "      steps:",
                                "        - to:",
                                "            uri: direct",
                                "            parameters:",
                                "              name: catalog-load",
                                "")));
        assertThat(ids(Optional.of(changed)))
                .contains("list-of-the-operator", "extra")
                .doesNotContain("catalog-list");
    }
}
