package org.catalogdrop.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.catalogdrop.journal.MappingHistory.MappingSnapshot;
import org.catalogdrop.journal.codec.RowState;
import org.catalogdrop.journal.postgres.Databases;
import org.catalogdrop.journal.postgres.JournalWatch;
import org.catalogdrop.journal.postgres.LeaseKeeper;
import org.catalogdrop.journal.postgres.PostgresDatabase;
import org.catalogdrop.journal.store.Database;
import org.catalogdrop.journal.store.FoundKey;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.journal.store.KeyList;
import org.catalogdrop.journal.store.Sql;
import org.catalogdrop.journal.text.AccountTextLock;
import org.catalogdrop.journal.text.AccountTexts;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests of the journal with a journal on PostgreSQL, and what only that has. */
class PostgresTest {

    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    @TempDir
    static Path folder;

    private static PostgresServer server;

    @BeforeAll
    static void serve() throws IOException {
        server = new PostgresServer(folder.resolve("data"));
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static JournalPlace.Postgres place(Path state) {
        return server.place(state, "journal" + SCHEMAS.incrementAndGet());
    }

    private static Database database(Path state) {
        return Databases.of(place(state));
    }

    @Nested
    class Life extends JournalTest {
        @Override
        Database database() {
            return PostgresTest.database(state);
        }

        /** No test here: others find a journal by its place. */
        @Override
        void journal_can_be_read_by_others_while_it_is_owned() {}
    }

    @Nested
    @Tag("slow")
    class Rows extends DropProgressTest {
        @Override
        Database database() {
            return PostgresTest.database(state);
        }
    }

    @Nested
    @Tag("slow")
    class Beside extends KeyStoreTest {
        @Override
        Database database() {
            return PostgresTest.database(state);
        }
    }

    @Nested
    @Tag("slow")
    class Keys extends ElementsOfAKeyTest {
        @Override
        Database database() {
            return PostgresTest.database(state);
        }
    }

    @Nested
    class Leases extends LeaseTest {
        @Override
        JournalPlace.Postgres place(Path state, String schema) {
            return server.place(state, schema);
        }
    }

    @Nested
    class Place {

        @TempDir
        Path one;

        @TempDir
        Path other;

        @Test
        void given_no_journal_when_looked_at_then_it_has_no_drops_and_none_is_made() {
            JournalPlace.Postgres place = place(one);

            assertThat(Journal.drops(place)).isEmpty();
            assertThat(Journal.drops(place)).isEmpty();
        }

        @Test
        void given_journal_in_use_when_another_machine_opens_it_then_the_owner_is_named_and_drops_can_be_read() {
            JournalPlace.Postgres here = place(one);
            JournalPlace.Postgres there = server.place(other, here.schema());
            try (Journal journal = Journal.open(here, InstantSource.system())) {
                journal.enter(Samples.drop("products.csv", 'a'), Samples.SETTINGS);

                assertThatThrownBy(() -> Journal.open(there, InstantSource.system()))
                        .isInstanceOfSatisfying(
                                RunHalted.class,
                                halted -> assertThat(halted.problem().code()).isEqualTo(Code.OWNED))
                        .hasMessageContaining(
                                "process " + ProcessHandle.current().pid() + " on host");
                assertThat(Journal.drops(there))
                        .singleElement()
                        .extracting(DropLine::name)
                        .isEqualTo("products.csv");
            }
            Journal.open(there, InstantSource.system()).close();
        }

        @Test
        void given_process_that_died_when_its_state_folder_is_used_again_then_its_lease_is_free_at_once()
                throws Exception {
            JournalPlace.Postgres here = place(one);
            Journal.open(here, InstantSource.system()).close();
            owner(here, "until = clock_timestamp() + interval '1 hour'");

            assertThat(reasonToWait(here)).isEmpty();
            JournalPlace.Postgres there = server.place(other, here.schema());
            assertThat(reasonToWait(there)).isPresent();
            assertThatThrownBy(() -> Journal.open(there, InstantSource.system()))
                    .hasMessageContaining("is in use by");
            Journal.open(here, InstantSource.system()).close();
        }

        @Test
        void given_owner_on_another_host_with_a_copy_of_the_state_folder_when_opened_then_it_is_refused()
                throws Exception {
            JournalPlace.Postgres here = place(one);
            Journal.open(here, InstantSource.system()).close();
            owner(here, "node = replace(node, '@', '@other-')," + " until = clock_timestamp() + interval '1 hour'");

            assertThat(reasonToWait(here)).isPresent();
            assertThatThrownBy(() -> Journal.open(here, InstantSource.system())).hasMessageContaining("is in use by");
        }

        @Test
        void given_owner_when_another_takes_the_lease_over_then_it_writes_and_sends_nothing_more() throws Exception {
            JournalPlace.Postgres here = place(one);
            CountDownLatch lost = new CountDownLatch(1);
            try (Journal journal = Journal.open(here, InstantSource.system())) {
                journal.whenLost(lost::countDown);
                journal.requireOwner();
                owner(
                        here,
                        "epoch = epoch + 1, node = 'other',"
                                + " process = 'process 7 on host far', until = clock_timestamp() + interval '1 hour'");

                assertThatThrownBy(() -> journal.enter(Samples.drop("products.csv", 'a'), Samples.SETTINGS))
                        .isInstanceOf(RunHalted.class)
                        .hasMessageContaining("process 7 on host far");
                assertThat(lost.await(30, TimeUnit.SECONDS)).isTrue();
                assertThatThrownBy(journal::requireOwner).isInstanceOf(RunHalted.class);
                assertThat(Journal.drops(here)).isEmpty();
            }
            assertThat(Journal.owner(here))
                    .as("not released by the former owner")
                    .isPresent();
        }

        /** A firewall ends idle connections. The one that renews the lease is never idle. */
        @Test
        void given_connections_that_were_ended_while_idle_when_the_journal_is_read_then_it_has_to_be_opened_again()
                throws Exception {
            JournalPlace.Postgres here = place(one);
            CountDownLatch lost = new CountDownLatch(1);
            try (Journal journal = Journal.open(here, InstantSource.system())) {
                journal.whenLost(lost::countDown);
                run(
                        here,
                        "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()"
                                + " and application_name like 'catalog-drop%'");

                assertThatThrownBy(journal::drops).hasMessageContaining("is away");
                assertThat(lost.await(30, TimeUnit.SECONDS)).isTrue();
            }
            try (Journal again = Journal.open(here, InstantSource.system())) {
                assertThat(again.drops()).isEmpty();
            }
        }

        @Test
        void given_owner_that_was_stopped_for_longer_than_its_lease_when_nobody_took_it_then_it_goes_on()
                throws Exception {
            JournalPlace.Postgres here = place(one);
            try (Journal journal = Journal.open(here, InstantSource.system())) {
                owner(here, "until = clock_timestamp() - interval '1 minute'");

                journal.enter(Samples.drop("products.csv", 'a'), Samples.SETTINGS);
                journal.requireOwner();
                assertThat(journal.drops()).hasSize(1);
            }
        }

        @Test
        void given_drops_in_the_state_folder_when_a_journal_on_postgresql_is_opened_then_they_must_be_copied_first() {
            JournalPlace.Postgres database = place(one);
            Journal.open(one).close();
            Journal.open(database, InstantSource.system()).close();
            try (Journal journal = Journal.open(one)) {
                journal.enter(Samples.drop("products.csv", 'a'), Samples.SETTINGS);
            }

            assertThatThrownBy(() -> Journal.open(database, InstantSource.system()))
                    .hasMessageContaining("was not copied")
                    .hasMessageContaining("journal copy");

            JournalCopy.copy(new JournalPlace.Folder(one), database);
            try (Journal journal = Journal.open(database, InstantSource.system())) {
                assertThat(journal.underWay()).hasSize(1);
            }
        }

        @Test
        void given_journal_of_a_state_folder_when_copied_to_postgresql_and_back_then_all_of_them_say_the_same() {
            JournalPlace.Folder folder = new JournalPlace.Folder(one);
            try (Journal journal = Journal.open(one)) {
                DropEntry drop = journal.enter(Samples.drop("products.csv", 'a'), Samples.SETTINGS);
                journal.recordRowCount(drop.id(), 5);
                Chunk chunk = Samples.adds(1, 2, 3);
                journal.keys().use(drop.id(), journal.keys().list("example.kommo.com", 4220, "4400049"));
                journal.settle(journal.intend(drop.id(), chunk), Samples.allSettled(chunk));
                journal.intend(drop.id(), Samples.adds(4));
                journal.mappings()
                        .accept(new MappingSnapshot("d", "m.yaml", new byte[] {0, 1}, Map.of("n", "1")), "host");
            }
            List<DropLine> drops = Journal.drops(folder);
            JournalPlace.Postgres database = place(one);
            JournalPlace.Folder back = new JournalPlace.Folder(other);

            Map<String, Long> lines = JournalCopy.copy(folder, database);
            assertThat(lines)
                    .containsEntry("drops", 1L)
                    .containsEntry("requests", 2L)
                    .containsEntry("mapping_names", 1L);
            assertThat(Journal.drops(database)).hasSize(1).isEqualTo(drops);
            assertThatThrownBy(() -> Journal.open(folder, InstantSource.system()))
                    .hasMessageContaining("was copied");
            assertThat(JournalCopy.copy(server.place(other, database.schema()), back))
                    .isEqualTo(lines);

            assertThat(Journal.drops(back)).isEqualTo(drops);
            assertThatThrownBy(() -> Journal.open(database, InstantSource.system()))
                    .hasMessageContaining("was copied");
            assertThat(MappingHistory.of(back, "d").orElseThrow().content()).containsExactly(0, 1);
            try (Journal journal = Journal.open(back.state())) {
                assertThat(journal.progress(1).of(3)).isInstanceOf(RowState.Settled.class);
                assertThat(journal.progress(1).of(4)).isInstanceOf(RowState.Doubtful.class);
            }
            assertThatThrownBy(() -> JournalCopy.copy(back, server.place(one, database.schema())))
                    .hasMessageContaining("was copied");
        }

        @Test
        void given_lock_of_a_text_when_its_process_stands_still_then_the_next_one_has_it_and_the_first_one_knows() {
            AccountTexts texts = new AccountTexts(place(one));
            try (AccountTextLock first = texts.lock("tokens", Duration.ofSeconds(5), Duration.ofMillis(600))) {
                assertThat(first.text()).isEmpty();
                first.require();
                assertThatThrownBy(() -> texts.lock("tokens", Duration.ofMillis(100), Duration.ofSeconds(5)))
                        .hasMessageContaining("another process has had the tokens");

                try (AccountTextLock next = texts.lock("tokens", Duration.ofSeconds(5), Duration.ofSeconds(5))) {
                    next.write("new");
                }
                assertThatThrownBy(first::require).isInstanceOf(RunHalted.class);
                assertThatThrownBy(() -> first.write("old")).isInstanceOf(RunHalted.class);
            }
            assertThat(texts.read("tokens")).contains("new");
            assertThat(texts.read("block")).isEmpty();
        }

        @Test
        void given_schema_of_another_account_when_opened_then_it_is_refused() {
            JournalPlace.Postgres here = place(one);
            Journal.open(here, InstantSource.system()).close();
            JournalPlace.Postgres wrong = new JournalPlace.Postgres(
                    other,
                    here.url(),
                    here.user(),
                    "",
                    here.schema(),
                    "somebody.kommo.com",
                    here.lease(),
                    here.renewal());

            assertThatThrownBy(() -> Journal.open(wrong, InstantSource.system()))
                    .hasMessageContaining("belongs to the account example.kommo.com")
                    .hasMessageContaining("drop.journal-schema");
            assertThatThrownBy(() -> Journal.drops(wrong)).hasMessageContaining("belongs to the account");
        }

        @Test
        void given_schema_with_other_tables_when_opened_then_they_are_left_as_they_are() throws SQLException {
            JournalPlace.Postgres here = place(one);
            run(here, "create schema " + here.schema());
            run(here, "create table " + here.schema() + ".invoices (id int)");

            assertThatThrownBy(() -> Journal.open(here, InstantSource.system()))
                    .hasMessageContaining("are not a journal of Catalog Drop");
            run(here, "drop table " + here.schema() + ".invoices");
        }

        @Test
        void given_journal_of_a_newer_version_when_opened_then_it_is_refused() throws SQLException {
            JournalPlace.Postgres here = place(one);
            Journal.open(here, InstantSource.system()).close();
            run(here, "insert into " + here.schema() + ".schema_version values (999, 0)");

            assertThatThrownBy(() -> Journal.open(here, InstantSource.system()))
                    .hasMessageContaining("is of version 999");
        }

        @Test
        void given_user_without_rights_when_opened_then_the_message_names_the_right() throws SQLException {
            JournalPlace.Postgres here = place(one);
            run(here, "create role reader" + here.schema() + " login");
            JournalPlace.Postgres poor = new JournalPlace.Postgres(
                    other,
                    here.url(),
                    "reader" + here.schema(),
                    "",
                    here.schema(),
                    here.account(),
                    here.lease(),
                    here.renewal());

            assertThatThrownBy(() -> Journal.open(poor, InstantSource.system()))
                    .hasMessageContaining("GRANT CREATE ON DATABASE");
        }

        @Test
        void given_database_that_is_away_when_opened_then_the_message_says_so_without_the_password() {
            JournalPlace.Postgres away = new JournalPlace.Postgres(
                    one,
                    "jdbc:postgresql://127.0.0.1:1/none",
                    "postgres",
                    "secretive",
                    "s",
                    "example.kommo.com",
                    Duration.ofSeconds(2),
                    Duration.ofMillis(500));

            assertThatThrownBy(() -> Journal.open(away, InstantSource.system()))
                    .hasMessageContaining("is away")
                    .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/none")
                    .hasMessageNotContaining("secretive");
            assertThat(away.toString()).doesNotContain("secretive");
        }

        @Test
        void given_text_with_a_character_that_postgresql_does_not_take_when_written_then_it_is_found_again() {
            try (Journal journal = Journal.open(place(one), InstantSource.system())) {
                journal.mappings().accept(new MappingSnapshot("d", "a\0b.yaml", new byte[] {0, 1}, Map.of()), "host");

                assertThat(journal.mappings().accepted("a\0b.yaml", "host"))
                        .map(MappingSnapshot::digest)
                        .contains("d");
            }
        }

        private static Optional<String> reasonToWait(JournalPlace.Postgres place) throws InterruptedException {
            try (JournalWatch watch = LeaseKeeper.watch(place, () -> {})) {
                return watch.findReasonToWait();
            }
        }

        /** A plan that PostgreSQL made for an empty table would read all keys for each look-up. */
        @Test
        void given_empty_journal_when_a_load_fills_it_then_each_look_up_reads_the_keys_it_asks_for()
                throws SQLException {
            int pages = 20;
            JournalPlace.Postgres here = place(one);
            try (Journal journal = Journal.open(here, InstantSource.system())) {
                KeyStore keys = journal.keys();
                KeyList list = keys.list("example.kommo.com", 4220, "4400049");
                for (int page = 0; page < pages; page++) {
                    int first = page * KeyStore.BATCH;
                    List<String> texts = IntStream.range(first, first + KeyStore.BATCH)
                            .mapToObj(number -> "key " + number)
                            .toList();
                    assertThat(keys.known(list, texts)).isEmpty();
                    keys.found(
                            list,
                            texts.stream()
                                    .map(text -> new FoundKey(first + texts.indexOf(text) + 1, List.of(text)))
                                    .toList());
                    keys.written();
                    assertThat(keys.known(list, texts)).hasSize(KeyStore.BATCH);
                }
            }

            long asked = (long) pages * KeyStore.BATCH;
            assertThat(read(here, "keys")).isBetween(asked, 2 * asked);
        }

        /** Waits until the server has counted what the closed connections have read. */
        private static long read(JournalPlace.Postgres place, String table) throws SQLException {
            String counted = "select seq_tup_read + idx_tup_fetch from pg_stat_user_tables where schemaname = '"
                    + place.schema() + "' and relname = '" + table + "'";
            try (Connection connection = DriverManager.getConnection(place.url(), place.user(), "");
                    Statement statement = connection.createStatement()) {
                long read = 0;
                for (int tries = 0; tries < 100 && read == 0; tries++) {
                    statement.execute("select pg_sleep(0.1)");
                    try (ResultSet result = statement.executeQuery(counted)) {
                        read = result.next() ? result.getLong(1) : 0;
                    }
                }
                return read;
            }
        }

        private static void owner(JournalPlace.Postgres place, String change) throws SQLException {
            run(place, "update catalog_drop.owner set " + change + " where journal = '" + place.schema() + "'");
        }

        private static void run(JournalPlace.Postgres place, String sql) throws SQLException {
            try (Connection connection = DriverManager.getConnection(place.url(), place.user(), "");
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }

    /** As one that is suspended in the midst of a transaction and goes on later. */
    @Tag("slow")
    @Test
    void given_open_transaction_when_the_server_ends_it_because_nothing_comes_then_the_journal_is_opened_again(
            @TempDir Path state) throws Exception {
        PostgresDatabase database = new PostgresDatabase(place(state));
        CountDownLatch lost = new CountDownLatch(1);
        try (Sql writer = database.openWriter(0)) {
            database.whenLost(lost::countDown);
            long backend = writer.number("select pg_backend_pid()");
            try (Connection connection = DriverManager.getConnection(server.url(), "postgres", "");
                    Sql others = new Sql(connection)) {
                while (others.number("select count(*) from pg_stat_activity where pid = ?", backend) > 0) {
                    Thread.onSpinWait();
                }
            }
            assertThatThrownBy(() -> writer.number("select 1"))
                    .isInstanceOfSatisfying(SQLException.class, fault -> assertThat(database.faultOf(fault))
                            .hasMessageContaining("is away"));
            assertThat(lost.await(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            database.release();
        }
    }
}
