package org.catalogdrop.journal;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.catalogdrop.journal.store.Database;
import org.catalogdrop.journal.store.Schema;
import org.catalogdrop.journal.store.Sql;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/**
 * The SQL of this room is such that PostgreSQL takes it too: the tests of the journal on a PostgreSQL server, where one is installed.
 * What opens the database ({@link Database}) is SQLite's own and not meant.
 */
class PostgresTest {

    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private static Optional<Postgres> server = Optional.empty();

    /** A machine on which none can be run says nothing of our SQL. */
    @BeforeAll
    static void serve() throws InterruptedException, IOException {
        Optional<Path> programs = Postgres.programs();
        if (programs.isEmpty()) {
            abort("no PostgreSQL is installed");
        }
        try {
            server = Optional.of(new Postgres(programs.get()));
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

    /** A journal in a schema of its own. */
    private static final class There extends Database {
        private final String schema = "journal" + SCHEMAS.incrementAndGet();

        There(Path folder) {
            super(folder);
        }

        @Override
        public Sql openWriter(long now) {
            try {
                Sql sql = openReader();
                sql.update("create schema if not exists " + schema);
                long tables = sql.number("select count(*) from pg_tables where schemaname = ?", schema);
                sql.transactions();
                Schema.migrate(sql, tables == 0 ? 0 : Schema.version(sql), now);
                sql.commit();
                return sql;
            } catch (SQLException fault) {
                throw new IllegalStateException(fault);
            }
        }

        @Override
        public Sql openReader() {
            try {
                Connection connection = server.orElseThrow().connect(schema);
                return new Sql(connection);
            } catch (SQLException fault) {
                throw new IllegalStateException(fault);
            }
        }
    }

    @Nested
    class Life extends JournalTest {
        @Override
        Database database() {
            return new There(state);
        }

        /** No test here: others find a journal by its file. */
        @Override
        void journal_can_be_read_by_others_while_it_is_owned() {}
    }

    @Nested
    class Rows extends DropProgressTest {
        @Override
        Database database() {
            return new There(state);
        }
    }

    @Nested
    class Beside extends KeyStoreTest {
        @Override
        Database database() {
            return new There(state);
        }
    }

    @Nested
    class Keys extends ElementsOfAKeyTest {
        @Override
        Database database() {
            return new There(state);
        }
    }
}
