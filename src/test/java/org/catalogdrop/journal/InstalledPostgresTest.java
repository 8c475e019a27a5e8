package org.catalogdrop.journal;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.catalogdrop.journal.postgres.Databases;
import org.catalogdrop.journal.store.Database;
import org.catalogdrop.journal.store.JournalPlace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Some of the tests of {@link PostgresTest} with the version of PostgreSQL that the system has, if it has one. */
@Tag("slow")
class InstalledPostgresTest {

    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private static Optional<InstalledPostgres> server = Optional.empty();

    @BeforeAll
    static void serve() throws InterruptedException, IOException {
        Optional<Path> programs = InstalledPostgres.programs();
        if (programs.isEmpty()) {
            abort("no PostgreSQL is installed");
        }
        try {
            server = Optional.of(new InstalledPostgres(programs.get()));
        } catch (IOException fault) {
            abort("no PostgreSQL can be run: " + fault.getMessage());
        }
    }

    @AfterAll
    static void stop() throws IOException {
        if (server.isPresent()) {
            server.get().close();
        }
    }

    private static Database database(Path state) {
        return Databases.of(place(state, "journal" + SCHEMAS.incrementAndGet()));
    }

    private static JournalPlace.Postgres place(Path state, String schema) {
        return new JournalPlace.Postgres(
                state,
                server.orElseThrow().url(),
                "journal",
                "",
                schema,
                "example.kommo.com",
                Duration.ofSeconds(15),
                Duration.ofSeconds(5));
    }

    @Nested
    class Leases extends LeaseTest {
        @Override
        JournalPlace.Postgres place(Path state, String schema) {
            return InstalledPostgresTest.place(state, schema);
        }
    }

    @Nested
    class Life extends JournalTest {
        @Override
        Database database() {
            return InstalledPostgresTest.database(state);
        }

        /** No test here: others find a journal by its place. */
        @Override
        void journal_can_be_read_by_others_while_it_is_owned() {}
    }

    @Nested
    class Keys extends ElementsOfAKeyTest {
        @Override
        Database database() {
            return InstalledPostgresTest.database(state);
        }
    }
}
