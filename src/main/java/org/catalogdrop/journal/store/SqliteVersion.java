package org.catalogdrop.journal.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;

/**
 * Checks that the SQLite on the class path does not have the bug by which a reset of its write-ahead log can damage the journal.
 * Stateless.
 */
public final class SqliteVersion {

    private static final String LEAST = "3.51.3";

    private SqliteVersion() {}

    /** Returns what is wrong with the SQLite of this process and what to do; empty if it is new enough. */
    public static Optional<String> findFault() {
        try (Connection connection = SqliteDatabase.connect("jdbc:sqlite::memory:");
                Statement statement = connection.createStatement();
                ResultSet version = statement.executeQuery("select sqlite_version()")) {
            version.next();
            return faultOf(version.getString(1));
        } catch (SQLException unusable) {
            throw new RunHalted(Code.JOURNAL, "SQLite cannot be used: " + unusable.getMessage());
        }
    }

    static Optional<String> faultOf(String version) {
        return isOlder(version, LEAST)
                ? Optional.of("SQLite " + version + " is on the class path; expected " + LEAST
                        + " or newer. The older one has a bug"
                        + " that can damage the journal. Set the version of org.xerial:sqlite-jdbc to 3.54.1.0 or newer"
                        + " (with Spring Boot the property sqlite-jdbc.version; see docs/embedding.md).")
                : Optional.empty();
    }

    /** Compares versions number by number. */
    private static boolean isOlder(String version, String least) {
        String[] found = version.split("\\.", -1);
        String[] expected = least.split("\\.", -1);
        for (int i = 0; i < expected.length; i++) {
            int difference = number(i < found.length ? found[i] : "") - number(expected[i]);
            if (difference != 0) {
                return difference < 0;
            }
        }
        return false;
    }

    private static int number(String part) {
        return part.matches("\\d{1,9}") ? Integer.parseInt(part) : 0;
    }
}
