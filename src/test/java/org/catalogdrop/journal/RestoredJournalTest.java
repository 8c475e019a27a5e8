package org.catalogdrop.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.catalogdrop.journal.postgres.JournalWatch;
import org.catalogdrop.journal.postgres.LeaseKeeper;
import org.catalogdrop.journal.postgres.PostgresDatabase;
import org.catalogdrop.journal.postgres.Restoration;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.journal.store.KeyList;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that was restored from a backup while drops were under way. */
class RestoredJournalTest {

    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    @TempDir
    static Path folder;

    private static PostgresServer server;

    @TempDir
    Path states;

    private JournalPlace.Postgres place;

    @BeforeAll
    static void serve() throws IOException {
        server = new PostgresServer(folder.resolve("data"));
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void choosePlace() {
        place = server.place(states.resolve("one"), "restored" + SCHEMAS.incrementAndGet());
    }

    private Journal open() {
        return Journal.open(place, InstantSource.system());
    }

    /** The journal on the next machine, which has a state folder of its own. */
    private JournalPlace.Postgres elsewhere() {
        return server.place(states.resolve("other"), place.schema());
    }

    /** A process shares no connection with one that has other options. */
    private static JournalPlace.Postgres ofAnotherProcess(JournalPlace.Postgres there) throws IOException {
        return new JournalPlace.Postgres(
                Files.createDirectories(there.state()),
                there.url() + "?ApplicationName=another",
                there.user(),
                there.password(),
                there.schema(),
                there.account(),
                there.lease(),
                there.renewal());
    }

    /** The journal for a process whose memory is that of the disk alone. */
    private JournalPlace.Postgres afterRestart() throws IOException {
        Path copy = Files.createDirectories(states.resolve("one-later"));
        for (String file : List.of("node", "journal-seen")) {
            Files.copy(place.state().resolve(file), copy.resolve(file));
        }
        return server.place(copy, place.schema());
    }

    private static void send(Journal journal, int row) {
        DropEntry drop = journal.enter(Samples.drop("products.csv", 'a'), Samples.SETTINGS);
        Chunk chunk = Samples.adds(row);
        journal.settle(journal.intend(drop.id(), chunk), Samples.allSettled(chunk));
    }

    private List<String> tables() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet names = statement.executeQuery(
                        "select tablename from pg_tables where schemaname = '" + place.schema() + "'")) {
            List<String> tables = new ArrayList<>();
            while (names.next()) {
                tables.add(names.getString(1));
            }
            return tables;
        }
    }

    private void backUp() throws SQLException {
        run("create schema saved_" + place.schema());
        for (String table : tables()) {
            run("create table saved_" + place.schema() + "." + table + " as select * from " + place.schema() + "."
                    + table);
        }
    }

    private void restore() throws SQLException {
        StringBuilder all = new StringBuilder("begin; set local session_replication_role = replica;");
        for (String table : tables()) {
            String name = place.schema() + "." + table;
            all.append("delete from " + name + "; insert into " + name + " select * from saved_" + name + ";");
        }
        run(all + "commit");
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(place.url(), place.user(), "");
    }

    private void sendBackUpAndSendMore() throws SQLException {
        try (Journal journal = open()) {
            send(journal, 1);
        }
        backUp();
        try (Journal journal = open()) {
            send(journal, 2);
        }
    }

    private static void assertRefused(JournalPlace.Postgres place) {
        assertThatThrownBy(() -> Journal.open(place, InstantSource.system()))
                .isInstanceOfSatisfying(
                        RunHalted.class,
                        halted -> assertThat(halted.problem().code()).isEqualTo(Code.JOURNAL))
                .hasMessageContaining("Expected at least drop 1, request 2 of")
                .hasMessageContaining("found drop 1, request 1 of")
                .hasMessageContaining("restored from a backup")
                .hasMessageContaining("accept-restored");
    }

    @Test
    void given_backup_that_was_restored_while_stopped_when_opened_then_all_machines_refuse_it_until_it_is_accepted()
            throws Exception {
        sendBackUpAndSendMore();
        restore();

        assertRefused(place);
        assertRefused(elsewhere());
        assertThat(Journal.drops(place)).as("it can be looked at").hasSize(1);
        Restoration found = new PostgresDatabase(place).compare();
        assertThat(found.isToBeAccepted()).isTrue();
        assertThat(found.refusal()).isPresent();
        assertThat(found.seen().orElseThrow().request()).isEqualTo(2);
        assertThat(found.found().orElseThrow().request()).isEqualTo(1);

        new PostgresDatabase(elsewhere()).accept();
        assertThat(new PostgresDatabase(place).compare().isToBeAccepted()).isFalse();
        open().close();
        Journal.open(elsewhere(), InstantSource.system()).close();
        assertThat(new PostgresDatabase(place).compare().seen())
                .isEqualTo(new PostgresDatabase(place).compare().found());
        restore();
        assertThatThrownBy(this::open).hasMessageContaining("of a journal that is another one");
    }

    @Test
    void given_journal_with_keys_when_accepted_then_no_row_counts_as_unchanged_by_what_the_backup_knows()
            throws Exception {
        try (Journal journal = open()) {
            KeyList list = journal.keys().list("example.kommo.com", 4220, "4400049");
            journal.keys().looked(list, 100);
        }

        new PostgresDatabase(place).accept();

        try (Journal journal = open()) {
            assertThat(journal.keys().list("example.kommo.com", 4220, "4400049").highest())
                    .isZero();
        }
    }

    @Test
    void given_backup_that_was_restored_when_opened_by_a_new_process_then_it_is_refused() throws Exception {
        sendBackUpAndSendMore();
        restore();

        assertRefused(afterRestart());
    }

    @Test
    void given_process_that_is_killed_when_its_last_request_is_some_moments_old_then_it_is_on_disk() throws Exception {
        try (Journal journal = open()) {
            send(journal, 1);
            awaitSeen(place, "=1 1 ");
        }
    }

    private static void awaitSeen(JournalPlace place, String position) throws Exception {
        Path file = place.state().resolve("journal-seen");
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!Files.exists(file) || !Files.readString(file).contains(position)) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(20);
        }
    }

    @Test
    void
            given_backup_that_is_restored_under_a_running_process_when_it_writes_then_nothing_is_written_and_it_is_refused()
                    throws Exception {
        CountDownLatch lost = new CountDownLatch(1);
        try (Journal journal = open()) {
            journal.whenLost(lost::countDown);
            send(journal, 1);
            backUp();
            send(journal, 2);
            restore();

            assertThatThrownBy(() -> send(journal, 3)).hasMessageContaining("found drop 1, request 1 of");
            assertThat(lost.await(60, TimeUnit.SECONDS)).isTrue();
        }
        assertRefused(place);
    }

    @Test
    void given_requests_of_others_after_the_backup_when_they_have_the_same_numbers_then_it_is_refused()
            throws Exception {
        sendBackUpAndSendMore();
        restore();
        try (Journal stranger = Journal.open(elsewhere(), InstantSource.system())) {
            send(stranger, 2);
            send(stranger, 3);
        }

        assertThatThrownBy(this::open).hasMessageContaining("found drop 1, request 3 of");
    }

    @Test
    void given_schema_that_was_dropped_when_opened_then_no_empty_journal_takes_its_place_until_that_is_accepted()
            throws Exception {
        sendBackUpAndSendMore();
        run("drop schema " + place.schema() + " cascade");

        assertThatThrownBy(this::open)
                .hasMessageContaining("There is no journal in")
                .hasMessageContaining("request 2 of");
        assertThat(tables()).isEmpty();

        new PostgresDatabase(place).accept();
        open().close();
    }

    @Test
    void given_process_that_stands_by_when_the_backup_is_restored_under_an_owner_that_has_seen_less_then_it_is_ended()
            throws Exception {
        try (Journal journal = open()) {
            send(journal, 1);
        }
        backUp();
        JournalPlace.Postgres standby = ofAnotherProcess(elsewhere());
        try (JournalWatch watch = LeaseKeeper.watch(standby, () -> {})) {
            try (Journal journal = open()) {
                send(journal, 2);
                send(journal, 3);
                awaitSeen(standby, "=1 3 ");
            }
            assertThat(watch.isSurplus()).isFalse();
            restore();
            JournalPlace.Postgres stranger = server.place(states.resolve("third"), place.schema());
            CountDownLatch lost = new CountDownLatch(1);
            try (Journal journal = Journal.open(stranger, InstantSource.system())) {
                journal.whenLost(lost::countDown);
                assertThat(lost.await(60, TimeUnit.SECONDS)).isTrue();
                assertThatThrownBy(() -> send(journal, 4)).isInstanceOf(RunHalted.class);
            }
            assertThatThrownBy(() -> Journal.open(stranger, InstantSource.system()))
                    .hasMessageContaining("Expected at least drop 1, request 3 of")
                    .hasMessageContaining("found drop 1, request 1 of");
        }
    }

    @Test
    void given_journal_that_goes_on_elsewhere_when_opened_again_then_it_is_used() {
        try (Journal journal = open()) {
            send(journal, 1);
        }
        try (Journal journal = Journal.open(elsewhere(), InstantSource.system())) {
            send(journal, 2);
        }
        Restoration before = new PostgresDatabase(place).compare();
        assertThat(before.seen()).isNotEqualTo(before.found());
        assertThat(before.isToBeAccepted()).as("there is nothing to accept").isFalse();
        try (Journal journal = open()) {
            send(journal, 3);
        }
        assertThat(new PostgresDatabase(elsewhere()).compare().refusal()).isEmpty();
    }
}
