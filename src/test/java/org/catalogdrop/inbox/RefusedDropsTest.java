package org.catalogdrop.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Summary;
import org.catalogdrop.scenario.DropFormsTest;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A drop that cannot be read as a whole is refused before its first row is sent, and says why. */
class RefusedDropsTest {

    private static final String GOOD = "name,cf:4400049\n" + "good,1\n".repeat(50);

    @TempDir
    Path home;

    static Stream<Arguments> drops() throws IOException {
        String rows = "{\"name\":\"a\"},".repeat(50);
        byte[] packed = DropFormsTest.gzip(GOOD.getBytes(StandardCharsets.UTF_8));
        byte[] bomb = DropFormsTest.gzip(("name\n" + "x\n".repeat(2000)).getBytes(StandardCharsets.UTF_8));
        return Stream.of(
                arguments("empty.csv", bytes(""), Code.EMPTY_DROP),
                arguments("blank.json", bytes("  \n"), Code.EMPTY_DROP),
                arguments("workbook.csv", new byte[] {'P', 'K', 3, 4, 20, 0, 6, 0}, Code.BINARY),
                arguments("polish.csv", "name\nStó³ ¿ó³ty\n".getBytes(StandardCharsets.ISO_8859_1), Code.CHARSET),
                arguments("no-zip.csv.zip", bytes(GOOD), Code.BAD_ZIP),
                arguments("no-workbook.xlsx", bytes(GOOD), Code.BAD_WORKBOOK),
                arguments("zero.csv", bytes(GOOD + "a\0b,1\n"), Code.BINARY),
                arguments("no-header.csv", bytes("\n\n"), Code.EMPTY_DROP),
                arguments("no-names.csv", bytes(",,\na,b,c\n"), Code.NO_HEADER),
                arguments("double.csv", bytes("name,name\na,b\n"), Code.DOUBLE_HEADER),
                arguments("unknown.csv", bytes("foo,bar\na,b\n"), Code.NO_HEADER),
                arguments("quote.csv", bytes(GOOD + "\"never closed,1\n"), Code.QUOTE),
                arguments("endless.csv", bytes(GOOD + "x".repeat(300_000)), Code.ENDLESS_LINE),
                arguments("cut.json", bytes("[" + rows + "{\"name\":\"b"), Code.MALFORMED_JSON),
                arguments("comma.json", bytes("[" + rows + "]"), Code.MALFORMED_JSON),
                arguments("deep.json", bytes("[".repeat(100_000)), Code.MALFORMED_JSON),
                arguments("scalar.json", bytes("42"), Code.MALFORMED_JSON),
                arguments("cut.csv.gz", Arrays.copyOf(packed, packed.length - 6), Code.BAD_GZIP),
                arguments("no-gzip.csv.gz", bytes(GOOD), Code.BAD_GZIP),
                arguments("bomb.csv.gz", bomb, Code.TOO_LARGE),
                arguments("drop.txt", bytes(GOOD), Code.UNKNOWN_TYPE));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("drops")
    void refused_drop_sends_nothing(String name, byte[] bytes, Code code) throws Exception {
        try (Loading loading = Loading.start(home, "drop.unpacked-limit=2KiB", "drop.row-limit=128KiB")) {
            Summary summary = loading.load(name, bytes);

            assertThat(summary.refusal()).hasValueSatisfying(problem -> {
                assertThat(problem.code()).isEqualTo(code);
                assertThat(problem.message()).isNotBlank();
            });
            assertThat(summary.exitStatus()).isEqualTo(4);
            assertThat(loading.sandbox().log()).isEmpty();
            loading.assertNothingIsLeftOver();
        }
    }

    @Test
    void every_code_of_a_drop_has_an_example_drop() throws IOException {
        Set<Code> shown = drops().map(drop -> (Code) drop.get()[2]).collect(Collectors.toSet());
        // The other tests of this class, a test of the reader for bytes that change while they are read,
        // RejectBudgetTest, MarkerTest, ForgetCommandTest, UnknownColumnsTest.
        shown.addAll(List.of(Code.ALREADY_LOADED, Code.CHANGED, Code.TOO_MANY_REJECTS, Code.MARKER_TAKEN));
        shown.addAll(List.of(Code.ABANDONED, Code.UNKNOWN_COLUMN));
        // Those of mapping files: MappingLoadTest, MissingTest and the folders of MappingGoldenTest.
        shown.addAll(List.of(Code.NO_MAPPING, Code.TWO_MAPPINGS, Code.BAD_MAPPING));
        shown.addAll(List.of(Code.COLUMN_MISSING, Code.UNKNOWN_NAME, Code.DRIFT, Code.TOO_MANY_MISSING));
        assertThat(shown)
                .containsExactlyInAnyOrderElementsOf(Stream.of(Code.values())
                        .filter(code -> code.scope() == Code.Scope.DROP)
                        .toList());
    }

    @Test
    void same_bytes_under_any_name_are_refused_with_a_pointer_to_the_results() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary first = loading.load("first.csv", GOOD);
            Summary second = loading.load("second.csv", GOOD);

            assertThat(second.refusal().orElseThrow().code()).isEqualTo(Code.ALREADY_LOADED);
            assertThat(second.refusal().orElseThrow().message()).contains(first.folder());
            assertThat(second.exitStatus()).isEqualTo(4);
            assertThat(loading.stored()).hasSize(50);
        }
    }

    @Test
    void same_bytes_are_loaded_again_if_that_is_allowed() throws Exception {
        try (Loading loading = Loading.start(home, "drop.repeat=allow")) {
            Summary first = loading.load("first.csv", GOOD);
            Summary second = loading.load("first.csv", GOOD);

            assertThat(second.exitStatus()).isZero();
            assertThat(second.folder()).isNotEqualTo(first.folder());
            assertThat(loading.stored()).hasSize(100);
            assertThat(loading.outbox(first).mapping().values())
                    .doesNotContainAnyElementsOf(
                            loading.outbox(second).mapping().values());
        }
    }

    @Test
    void refused_drop_that_was_fixed_loads() throws Exception {
        try (Loading loading = Loading.start(home)) {
            assertThat(loading.load("drop.csv", GOOD + "\"open").exitStatus()).isEqualTo(4);
            assertThat(loading.load("drop.csv", GOOD + "\"open\",2\n").exitStatus())
                    .isZero();
            assertThat(loading.stored()).hasSize(51);
        }
    }

    @Test
    void given_refused_drop_in_the_inbox_when_run_then_it_moves_to_refused_with_its_reason_and_others_load()
            throws Exception {
        Files.createDirectories(home.resolve("inbox"));
        Files.writeString(home.resolve("inbox/bad.csv"), "name,name\n");
        Files.writeString(home.resolve("inbox/good.csv"), GOOD);
        try (Loading loading = Loading.watch(home)) {
            loading.drop().runs().awaitIdle();

            assertThat(loading.drop().runs().exitStatus()).isEqualTo(4);
            assertThat(home.resolve("refused/bad.csv")).hasContent("name,name\n");
            assertThat(home.resolve("refused/bad.csv.reason.txt")).content().contains("double_header");
            assertThat(home.resolve("archive/good.csv")).hasContent(GOOD);
            assertThat(home.resolve("inbox").toFile().list()).allMatch(name -> name.startsWith("."));
            assertThat(loading.stored()).hasSize(50);
        }
    }
}
