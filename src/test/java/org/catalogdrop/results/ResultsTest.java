package org.catalogdrop.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.catalogdrop.results.Given.COST;
import static org.catalogdrop.results.Given.created;
import static org.catalogdrop.results.Given.names;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropFormat;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.results.file.CsvForm;
import org.catalogdrop.results.file.Disk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {

    private static final Drop DROP = Given.drop("a.csv", DropFormat.CSV_COMMA);
    private static final String PART = ".01234567-" + Given.OWNER + ".part";

    @TempDir
    Path temp;

    @Test
    void results_folder_appears_complete_and_nothing_else_is_left() throws IOException {
        Path outbox = temp.resolve("made/on/the/way");
        try (Results results = Given.begin(outbox, DROP, "m")) {
            results.write(created(1));
            assertThat(names(outbox)).containsExactly(PART);
            Summary summary = results.publish(name -> {}, COST);

            assertThat(summary.folder()).isEqualTo("a.csv-01234567");
            assertThat(summary.count(Status.CREATED)).isEqualTo(1);
            assertThat(summary.exitStatus()).isZero();
        }
        assertThat(names(outbox)).containsExactly("a.csv-01234567");
    }

    @Test
    void without_publish_nothing_is_left() throws IOException {
        try (Results results = Given.begin(temp, DROP, "m")) {
            results.write(created(1));
        }
        assertThat(names(temp)).isEmpty();
    }

    @Test
    void leftovers_of_a_killed_run_are_deleted() throws IOException {
        Files.createDirectories(temp.resolve(PART).resolve("deep"));
        Path kept = Files.writeString(temp.resolve("kept.txt"), "kept");
        Files.createSymbolicLink(temp.resolve(PART).resolve("deep/link"), kept);

        assertThat(Given.results(temp, DROP, created(1)))
                .containsOnlyKeys("mapping.json", "results.csv", "summary.json");
        assertThat(kept).hasContent("kept");
    }

    @Test
    void free_names_are_numbered() throws IOException {
        assertThat(Results.freeName(temp, DROP)).isEqualTo("a.csv-01234567");
        Files.createDirectory(temp.resolve("a.csv-01234567"));
        Files.createSymbolicLink(temp.resolve("a.csv-01234567-2"), temp.resolve("nowhere"));
        assertThat(Results.freeName(temp, DROP)).isEqualTo("a.csv-01234567-3");
    }

    @Test
    void longest_file_name_still_gets_a_folder() {
        Drop longest = Given.drop("n".repeat(250) + ".json", DropFormat.JSON_ARRAY);

        Given.results(temp, longest, created(1));

        String folder = Results.freeName(temp, longest);
        assertThat(folder).startsWith("nn").endsWith("-01234567-2");
        assertThat(folder.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(255);
    }

    @Test
    void file_in_place_of_the_outbox_halts_the_run() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "");
        halts(() -> Given.begin(file, DROP, "m").close(), file, "run again");
    }

    @Test
    void failure_while_publishing_leaves_no_folder() throws IOException {
        try (Results results = Given.begin(temp, DROP, "m")) {
            results.write(created(1));
            Disk.wipe(temp.resolve(PART));
            halts(() -> results.publish(name -> {}, COST), temp.resolve(PART).resolve("summary.json"), "run again");
        }
        assertThat(names(temp)).containsExactly(PART);
        assertThat(names(temp.resolve(PART))).isEmpty();
    }

    @Test
    void
            given_results_that_are_being_published_when_the_next_owner_claims_them_then_the_former_one_cannot_publish_them() {
        Set<String> owners = Set.of("aaaaaaaa", "bbbbbbbb");
        try (Results former = Results.begin(temp, DROP, "m", CsvForm.OF_DROP, Given.CLOCK, "aaaaaaaa")) {
            former.write(created(1));

            assertThatThrownBy(() -> former.publish(
                            name -> assertThat(Results.claim(temp, DROP, "bbbbbbbb", owners))
                                    .isTrue(),
                            COST))
                    .isInstanceOf(RunHalted.class);
        }
        assertThat(temp.resolve("a.csv-01234567")).doesNotExist();
        assertThat(Results.claim(temp, DROP, "bbbbbbbb", owners)).isTrue();
        Results.sweep(temp, owners, Set.of());
        assertThat(Results.claim(temp, DROP, "bbbbbbbb", owners)).isFalse();
    }

    @Test
    void interrupt_does_not_lose_the_results() throws IOException {
        Thread.currentThread().interrupt();
        Given.results(temp, DROP, created(1));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(names(temp)).containsExactly("a.csv-01234567");
    }

    @Test
    void results_have_each_row_once_and_in_order() {
        try (Results results = Given.begin(temp, DROP, "m")) {
            results.write(created(1));
            for (long wrong : new long[] {1, 3, 0}) {
                assertThatThrownBy(() -> results.write(created(wrong)))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("row " + wrong)
                        .hasMessageContaining("row 2 was due");
            }
            results.write(created(2));
            assertThat(results.counts().rows()).isEqualTo(2);
        }
    }

    @Test
    void accepted_row_without_an_id_is_a_bug_and_not_published() throws IOException {
        try (Results results = Given.begin(temp, DROP, "m")) {
            Outcome half = new Outcome(Given.row(1), "1", "add", Status.CREATED, 0, Optional.empty());
            assertThatThrownBy(() -> results.write(half)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> results.publish(name -> {}, COST)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(names(temp)).isEmpty();
    }

    @Test
    void counts_have_every_key() {
        try (Results results = Given.begin(temp, DROP, "m")) {
            results.write(created(1));
            assertThat(results.counts().byAction()).containsOnlyKeys("add", "update", "delete", "none");
            assertThat(results.counts().byStatus()).containsOnlyKeys(Status.values());
            assertThat(results.counts().count(Status.CREATED)).isEqualTo(1);
        }
    }

    @Test
    void many_rows_are_quick_and_correct() throws IOException {
        int rows = 200_000;
        List<String> columns = List.of("name");
        long begun = System.nanoTime();
        try (Results results = Given.begin(temp, DROP, "m")) {
            for (int n = 1; n <= rows; n++) {
                Row row = Row.of(n, n + 1L, columns, List.of("x"));
                results.write(new Outcome(
                        row, Integer.toString(n), "add", Status.CREATED, 10_000_000_000L + n, Optional.empty()));
            }
            results.publish(name -> {}, COST);
        }
        // About 0.1 s where it was written; the bound only catches a change of order.
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        try (Stream<String> lines = Files.lines(temp.resolve("a.csv-01234567/results.csv"))) {
            assertThat(lines.skip(rows)).containsExactly("200000,200000,200001,add,created,10000200000,,,,");
        }
        var mapping = new ObjectMapper()
                .readTree(temp.resolve("a.csv-01234567/mapping.json").toFile());
        assertThat(mapping.size()).isEqualTo(rows);
        for (int n = 1; n <= rows; n++) {
            assertThat(mapping.get(Integer.toString(n)).asLong() == 10_000_000_000L + n)
                    .isTrue();
        }
    }

    private static void halts(ThrowingCallable call, Path path, String hint) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RunHalted.class,
                        halted -> assertThat(halted.problem().code()).isEqualTo(Code.DISK))
                .hasMessageContaining(path.toString())
                .hasMessageContaining(hint)
                .hasCauseInstanceOf(IOException.class);
    }
}
