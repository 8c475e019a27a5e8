package org.catalogdrop.journal;

import java.sql.DriverManager;
import java.sql.SQLException;

/** The database's driver, part of which is a library of the machine. */
public final class Driver {

    private Driver() {}

    /** Loads it ahead of the first use. What fails here fails again, and is told, at that use. */
    public static void load() {
        try {
            DriverManager.getConnection("jdbc:sqlite::memory:").close();
        } catch (SQLException | LinkageError told) {
            // By the opening of the journal.
        }
    }
}
