package org.catalogdrop.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.catalogdrop.journal.codec.RowState;
import org.catalogdrop.journal.codec.RowState.Doubtful;
import org.catalogdrop.journal.codec.RowState.Open;
import org.catalogdrop.journal.codec.RowState.Settled;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.RunHalted;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Processes that die, and the disk that ends. */
@Timeout(60)
class CrashTest {
    /** The temporary folder of the other process. */
    @TempDir
    Path temp;

    private Path state;

    private final Drop drop = Samples.drop("products.csv", 'a');

    @BeforeEach
    void place() throws IOException {
        state = Files.createDirectory(temp.resolve("state"));
    }

    @Test
    void acknowledged_write_survives_a_kill() throws Exception {
        Process child = JournalChild.start(state);
        SortedMap<Long, String> said = new TreeMap<>();
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).startsWith("open");
            assertOwnedBy(child.pid());
            for (int i = 0; i < 300; i++) {
                note(said, lines.readLine());
            }
            // By its handle: Process.destroyForcibly would close the stream with what is still in it.
            child.toHandle().destroyForcibly();
            lines.lines().forEach(line -> note(said, line));
        }
        child.waitFor();
        assertHasAll(said);
        // Not the database's library either, a megabyte each time.
        assertThat(temp).isDirectoryNotContaining(left -> !left.equals(state));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void full_disk_is_reported_and_nothing_is_lost() throws Exception {
        Process child = JournalChild.start(state, "sh", "-c", "ulimit -f 6000; exec \"$@\"", "sh");
        SortedMap<Long, String> said = new TreeMap<>();
        List<String> ends;
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).startsWith("open");
            ends = lines.lines()
                    .filter(line -> line.startsWith("halted") || !note(said, line))
                    .toList();
        }
        assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(ends).hasSize(JournalChild.THREADS).allSatisfy(end -> assertThat(end)
                .startsWith("halted " + Code.DISK)
                .contains(state.toString(), "Nothing more is sent"));
        assertHasAll(said);
    }

    /** Copied by another process: to close the file in this one would take away the locks SQLite has on it. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void intent_is_on_disk_when_the_call_returns() throws Exception {
        Path copy = Files.createDirectory(state.resolve("copy"));
        try (Journal journal = Journal.open(state)) {
            long id = journal.enter(drop, "").id();
            journal.intend(id, Samples.adds(5));
            Process cp = new ProcessBuilder("sh", "-c", "cp catalog-drop.db* copy/")
                    .directory(state.toFile())
                    .start();
            assertThat(cp.waitFor()).isZero();
            journal.settle(journal.intend(id, Samples.adds(6)), Samples.allSettled(Samples.adds(6)));
        }
        try (Journal journal = Journal.open(copy)) {
            DropProgress progress = journal.progress(journal.enter(drop, "").id());
            assertThat(progress.of(5)).isInstanceOf(Doubtful.class);
            assertThat(progress.of(6)).isInstanceOf(Open.class);
        }
    }

    private void assertOwnedBy(long pid) {
        assertThatThrownBy(() -> Journal.open(state))
                .isInstanceOfSatisfying(
                        RunHalted.class,
                        halted -> assertThat(halted.problem().code()).isEqualTo(Code.OWNED))
                .hasMessageContaining("in use by process " + pid + " on host ");
        assertThat(Journal.drops(state)).hasSize(1);
    }

    /** Each chunk with the last that was said of it. */
    private static boolean note(SortedMap<Long, String> said, String line) {
        String[] words = line.split(" ", -1);
        // The kill may have cut the last line short.
        if (words.length == 2 && (words[0].equals("intended") || words[0].equals("settled"))) {
            said.put(Long.valueOf(words[1]), words[0]);
            return true;
        }
        return false;
    }

    private void assertHasAll(SortedMap<Long, String> said) throws IOException {
        assertThat(said).hasSizeGreaterThan(100);
        try (Journal journal = Journal.open(state)) {
            DropProgress progress = journal.progress(journal.enter(drop, "").id());
            said.forEach((number, word) -> {
                RowState row = progress.of(number * JournalChild.ROWS + 1);
                // One that was not yet told of may have been written.
                assertThat(row).as("chunk %d, %s", number, word).isNotInstanceOf(Open.class);
                if (word.equals("settled")) {
                    assertThat(row).isInstanceOf(Settled.class);
                }
            });
            long next = (said.lastKey() + 2 * JournalChild.THREADS) * JournalChild.ROWS + 1;
            assertThat(progress.of(next)).isInstanceOf(Open.class);
        }
    }
}
