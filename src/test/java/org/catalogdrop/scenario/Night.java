package org.catalogdrop.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.mapping.rule.KeyLocation;

/** The file of every night: articles that are known again by their number. */
public final class Night {

    public static final long SKU = 4400049;

    private Night() {}

    /** @param more lines of the file */
    public static void mapping(Path home, String more) throws IOException {
        Files.writeString(Files.createDirectories(home.resolve("mappings")).resolve("night.yaml"), """
                drops: night*.csv
                action: upsert
                key: No
                %sname: Title
                fields:
                  - {field: 4400049, column: No}
                  - {field: 4400051, column: Price, type: number, decimal: ",", empty: clear}
                """.formatted(more));
    }

    /** Where its keys stand. */
    public static KeyLocation place() {
        return new KeyLocation(Loading.LIST, Long.toString(SKU), "No", KeyLocation.Gone.ADD, Optional.empty());
    }

    public static String drop(String... rows) {
        return "No;Title;Price\n" + String.join("\n", rows) + "\n";
    }

    public static List<String> told(Outbox outbox) throws IOException {
        return outbox.lines().stream()
                .map(line -> line.get("key") + " " + line.get("action") + " " + line.get("outcome"))
                .toList();
    }

    public static void deleteByHand(Loading loading, long id) {
        ByHand.delete(loading.sandbox().baseUrl(), Loading.TOKEN, id);
    }
}
