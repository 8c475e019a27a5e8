package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.catalogdrop.report.OutboxIndex;

/** A folder of results, as a user's script would read it. */
public record Outbox(Path folder) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What stands behind the first name of a header. */
    private static final Pattern DELIMITER = Pattern.compile("(?:\"[^\"]*\"|[^\",;\t|\n]*)([,;\t|])");

    /** The only one, with nothing beside it. */
    public static Outbox only(Path home) throws IOException {
        List<String> names = names(home.resolve("outbox"));
        assertThat(names).as("the outbox").hasSize(1).noneMatch(name -> name.startsWith("."));
        return new Outbox(home.resolve("outbox").resolve(names.get(0)));
    }

    /** That of the drop of this name. */
    public static Outbox of(Path home, String drop) throws IOException {
        List<String> names = names(home.resolve("outbox")).stream()
                .filter(name -> name.startsWith(drop + "-"))
                .toList();
        assertThat(names).as("the results of %s", drop).hasSize(1);
        return new Outbox(home.resolve("outbox").resolve(names.get(0)));
    }

    /** What is in a folder, but for the index of the outbox. */
    public static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(OutboxIndex.NAME))
                    .sorted()
                    .toList();
        }
    }

    public LinkedHashMap<String, Long> mapping() throws IOException {
        return JSON.readValue(folder.resolve("mapping.json").toFile(), new TypeReference<>() {});
    }

    /** The lines of results.csv by column. */
    public List<Map<String, String>> lines() throws IOException {
        return csv(folder.resolve("results.csv"));
    }

    public List<String> outcomes() throws IOException {
        return lines().stream().map(line -> line.get("outcome")).toList();
    }

    public List<String> codes() throws IOException {
        return lines().stream().map(line -> line.get("code")).toList();
    }

    public Path rejects(String ending) {
        return folder.resolve("rejects." + ending);
    }

    public static List<Map<String, String>> csv(Path file) throws IOException {
        String text = Files.readString(file).replaceFirst("^\uFEFF", "");
        Matcher delimiter = DELIMITER.matcher(text);
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter.lookingAt() ? delimiter.group(1).charAt(0) : ',')
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser parser = CSVParser.parse(text, format)) {
            return parser.stream().map(CSVRecord::toMap).toList();
        }
    }
}
