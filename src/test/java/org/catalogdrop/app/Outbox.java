package org.catalogdrop.app;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A folder of results, as a user's script would read it. */
record Outbox(Path folder) {

    private static final ObjectMapper JSON = new ObjectMapper();

    LinkedHashMap<String, Long> mapping() throws IOException {
        return JSON.readValue(folder.resolve("mapping.json").toFile(), new TypeReference<>() {});
    }

    /** The lines of results.csv by column. */
    List<Map<String, String>> lines() throws IOException {
        return csv(folder.resolve("results.csv"));
    }

    List<String> outcomes() throws IOException {
        return lines().stream().map(line -> line.get("outcome")).toList();
    }

    List<String> codes() throws IOException {
        return lines().stream().map(line -> line.get("code")).toList();
    }

    Path rejects(String ending) {
        return folder.resolve("rejects." + ending);
    }

    static List<Map<String, String>> csv(Path file) throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser parser = CSVParser.parse(Files.newBufferedReader(file), format)) {
            return parser.stream().map(CSVRecord::toMap).toList();
        }
    }
}
