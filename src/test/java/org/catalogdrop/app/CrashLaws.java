package org.catalogdrop.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.catalogdrop.sandbox.Store;
import org.catalogdrop.sandbox.StoredElement;

/** What must hold of a finished load however often it died: 0 lost, 0 doubled, and the results say what the account has. */
record CrashLaws(Path home, CrashDrop drop, Store store) {

    private static final Map<String, String> DONE = Map.of("add", "created", "update", "updated", "delete", "deleted");

    /** The account and the results. */
    void assertLoaded() throws IOException {
        assertStoreIsAsked();
        Path folder = onlyResults();
        assertMappingIsTrue(folder);
        assertResultsAreInOrder(folder);
    }

    /** The file is where it belongs, and only there. */
    void assertPutAway() throws IOException {
        assertThat(names(home.resolve("inbox"))).as("the inbox").allMatch(name -> name.startsWith("."));
        assertThat(names(home.resolve("archive"))).as("the archive").hasSize(1);
        assertThat(names(home.resolve("refused"))).as("the refused drops").isEmpty();
    }

    /** One folder, no hidden one beside it. */
    private Path onlyResults() throws IOException {
        List<String> names = names(home.resolve("outbox"));
        assertThat(names).as("the outbox").hasSize(1).noneMatch(name -> name.startsWith("."));
        return home.resolve("outbox").resolve(names.get(0));
    }

    /** The elements of the list, as a multiset, are those that the rows ask for. */
    private void assertStoreIsAsked() {
        Map<String, Integer> wanted = new TreeMap<>();
        for (CrashDrop.Line line : drop.lines()) {
            if (!line.action().equals("delete")) {
                wanted.merge(line.name() + " at " + line.price(), 1, Integer::sum);
            }
        }
        Map<String, Integer> found = new TreeMap<>();
        store.elements(CrashDrop.LIST).forEach(element -> found.merge(text(element), 1, Integer::sum));
        Map<String, String> wrong = new TreeMap<>();
        wanted.forEach((text, count) -> {
            if (!count.equals(found.get(text))) {
                wrong.put(text, "wanted " + count + ", found " + found.getOrDefault(text, 0));
            }
        });
        found.forEach((text, count) ->
                wrong.computeIfAbsent(text, t -> wanted.containsKey(t) ? null : "wanted none, found " + count));
        assertThat(wrong).as("elements lost or doubled").isEmpty();
    }

    private void assertMappingIsTrue(Path folder) throws IOException {
        Map<String, Long> mapping =
                new ObjectMapper().readValue(folder.resolve("mapping.json").toFile(), new TypeReference<>() {});
        assertThat(mapping.values()).as("the ids of mapping.json").doesNotHaveDuplicates();
        List<String> wrong = new ArrayList<>();
        for (int row = 1; row <= drop.lines().size(); row++) {
            CrashDrop.Line line = drop.lines().get(row - 1);
            long id = mapping.getOrDefault(Integer.toString(row), -1L);
            boolean right = store.byId(id)
                    .filter(element -> line.action().equals("delete")
                            ? element.deleted()
                            : !element.deleted() && text(element).equals(line.name() + " at " + line.price()))
                    .isPresent();
            if (!right || line.id() != 0 && line.id() != id) {
                wrong.add("row " + row + " " + line + " has id " + id + ": " + store.byId(id));
            }
        }
        assertThat(wrong).as("rows whose id is not that of their element").isEmpty();
        assertThat(mapping).hasSize(drop.lines().size());
    }

    private void assertResultsAreInOrder(Path folder) throws IOException {
        List<String> wanted = new ArrayList<>();
        for (int row = 1; row <= drop.lines().size(); row++) {
            String action = drop.lines().get(row - 1).action();
            wanted.add(row + "," + row + "," + (row + 1) + "," + action + "," + DONE.get(action));
        }
        List<String> found;
        try (Stream<String> lines = Files.lines(folder.resolve("results.csv"))) {
            found = lines.skip(1)
                    .map(line -> String.join(",", List.of(line.split(",")).subList(0, 5)))
                    .toList();
        }
        assertThat(found).as("results.csv").isEqualTo(wanted);
    }

    private static String text(StoredElement element) {
        return element.name() + " at "
                + element.fields().stream()
                        .filter(field -> field.id() == CrashDrop.PRICE)
                        .map(field -> field.values().get(0).text())
                        .findFirst()
                        .orElse("no price");
    }

    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
