package org.catalogdrop.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is opened, and what is left alone. */
class OpeningTest {
    @TempDir
    Path folder;

    private void halts(Path state, Code code, String... words) {
        for (int i = 0; i < 2; i++) {
            RunHalted halted = catchThrowableOfType(
                    RunHalted.class, () -> Journal.open(state).close());
            assertThat(halted).isNotNull();
            assertThat(halted.problem().code()).isEqualTo(code);
            assertThat(halted).hasMessageContainingAll(words);
        }
    }

    private Path file() {
        return folder.resolve("catalog-drop.db");
    }

    private void sql(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void haltsUntouched(String... words) throws IOException {
        byte[] before = Files.readAllBytes(file());
        halts(folder, Code.JOURNAL, words);
        assertThat(file()).hasBinaryContent(before);
    }

    @Test
    void folder_of_any_name_is_made() {
        Path state = folder.resolve("deep/Zustand 100% ä#?&x=1");
        Journal.open(state).close();
        assertThat(state.resolve("catalog-drop.db")).isNotEmptyFile();
        assertThat(state).isDirectoryNotContaining("glob:**-wal");
        Journal.open(state).close();
    }

    @Test
    void given_a_journal_that_is_just_being_made_when_drops_are_asked_for_then_there_are_none() throws IOException {
        Files.createFile(file());

        assertThat(Journal.drops(folder)).isEmpty();
    }

    @Test
    void folder_has_one_owner_in_a_process() throws IOException {
        try (Journal journal = Journal.open(folder)) {
            Path other = Files.createSymbolicLink(folder.resolve("link"), folder);
            long pid = ProcessHandle.current().pid();
            halts(other, Code.OWNED, "in use by process " + pid, "since", "drop.home");
            assertThat(journal.drops()).isEmpty();
        }
        Journal.open(folder).close();
    }

    @Test
    void garbage_is_left_unchanged() throws IOException {
        Files.writeString(file(), "hello");
        haltsUntouched("is not a journal of Catalog Drop: it is not a SQLite database");
        byte[] garbage = new byte[10_000];
        Arrays.fill(garbage, (byte) 'x');
        Files.write(file(), garbage);
        haltsUntouched("is not a journal of Catalog Drop: it is not a SQLite database", "drop.state");
    }

    @Test
    void foreign_database_is_left_unchanged() throws Exception {
        sql("create table customers (id integer)");
        haltsUntouched("is not a journal of Catalog Drop: its application_id is 0");
        sql("pragma application_id = 42", "pragma journal_mode = wal");
        haltsUntouched("its application_id is 42");
    }

    @Test
    void newer_version_is_refused() throws Exception {
        Journal.open(folder).close();
        sql("insert into schema_version (version, applied_at) values (99, 0)");
        haltsUntouched("is of version 99", "A newer Catalog Drop has used it");
    }

    @Test
    void damaged_journal_is_refused() throws Exception {
        try (Journal journal = Journal.open(folder)) {
            journal.enter(Samples.drop("a.csv", 'a'), "");
        }
        byte[] bytes = Files.readAllBytes(file());
        Arrays.fill(bytes, 4096, bytes.length, (byte) 0x55);
        Files.write(file(), bytes);
        haltsUntouched("is damaged", "backup");
    }

    /** A full disk or a crash can end the writing back of the log after the header, which then tells of pages that are in the log only. */
    @Test
    void partly_checkpointed_log_is_recovered() throws Exception {
        Journal.open(folder).close();
        Path after = Files.createDirectories(folder.resolve("after"));
        long size = Files.size(file());
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute("pragma wal_autocheckpoint = 0");
            statement.execute("create table more (bytes blob)");
            statement.execute("insert into more values (zeroblob(100000))");
            Files.copy(file().resolveSibling("catalog-drop.db-wal"), after.resolve("catalog-drop.db-wal"));
        }
        byte[] whole = Files.readAllBytes(file());
        assertThat(whole.length).isGreaterThan((int) size);
        Files.write(after.resolve("catalog-drop.db"), Arrays.copyOf(whole, (int) size));

        try (Journal journal = Journal.open(after)) {
            journal.enter(Samples.drop("a.csv", 'a'), "");
            assertThat(journal.drops()).hasSize(1);
        }
        assertThat(after.resolve("catalog-drop.db"))
                .satisfies(file -> assertThat(Files.size(file)).isGreaterThan(size));
    }

    @Test
    void file_in_place_of_the_folder_is_refused() throws IOException {
        Path notAFolder = Files.writeString(folder.resolve("state"), "x");
        halts(notAFolder, Code.JOURNAL, "The state folder " + notAFolder + " cannot be used");
        halts(notAFolder.resolve("below"), Code.JOURNAL, "cannot be used");
    }
}
