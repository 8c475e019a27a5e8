package org.catalogdrop.journal;

import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.catalogdrop.journal.handover.OwnerBox;
import org.catalogdrop.journal.postgres.Databases;
import org.catalogdrop.journal.store.Database;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.journal.store.Schema;
import org.catalogdrop.journal.store.Sql;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.RunHalted;

/** Copies a whole journal into another, empty one: from a state folder into PostgreSQL, or back. Stateless. */
public final class JournalCopy {

    /** A program that was started once, and has loaded nothing, has a mark for its results. */
    private static final String MARKS = "results_marks";

    private JournalCopy() {}

    /**
     * Copies a journal. Nobody may use either of them meanwhile. The copy is complete, or nothing of it is there. Afterwards only the copy
     * can be opened.
     *
     * @param from an existing journal
     * @param to a journal without drops and keys, or none
     * @return the number of lines of each table
     * @throws RunHalted if one of them is in use, or the other one is not empty
     */
    public static Map<String, Long> copy(JournalPlace from, JournalPlace to) {
        long now = System.currentTimeMillis();
        Database source = Databases.of(from);
        Database target = Databases.of(to);
        Ownership owned = Ownership.take(Ownership.Kind.STATE, from.state(), Instant.ofEpochMilli(now));
        try {
            if (!source.exists()) {
                throw new RunHalted(Code.JOURNAL, "There is no journal in " + from.display() + ". Nothing was copied.");
            }
            try (Sql read = source.openWriter(now);
                    Sql write = target.openWriter(now)) {
                if (from instanceof JournalPlace.Postgres) {
                    requireNoneHanded(from, read);
                }
                Map<String, Long> lines = copy(from, to, read, write, target);
                source.fence(read);
                write.commit();
                Schema.markCopied(read, now);
                read.commit();
                return lines;
            } catch (SQLException fault) {
                throw target.faultOf(fault);
            } finally {
                source.release();
                target.release();
            }
        } finally {
            owned.close();
        }
    }

    /** Results that wait in the database would be lost, since their machine looks for them there alone. */
    private static void requireNoneHanded(JournalPlace from, Sql read) throws SQLException {
        long handed = OwnerBox.count(read);
        if (handed > 0) {
            throw new RunHalted(
                    Code.JOURNAL,
                    Plural.of(handed, "file") + " of drop.handover " + (handed == 1 ? "is" : "are") + " in "
                            + from.display()
                            + ". Let all machines watch their inboxes until none is there any more. Then stop them, and copy. Nothing was copied.");
        }
    }

    private static Map<String, Long> copy(JournalPlace from, JournalPlace to, Sql read, Sql write, Database target)
            throws SQLException {
        for (String table : Schema.tables()) {
            if (!table.equals(MARKS) && write.number("select count(*) from " + table) > 0) {
                throw new RunHalted(
                        Code.JOURNAL,
                        "The journal in " + to.display() + " is not empty (table " + table
                                + "). A journal is copied only into an empty one. Nothing was copied.");
            }
        }
        target.fence(write);
        Map<String, Long> lines = new LinkedHashMap<>();
        for (String table : Schema.tables()) {
            long before = write.number("select count(*) from " + table);
            read.copy(table, write);
            long copied = write.number("select count(*) from " + table) - before;
            long expected = read.number("select count(*) from " + table);
            if (copied != expected) {
                throw new RunHalted(
                        Code.JOURNAL,
                        "Of table " + table + " of the journal in " + from.display() + " " + copied + " lines of "
                                + expected + " were copied. Nothing is kept of the copy. Report this message.");
            }
            lines.put(table, copied);
        }
        return lines;
    }
}
