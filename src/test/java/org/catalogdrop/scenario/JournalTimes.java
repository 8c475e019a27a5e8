package org.catalogdrop.scenario;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;

/** Times in a journal nobody has open, as if all of it had been written at another time. */
public final class JournalTimes {

    private JournalTimes() {}

    public static void shift(Path state, Duration by) throws Exception {
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + state.resolve("catalog-drop.db"));
                Statement statement = database.createStatement()) {
            for (String time :
                    new String[] {"requests.intended_at", "requests.settled_at", "drops.entered_at", "drops.finished_at"
                    }) {
                String table = time.substring(0, time.indexOf('.'));
                String column = time.substring(time.indexOf('.') + 1);
                statement.executeUpdate("update " + table + " set " + column + " = " + column + " + " + by.toMillis());
            }
        }
    }
}
