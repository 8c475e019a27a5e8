package org.catalogdrop.journal;

import java.sql.SQLException;

/** The two ways to the database, and who writes what by the first of them. */
record Books(Writer writer, Reading reading, Drops drops, Requests requests, KeyBook keys, ReadElements elements) {

    static Books open(Database database, long now) {
        Sql sql = database.openWriter(now);
        try {
            Drops drops = new Drops(sql);
            Requests requests = new Requests(sql);
            KeyBook keys = new KeyBook(sql);
            ReadElements elements = new ReadElements(sql);
            sql.commit();
            Reading reading = new Reading(database.openReader(), database.file());
            return new Books(new Writer(sql, database.file()), reading, drops, requests, keys, elements);
        } catch (SQLException | RuntimeException fault) {
            closeQuietly(sql);
            throw fault instanceof SQLException broken ? Faults.of(broken, database.file()) : (RuntimeException) fault;
        }
    }

    private static void closeQuietly(Sql sql) {
        try {
            sql.close();
        } catch (SQLException fault) {
            // The fault that made us give up is the one to tell.
        }
    }
}
