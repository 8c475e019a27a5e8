package org.catalogdrop.journal.store;

import java.nio.file.Path;
import java.time.Duration;

/** Where a journal is. */
public sealed interface JournalPlace {

    /** Returns the folder that holds what belongs to this machine alone. */
    Path state();

    /** Returns the place as it is shown to people. */
    String display();

    /**
     * A file in the state folder.
     *
     * @param state the folder
     */
    record Folder(Path state) implements JournalPlace {
        @Override
        public String display() {
            return state.toString();
        }
    }

    /**
     * A schema of a PostgreSQL database.
     *
     * @param state the folder of what belongs to this machine alone
     * @param url the JDBC address, without user and password
     * @param user the database user; empty for the driver's default
     * @param password the password; empty for none
     * @param schema the schema that has the tables of one account
     * @param account the account whose journal it is
     * @param lease how long a process that is gone stays the owner
     * @param renewal how often the owner renews its lease
     */
    record Postgres(
            Path state,
            String url,
            String user,
            String password,
            String schema,
            String account,
            Duration lease,
            Duration renewal)
            implements JournalPlace {

        /** The schema that all accounts of a database share. It has no journal. */
        public static final String SHARED_SCHEMA = "catalog_drop";

        @Override
        public String display() {
            return address() + " (schema " + schema + ")";
        }

        /** Returns the database without options. */
        public String address() {
            return url.replaceFirst("\\?.*", "");
        }

        /** The password is not shown. */
        @Override
        public String toString() {
            return "Postgres[" + display() + "]";
        }
    }
}
