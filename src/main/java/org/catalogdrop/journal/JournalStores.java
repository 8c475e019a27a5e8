package org.catalogdrop.journal;

import java.sql.SQLException;
import org.catalogdrop.journal.store.Database;
import org.catalogdrop.journal.store.JournalPosition;
import org.catalogdrop.journal.store.KeyWriter;
import org.catalogdrop.journal.store.Sql;
import org.catalogdrop.journal.store.Writer;

/** The two connections to the database, and the stores that write through the first. */
record JournalStores(
        Database database,
        Writer writer,
        JournalReader reading,
        DropStore drops,
        RequestStore requests,
        KeyWriter keys,
        ReadElements elements) {

    static JournalStores open(Database database, long now) {
        Sql sql = database.openWriter(now);
        try {
            DropStore drops = new DropStore(sql);
            RequestStore requests = new RequestStore(sql);
            KeyWriter keys = new KeyWriter(sql);
            ReadElements elements = new ReadElements(sql);
            sql.commit();
            JournalReader reading = new JournalReader(database);
            Writer writer = new Writer(sql, database);
            writer.whenCommitted(() ->
                    database.committed(new JournalPosition(drops.lastId(), requests.lastId(), requests.lastAt())));
            return new JournalStores(database, writer, reading, drops, requests, keys, elements);
        } catch (SQLException | RuntimeException fault) {
            closeQuietly(sql);
            database.release();
            throw fault instanceof SQLException broken ? database.faultOf(broken) : (RuntimeException) fault;
        }
    }

    private static void closeQuietly(Sql sql) {
        try {
            sql.close();
        } catch (SQLException fault) {
            // The first fault is the one to report.
        }
    }
}
