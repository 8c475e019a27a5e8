package org.catalogdrop.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.catalogdrop.journal.postgres.Databases;
import org.catalogdrop.journal.postgres.JournalWatch;
import org.catalogdrop.journal.postgres.LeaseKeeper;
import org.catalogdrop.journal.store.Database;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.journal.store.Sql;
import org.catalogdrop.model.RunHalted;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What leases of journals on PostgreSQL promise, by the locks of a real server. */
@Timeout(60)
abstract class LeaseTest {

    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final Duration NEVER = Duration.ofHours(1);

    @TempDir
    Path one;

    @TempDir
    Path other;

    private final List<Database> open = new ArrayList<>();

    /** Returns the place of a journal on the server. */
    abstract JournalPlace.Postgres place(Path state, String schema);

    @AfterEach
    void release() {
        open.forEach(Database::release);
    }

    private static String schema() {
        return "lease" + NAMES.incrementAndGet();
    }

    /** Returns a place as another process has it: one whose connections have a name of their own shares none with others. */
    private JournalPlace.Postgres process(String name, Path state, String schema, Duration lease, Duration renewal) {
        JournalPlace.Postgres place = place(state, schema);
        return new JournalPlace.Postgres(
                state,
                place.url() + "?ApplicationName=" + name,
                place.user(),
                "",
                schema,
                place.account(),
                lease,
                renewal);
    }

    private Database database(JournalPlace.Postgres place) {
        Database database = Databases.of(place);
        open.add(database);
        return database;
    }

    private static long number(JournalPlace.Postgres place, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(place.url(), place.user(), "");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getLong(1);
        }
    }

    private static void await(JournalPlace.Postgres place, String condition) throws Exception {
        while (number(place, "select count(*) where " + condition) == 0) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private static void change(JournalPlace.Postgres place, String change) throws SQLException {
        try (Connection connection = DriverManager.getConnection(place.url(), place.user(), "");
                Statement statement = connection.createStatement()) {
            statement.execute("update catalog_drop.owner set " + change + " where journal = '" + place.schema() + "'");
        }
    }

    private static String until(JournalPlace.Postgres place) {
        return "(select until from catalog_drop.owner where journal = '" + place.schema() + "')";
    }

    @Test
    void given_transaction_of_an_owner_whose_lease_has_ended_when_another_takes_it_over_then_it_waits_for_the_commit()
            throws Exception {
        String schema = schema();
        JournalPlace.Postgres here = process("here" + schema, one, schema, NEVER, NEVER);
        JournalPlace.Postgres there = process("there" + schema, other, schema, NEVER, NEVER);
        Database owner = database(here);
        Database next = database(there);
        try (Sql sql = owner.openWriter(0)) {
            owner.fence(sql);
            change(here, "until = clock_timestamp() - interval '1 second'");

            CompletableFuture<Sql> taken = CompletableFuture.supplyAsync(() -> next.openWriter(0));
            await(
                    here,
                    "exists (select 1 from pg_stat_activity where application_name = 'there" + schema
                            + "' and wait_event_type = 'Lock')");
            assertThat(taken).isNotDone();
            sql.update("update schema_version set applied_at = 7");
            sql.commit();

            try (Sql written = taken.get(30, TimeUnit.SECONDS)) {
                assertThat(written.number("select min(applied_at) from schema_version"))
                        .isEqualTo(7);
            }
            assertThatThrownBy(() -> owner.fence(sql)).isInstanceOf(RunHalted.class);
            assertThatThrownBy(owner::requireOwner).isInstanceOf(RunHalted.class);
            next.requireOwner();
        }
    }

    @Test
    void given_owner_that_renews_while_another_waits_for_its_transaction_when_committed_then_it_stays_the_owner()
            throws Exception {
        String schema = schema();
        JournalPlace.Postgres here = process("here" + schema, one, schema, NEVER, NEVER);
        JournalPlace.Postgres there = process("there" + schema, other, schema, NEVER, NEVER);
        Database owner = database(here);
        Database next = database(there);
        try (Sql sql = owner.openWriter(0)) {
            owner.fence(sql);
            change(here, "until = clock_timestamp() - interval '1 second'");
            CompletableFuture<Sql> taken = CompletableFuture.supplyAsync(() -> next.openWriter(0));
            await(
                    here,
                    "exists (select 1 from pg_stat_activity where application_name = 'there" + schema
                            + "' and wait_event_type = 'Lock')");

            change(here, "until = clock_timestamp() + interval '1 hour'");
            sql.commit();

            assertThatThrownBy(() -> taken.get(30, TimeUnit.SECONDS)).hasMessageContaining("is in use by");
            owner.fence(sql);
            sql.commit();
        }
    }

    @Test
    void given_owner_whose_clocks_stood_still_while_another_took_over_when_a_request_is_to_leave_then_it_is_not_sent()
            throws Exception {
        String schema = schema();
        JournalPlace.Postgres here = process("here" + schema, one, schema, NEVER, NEVER);
        Database owner = database(here);
        try (Sql sql = owner.openWriter(0)) {
            sql.commit();
            owner.requireOwner();

            // So it is for a virtual machine that was suspended: by its clocks the lease has only begun.
            change(here, "epoch = epoch + 1, node = 'another', process = 'another process'");

            assertThatThrownBy(owner::requireOwner)
                    .isInstanceOf(RunHalted.class)
                    .hasMessageContaining("another process");
        }
    }

    @Test
    void given_owner_whose_connections_were_ended_when_a_request_is_to_leave_then_it_asks_by_a_new_one()
            throws Exception {
        String schema = schema();
        JournalPlace.Postgres here = process("here" + schema, one, schema, NEVER, NEVER);
        Database owner = database(here);
        owner.openWriter(0).close();
        owner.requireOwner();
        number(
                place(one, schema),
                "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'here" + schema
                        + "'");

        owner.requireOwner();
    }

    @Test
    void given_long_transaction_of_the_owner_when_it_renews_its_lease_then_that_does_not_wait() throws Exception {
        String schema = schema();
        JournalPlace.Postgres here =
                process("here" + schema, one, schema, Duration.ofSeconds(15), Duration.ofMillis(100));
        Database owner = database(here);
        try (Sql sql = owner.openWriter(0)) {
            owner.fence(sql);
            long before = number(here, "select extract(epoch from " + until(here) + ") * 1000");

            await(here, "extract(epoch from " + until(here) + ") * 1000 > " + (before + 500));
            sql.commit();
        }
    }

    @Test
    void given_journals_of_one_process_when_the_line_of_one_is_locked_then_the_others_are_renewed_and_none_is_lost()
            throws Exception {
        String schema = schema();
        JournalPlace.Postgres here =
                process("here" + schema, one, schema, Duration.ofSeconds(15), Duration.ofMillis(100));
        JournalPlace.Postgres beside =
                process("here" + schema, other, schema + "b", Duration.ofSeconds(15), Duration.ofMillis(100));
        Database locked = database(here);
        Database free = database(beside);
        try (Sql sql = locked.openWriter(0);
                Sql sqlBeside = free.openWriter(0);
                Connection connection = DriverManager.getConnection(here.url(), here.user(), "")) {
            sqlBeside.commit();
            connection.setAutoCommit(false);
            connection
                    .createStatement()
                    .execute("select 1 from catalog_drop.owner where journal = '" + schema + "' for update");
            long before = number(here, "select extract(epoch from " + until(beside) + ") * 1000");

            await(here, "extract(epoch from " + until(beside) + ") * 1000 > " + (before + 500));
            long locks = number(here, "select extract(epoch from " + until(here) + ") * 1000");
            connection.commit();
            await(here, "extract(epoch from " + until(here) + ") * 1000 > " + (locks + 500));
            locked.requireOwner();
            locked.fence(sql);
        }
    }

    @Test
    void given_several_journals_of_one_process_when_owned_then_one_connection_renews_all_of_them() throws Exception {
        String name = schema();
        List<Sql> writers = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                JournalPlace.Postgres place = process(
                        "many" + name,
                        one.resolve(Integer.toString(i)),
                        name + "n" + i,
                        Duration.ofSeconds(15),
                        Duration.ofMillis(100));
                Files.createDirectories(place.state());
                writers.add(database(place).openWriter(0));
            }
            JournalPlace.Postgres asking = place(one, name);
            await(asking, "(select count(*) from pg_stat_activity where application_name = 'many" + name + "') = 4");
            String untils = "(select min(until) from catalog_drop.owner where journal like '" + name + "n%')";
            long before = number(asking, "select extract(epoch from " + untils + ") * 1000");

            await(asking, "extract(epoch from " + untils + ") * 1000 > " + (before + 500));
            open.forEach(Database::release);
            await(asking, "(select count(*) from pg_stat_activity where application_name = 'many" + name + "') = 3");
        } finally {
            for (Sql writer : writers) {
                writer.close();
            }
        }
    }

    @Test
    void given_process_that_stands_by_when_the_owner_gives_it_up_then_it_hears_of_it_at_once_and_sends_later()
            throws Exception {
        String schema = schema();
        JournalPlace.Postgres here = process("here" + schema, one, schema, NEVER, NEVER);
        JournalPlace.Postgres there = process("there" + schema, other, schema, NEVER, NEVER);
        Database owner = database(here);
        Semaphore news = new Semaphore(0);
        try (Sql sql = owner.openWriter(0);
                JournalWatch watch = LeaseKeeper.watch(there, news::release)) {
            sql.commit();
            assertThat(watch.findReasonToWait()).hasValueSatisfying(reason -> assertThat(reason)
                    .contains("process " + ProcessHandle.current().pid()));

            long before = System.nanoTime();
            owner.release();
            news.acquire();

            assertThat(watch.findReasonToWait()).isEmpty();
            Database next = database(there);
            next.openWriter(0).close();
            next.requireOwner();
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .as("requests of the former owner count for the rate limit for a second")
                    .isGreaterThan(Duration.ofMillis(1200));
        }
    }

    @Test
    void given_process_that_stands_by_when_the_owner_dies_then_it_hears_of_it_when_the_lease_has_ended()
            throws Exception {
        String schema = schema();
        JournalPlace.Postgres here = process("here" + schema, one, schema, Duration.ofSeconds(1), NEVER);
        JournalPlace.Postgres there = process("there" + schema, other, schema, NEVER, NEVER);
        Semaphore news = new Semaphore(0);
        try (Sql sql = database(here).openWriter(0);
                JournalWatch watch = LeaseKeeper.watch(there, news::release)) {
            sql.commit();
            while (watch.findReasonToWait().isPresent()) {
                news.acquire();
            }

            database(there).openWriter(0).close();
        }
    }

    @Test
    void given_connection_of_the_watch_that_was_ended_when_the_owner_gives_up_then_it_hears_of_it_all_the_same()
            throws Exception {
        String schema = schema();
        JournalPlace.Postgres here = process("here" + schema, one, schema, NEVER, NEVER);
        JournalPlace.Postgres there = process("there" + schema, other, schema, NEVER, Duration.ofMillis(500));
        Database owner = database(here);
        Semaphore news = new Semaphore(0);
        try (Sql sql = owner.openWriter(0);
                JournalWatch watch = LeaseKeeper.watch(there, news::release)) {
            sql.commit();
            assertThat(watch.findReasonToWait()).isPresent();
            number(
                    here,
                    "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'there"
                            + schema + "'");
            news.acquire();
            owner.release();

            while (isToWait(watch)) {
                news.acquire();
            }
        }
    }

    private static boolean isToWait(JournalWatch watch) throws InterruptedException {
        try {
            return watch.findReasonToWait().isPresent();
        } catch (RunHalted away) {
            return true;
        }
    }

    @Test
    void given_processes_that_want_a_journal_when_one_ends_then_the_others_do_not_count_it_any_more() throws Exception {
        String schema = schema();
        JournalPlace.Postgres here = process("here" + schema, one, schema, NEVER, NEVER);
        JournalPlace.Postgres there = process("there" + schema, other, schema, NEVER, NEVER);
        database(here).openWriter(0).close();
        String members = "(select count(*) from catalog_drop.member where '" + schema + "' = any(journals))";
        try (JournalWatch watch = LeaseKeeper.watch(here, () -> {})) {
            assertThat(watch.findReasonToWait()).isEmpty();
            JournalWatch beside = LeaseKeeper.watch(there, () -> {});
            assertThat(beside.findReasonToWait()).isPresent();
            assertThat(number(here, "select " + members)).isEqualTo(2);

            beside.close();
            assertThat(number(here, "select " + members)).isEqualTo(1);
        }
        await(here, members + " = 0");
    }

    @Test
    void given_empty_database_when_several_accounts_make_their_journals_at_once_then_all_of_them_can()
            throws Exception {
        String name = schema();
        JournalPlace.Postgres first = place(one, name);
        try (Connection connection = DriverManager.getConnection(first.url(), first.user(), "");
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        List<CompletableFuture<Void>> accounts = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            JournalPlace.Postgres place = new JournalPlace.Postgres(
                    Files.createDirectories(one.resolve(name + i)),
                    first.url().replaceFirst("/[^/]*$", "/" + name),
                    first.user(),
                    "",
                    name + i,
                    "account" + i,
                    NEVER,
                    NEVER);
            Database database = database(place);
            accounts.add(CompletableFuture.runAsync(() -> {
                try {
                    database.openWriter(0).close();
                } catch (SQLException fault) {
                    throw new IllegalStateException(fault);
                }
            }));
        }

        for (CompletableFuture<Void> account : accounts) {
            account.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void given_journal_of_another_process_whose_tables_are_locked_when_looked_at_then_own_leases_are_renewed()
            throws Exception {
        String schema = schema();
        JournalPlace.Postgres migrated = process("far" + schema, other, schema + "m", NEVER, NEVER);
        JournalPlace.Postgres here =
                process("here" + schema, one, schema, Duration.ofSeconds(15), Duration.ofMillis(100));
        JournalPlace.Postgres standby =
                process("here" + schema, one, schema + "m", Duration.ofSeconds(15), Duration.ofMillis(100));
        AtomicInteger faults = new AtomicInteger();
        try (Sql far = database(migrated).openWriter(0);
                Sql own = database(here).openWriter(0)) {
            own.commit();
            far.update("lock table drops, requests, identity in access exclusive mode");
            try (JournalWatch watch = LeaseKeeper.watch(standby, faults::incrementAndGet)) {
                assertThat(watch.findReasonToWait()).isPresent();
                for (int i = 0; i < 3; i++) {
                    long before = number(here, "select extract(epoch from " + until(here) + ") * 1000");
                    await(here, "extract(epoch from " + until(here) + ") * 1000 > " + (before + 500));
                }
            }
            assertThat(faults).as("what stands by hears of no fault").hasValue(0);
        }
    }
}
