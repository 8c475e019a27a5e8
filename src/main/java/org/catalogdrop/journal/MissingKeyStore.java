package org.catalogdrop.journal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.catalogdrop.journal.store.KeyList;
import org.catalogdrop.journal.store.Sql;
import org.catalogdrop.journal.store.Writer;
import org.catalogdrop.model.Missing;

/**
 * The keys that are missing from a drop which is a complete list. They are decided once, before its first request, and kept: keys that
 * other drops bring meanwhile are none that it could have had. Safe for many threads.
 *
 * <p>Only elements count whose key a load has written (they have a fingerprint, even a deleted one), and whose key no other element has.
 */
public final class MissingKeyStore {

    private static final int PAGE = 1000;

    private static final String OURS =
            " from keys where list_id = ? and other = 0 and (print_high <> 0 or print_low <> 0)";

    private static final String COUNT = "select count(*)" + OURS;

    private static final String NEXT =
            "select key_text, element" + OURS + " and key_text > ? order by key_text limit " + PAGE;

    private static final String KEPT = "select row_number, key_text, element from missing_keys where drop_id = ?"
            + " and row_number > ? order by row_number limit " + PAGE;

    private final Writer writer;
    private final JournalReader reading;

    MissingKeyStore(Writer writer, JournalReader reading) {
        this.writer = writer;
        this.reading = reading;
    }

    /** Returns what was decided about a drop, if anything. */
    public Optional<Missing> decided(long drop) {
        return reading.read(sql -> sql.one(
                "select known, missing, kept from missing_lists where drop_id = ?",
                result -> new Missing(result.getLong(1), result.getLong(2), result.getString(3)),
                drop));
    }

    /** Returns how many elements of a list have a key that a load has written. */
    public long written(KeyList list) {
        return reading.read(sql -> written(sql, list.id()));
    }

    static long written(Sql sql, long list) throws SQLException {
        return sql.number(COUNT, list);
    }

    /** Returns the keys of those elements that are not among these, by key. */
    public Iterator<MissingKey> missing(KeyList list, LongPredicate present) {
        return missing(reading, list.id(), present);
    }

    static Iterator<MissingKey> missing(JournalReader reading, long list, LongPredicate present) {
        return new Paged() {
            private String after = "";
            private long number;

            @Override
            List<MissingKey> page() {
                List<MissingKey> page = new ArrayList<>();
                boolean more = true;
                while (page.isEmpty() && more) {
                    List<MissingKey> all = reading.read(sql -> sql.list(
                            NEXT, result -> new MissingKey(0, result.getString(1), result.getLong(2)), list, after));
                    for (MissingKey key : all) {
                        after = key.text();
                        if (!present.test(key.element())) {
                            page.add(new MissingKey(++number, key.text(), key.element()));
                        }
                    }
                    more = !all.isEmpty();
                }
                return page;
            }
        };
    }

    /** Records the decision: these keys are missing, or none if they are kept. It replaces an earlier decision about the drop. */
    public void decide(long drop, Missing missing, Iterator<MissingKey> keys) {
        writer.run(sql -> {
            sql.update("delete from missing_lists where drop_id = ?", drop);
            sql.update("delete from missing_keys where drop_id = ?", drop);
        });
        while (keys.hasNext()) {
            List<MissingKey> page = new ArrayList<>();
            while (keys.hasNext() && page.size() < PAGE) {
                page.add(keys.next());
            }
            writer.run(sql -> sql.insertAll(
                    "insert into missing_keys (drop_id, row_number, key_text, element) values {(?, ?, ?, ?)}",
                    page.stream()
                            .map(key -> new Object[] {drop, key.number(), key.text(), key.element()})
                            .toList()));
        }
        writer.run(sql -> sql.update(
                "insert into missing_lists (drop_id, known, missing, kept) values (?, ?, ?, ?)",
                drop,
                missing.known(),
                missing.elements(),
                missing.kept()));
    }

    /** Returns the keys that were decided to be missing, by their numbers. */
    public Iterator<MissingKey> of(long drop) {
        return new Paged() {
            private long after;

            @Override
            List<MissingKey> page() {
                List<MissingKey> page = reading.read(sql -> sql.list(
                        KEPT,
                        result -> new MissingKey(result.getLong(1), result.getString(2), result.getLong(3)),
                        drop,
                        after));
                after = page.isEmpty() ? after : page.get(page.size() - 1).number();
                return page;
            }
        };
    }

    /** Keys that are read page by page. */
    private abstract static class Paged implements Iterator<MissingKey> {

        private Iterator<MissingKey> current = List.<MissingKey>of().iterator();
        private boolean ended;

        /** Returns the next page; empty at the end. */
        abstract List<MissingKey> page();

        @Override
        public boolean hasNext() {
            if (!current.hasNext() && !ended) {
                current = page().iterator();
                ended = !current.hasNext();
            }
            return current.hasNext();
        }

        @Override
        public MissingKey next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return current.next();
        }
    }

    /**
     * A key that is missing from a drop.
     *
     * @param number its number among the missing keys, from 1
     * @param text the key
     * @param element the element that has the key
     */
    public record MissingKey(long number, String text, long element) {}
}
