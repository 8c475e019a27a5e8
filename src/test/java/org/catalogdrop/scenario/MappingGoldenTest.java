package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Folders with a mapping file and a drop, and what comes of them at the sandbox's account: {@code expected.txt} has the lines of
 * {@code results.csv} and then the elements. What was found lies in {@code target/NAME.found.txt}.
 */
class MappingGoldenTest {

    private static final Path FOLDERS = Path.of("src/test/resources/mapping-golden");

    @TempDir
    Path home;

    static List<Path> folders() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDERS)) {
            return folders.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void comes_out_as_expected(Path folder) throws Exception {
        try (Loading loading = Loading.start(home, "drop.mappings=" + folder.toAbsolutePath(), "kommo.in-flight=1")) {
            List<Path> drops = drops(folder);
            drops.subList(0, drops.size() - 1).forEach(loading::load);
            Summary summary = loading.load(drops.get(drops.size() - 1));
            assertThat(summary.refusal()).isEmpty();
            assertThat(summary.mapping()).startsWith("mapping.yaml@");
            Path results = home.resolve("outbox").resolve(summary.folder());
            String found = Files.readString(results.resolve("results.csv")) + "\n" + elements(loading);
            Files.writeString(Path.of("target", folder.getFileName() + ".found.txt"), found);
            assertThat(found).isEqualTo(Files.readString(folder.resolve("expected.txt")));
            loading.assertNothingIsLeftOver();
            assertRejectsComeBack(loading, summary, results);
        }
    }

    /** They have lost their drop's name and find their mapping by their columns; unmended, they are rejected for the same reasons. */
    private static void assertRejectsComeBack(Loading loading, Summary summary, Path results) throws IOException {
        try (Stream<Path> files = Files.list(results)) {
            Optional<Path> rejects = files.filter(
                            file -> file.getFileName().toString().startsWith("rejects."))
                    .findFirst();
            if (rejects.isPresent()) {
                Summary again = loading.load(rejects.get());
                assertThat(again.refusal()).isEmpty();
                assertThat(again.mapping()).isEqualTo(summary.mapping());
                assertThat(again.rows()).isEqualTo(summary.count(Status.REJECTED));
            }
        }
    }

    /** In the order they are loaded; the results are those of the last. */
    private static List<Path> drops(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !List.of("mapping.yaml", "expected.txt")
                            .contains(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    private static String elements(Loading loading) {
        return Stream.of(4220L, 4221L)
                .flatMap(list -> loading.sandbox().store().elements(list).stream())
                .map(MappingGoldenTest::line)
                .collect(Collectors.joining());
    }

    private static String line(StoredElement element) {
        return element.id() + " in " + element.catalogId() + " '" + element.name() + "'"
                + element.fields().stream()
                        .map(field -> " " + field.id() + "="
                                + field.values().stream()
                                        .map(value ->
                                                value.tag().isEmpty() ? value.text() : value.text() + "#" + value.tag())
                                        .toList())
                        .collect(Collectors.joining())
                + "\n";
    }
}
