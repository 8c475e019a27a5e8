package org.catalogdrop.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.catalogdrop.config.SettingKeys;
import org.junit.jupiter.api.Test;

/**
 * Holds the metadata by which editors complete settings to the tables of the documentation. If they differ, it writes the right file to
 * {@code target}, to be copied.
 */
class SpringMetadataTest {

    private static final Path CHECKED_IN = Path.of("src/main/resources/META-INF/spring-configuration-metadata.json");
    private static final Path RIGHT = Path.of("target/spring-configuration-metadata.json");

    private static final Pattern ROW = Pattern.compile(
            "^\\| `((?:kommo|drop|catalog-drop)\\.[a-z-]+)` \\| (.*?) \\| (.*?) \\| (.*) \\|$", Pattern.MULTILINE);

    private static List<MatchResult> rows(String page) throws IOException {
        return ROW.matcher(Files.readString(Path.of("docs", page))).results().toList();
    }

    private static List<String> quoted(String cell) {
        return Pattern.compile("`([^`]+)`")
                .matcher(cell)
                .results()
                .map(one -> one.group(1))
                .toList();
    }

    private static String plain(String cell) {
        return cell.replaceAll("\\[([^\\]]+)\\]\\([^)]*\\)", "$1").replace("`", "");
    }

    /** Text, unless an editor would accept what the loader accepts. */
    private static Class<?> type(String allowed) {
        if (allowed.equals("`true`, `false`")) {
            return Boolean.class;
        }
        return allowed.matches("a whole number from 1|\\d+…\\d+") ? Long.class : String.class;
    }

    private static Object preset(String cell, Class<?> type) {
        String text = plain(cell);
        return type == Boolean.class
                ? (Object) Boolean.valueOf(text)
                : type == Long.class ? (Object) Long.valueOf(text) : text;
    }

    private static Map<String, Object> property(MatchResult row) {
        Map<String, Object> property = new LinkedHashMap<>();
        Class<?> type = type(row.group(3));
        property.put("name", row.group(1));
        property.put("type", type.getName());
        property.put("description", plain(row.group(4)) + ". Allowed: " + plain(row.group(3)) + ".");
        if (!row.group(2).equals("–")) {
            property.put("defaultValue", preset(row.group(2), type));
        }
        return property;
    }

    private static Map<String, Object> hint(MatchResult row) {
        Map<String, Object> hint = new LinkedHashMap<>();
        hint.put("name", row.group(1));
        hint.put(
                "values",
                quoted(row.group(3)).stream().map(word -> Map.of("value", word)).toList());
        // Others are allowed too.
        hint.put("providers", List.of(Map.of("name", "any")));
        return hint;
    }

    private static boolean isChoice(MatchResult row) {
        return type(row.group(3)) == String.class
                && quoted(row.group(3)).stream().allMatch(word -> word.matches("[a-z]+"))
                && quoted(row.group(3)).size() > 1;
    }

    private static String metadata() throws IOException {
        List<MatchResult> rows = new ArrayList<>(rows("settings.md"));
        rows.addAll(rows("runtimes.md"));
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put(
                "groups",
                Stream.of("kommo", "drop", "catalog-drop")
                        .map(name -> Map.of("name", name))
                        .toList());
        metadata.put(
                "properties", rows.stream().map(SpringMetadataTest::property).toList());
        metadata.put(
                "hints",
                rows.stream()
                        .filter(SpringMetadataTest::isChoice)
                        .map(SpringMetadataTest::hint)
                        .toList());
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(metadata) + "\n";
    }

    @Test
    void given_the_tables_of_settings_when_the_metadata_is_made_then_it_is_that_of_the_jar() throws IOException {
        String right = metadata();
        Files.writeString(RIGHT, right);

        assertThat(rows("settings.md")).extracting(row -> row.group(1)).containsExactlyElementsOf(SettingKeys.ALL);
        assertThat(CHECKED_IN).as("copy " + RIGHT + " there").content().isEqualTo(right);
    }
}
