package org.catalogdrop.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.catalogdrop.cli.CatalogDropMain;
import org.catalogdrop.config.SettingKeys;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.SettingsFault;
import org.catalogdrop.config.SettingsReader;
import org.junit.jupiter.api.Test;

/** Holds README.md, the pages of the settings and the commands, and application.properties to the code. */
class ReadmeTest {

    private static final String NONE = "–";
    private static final Pattern RANGE = Pattern.compile("(\\d+)…(\\d+)");

    private final Document readme;
    private final Map<String, String> defaults = new LinkedHashMap<>();
    private final Map<String, String> allowed = new LinkedHashMap<>();

    ReadmeTest() throws IOException {
        readme = Document.of("README.md");
        for (List<String> row : Document.of("docs/settings.md").table("All settings")) {
            defaults.put(row.get(0), row.get(1));
            allowed.put(row.get(0), row.get(2));
        }
    }

    private static Settings read(Map<String, String> settings) {
        return SettingsReader.read(key -> Optional.ofNullable(settings.get(key)), false);
    }

    private Map<String, String> setDefaults() {
        Map<String, String> set = new LinkedHashMap<>(defaults);
        set.values().removeIf(NONE::equals);
        // Set, it says that there is to be a pair of tokens.
        set.remove("kommo.token-file");
        return set;
    }

    @Test
    void names_every_setting_in_order() {
        assertThat(defaults.keySet()).containsExactlyElementsOf(SettingKeys.ALL);
    }

    @Test
    void page_has_the_defaults() {
        // Whole records are compared, so a key whose default were left out on purpose would have to have none.
        assertThat(read(setDefaults())).isEqualTo(read(Map.of()));
        assertThat(setDefaults()).hasSizeGreaterThan(15);
        assertThat(defaults.keySet())
                .filteredOn(key -> defaults.get(key).equals(NONE))
                .containsExactly(
                        "kommo.base-url",
                        "kommo.access-token",
                        "kommo.access-token-file",
                        "kommo.client-id",
                        "kommo.client-secret",
                        "kommo.client-secret-file",
                        "kommo.redirect-uri",
                        "kommo.catalog-id",
                        "kommo.marker-field",
                        "kommo.pace-folder",
                        "kommo.proxy",
                        "kommo.trust-store",
                        "drop.journal",
                        "drop.journal-user",
                        "drop.journal-password",
                        "drop.journal-password-file",
                        "drop.journal-schema",
                        "drop.notify",
                        "drop.page-password",
                        "drop.page-password-file",
                        "drop.page-host");
    }

    @Test
    void page_has_the_ranges() {
        List<String> ranged = allowed.keySet().stream()
                .filter(key -> RANGE.matcher(allowed.get(key)).matches())
                .toList();
        assertThat(ranged)
                .containsExactly(
                        "kommo.requests-per-second", "kommo.chunk-size", "kommo.in-flight", "drop.management-port");
        for (String key : ranged) {
            Matcher range = RANGE.matcher(allowed.get(key));
            assertThat(range.matches()).isTrue();
            read(Map.of(key, range.group(1)));
            read(Map.of(key, range.group(2)));
            assertRefused(key, Integer.toString(Integer.parseInt(range.group(1)) - 1));
            assertRefused(key, Integer.toString(Integer.parseInt(range.group(2)) + 1));
        }
    }

    @Test
    void page_has_the_shortest_and_longest_times_and_sizes() {
        Pattern bounds = Pattern.compile("(\\d+\\w+) to (\\d+\\w+)");
        List<String> bounded = allowed.keySet().stream()
                .filter(key -> bounds.matcher(allowed.get(key)).matches())
                .toList();
        assertThat(bounded).hasSize(6);
        for (String key : bounded) {
            Matcher match = bounds.matcher(allowed.get(key));
            assertThat(match.matches()).isTrue();
            read(Map.of(key, match.group(1)));
            read(Map.of(key, match.group(2)));
            assertRefused(key, match.group(2).replace("24h", "25h").replace("64MiB", "65MiB"));
            if (!match.group(1).equals("0s")) {
                assertRefused(key, match.group(1).startsWith("1K") ? "1023" : "0ms");
            }
        }
    }

    private static void assertRefused(String key, String value) {
        assertThatThrownBy(() -> read(Map.of(key, value)))
                .as(key + "=" + value)
                .isInstanceOf(SettingsFault.class)
                .hasMessageContaining(key);
    }

    @Test
    void the_settings_file_changes_nothing_and_shows_every_default() throws IOException {
        Path file = Path.of("application.properties");
        Properties set = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            set.load(reader);
        }
        assertThat(set).isEmpty();
        Map<String, String> shown = Files.readAllLines(file).stream()
                .filter(line -> line.matches("#[a-z.-]+=.*"))
                .map(line -> line.substring(1).split("=", 2))
                .collect(Collectors.toMap(
                        pair -> pair[0], pair -> pair[1].isEmpty() ? NONE : pair[1], (a, b) -> a, LinkedHashMap::new));
        Map<String, String> expected = new LinkedHashMap<>(defaults);
        // A secret has no place in a file that is copied around.
        expected.keySet().removeAll(List.of("kommo.access-token", "kommo.client-secret"));
        assertThat(shown).isEqualTo(expected);
    }

    @Test
    void has_at_most_120_lines() {
        assertThat(readme.lines()).hasSizeBetween(40, 120);
    }

    @Test
    void names_every_command() throws IOException {
        assertNamesEveryCommand(readme.section("Commands"));
        assertNamesEveryCommand(Document.of("docs/commands.md").section("All commands"));
    }

    private static void assertNamesEveryCommand(List<String> section) {
        String commands = String.join("\n", section);
        assertThat(CatalogDropMain.commandLine().getSubcommands().keySet())
                .filteredOn(command -> !command.equals("help"))
                .allSatisfy(command -> assertThat(commands).containsPattern("(?m)^\\| `" + command + "[ `]"));
    }

    @Test
    void page_has_the_exit_statuses_of_the_help() throws IOException {
        String help = CatalogDropMain.commandLine().getUsageMessage().replaceAll("\\s+", " ");
        List<String> documented = Document.of("docs/commands.md").section("Exit status").stream()
                .filter(line -> line.matches("\\| \\d \\|.*"))
                .map(line -> line.substring(2, 3))
                .toList();

        assertThat(documented).containsExactly("0", "1", "2", "3", "4", "5");
        assertThat(documented).allSatisfy(status -> assertThat(help).containsPattern("[:;] " + status + " = \\w"));
    }

    @Test
    void shows_the_test_command_and_the_demo_as_ci_runs_them() throws IOException {
        List<String> run = Files.readAllLines(Path.of(".ci/run"));
        assertThat(run).contains("mvn -B verify", "./catalog-drop demo");
        assertThat(readme.lines()).contains("mvn -B verify", "./catalog-drop demo");
    }
}
