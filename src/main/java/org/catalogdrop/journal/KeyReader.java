package org.catalogdrop.journal;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.catalogdrop.journal.MissingKeyStore.MissingKey;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.journal.store.KeyList;
import org.catalogdrop.journal.store.KnownKey;

/** Reads the keys of a list, also while another process loads with the journal. Used by one thread. */
public final class KeyReader implements AutoCloseable {

    private final JournalReader reading;
    private final Optional<KeyList> known;
    private final Optional<Long> list;

    private KeyReader(JournalReader reading, Optional<KeyList> known) {
        this.reading = reading;
        this.known = known;
        this.list = known.map(KeyList::id);
    }

    /**
     * Returns the keys as in {@link KeyStore#list}; empty if there is no journal yet.
     *
     * @throws org.catalogdrop.model.RunHalted if the file there is no journal that can be read
     */
    public static Optional<KeyReader> open(JournalPlace place, String account, long catalog, String field) {
        return JournalReader.open(place)
                .map(reading -> new KeyReader(
                        reading,
                        reading.read(sql -> sql.one(
                                "select id, highest from key_lists where account = ? and catalog = ? and field = ?",
                                result -> new KeyList(result.getLong(1), result.getLong(2)),
                                account,
                                catalog,
                                field))));
    }

    /**
     * Returns whether a load or {@code keys sync} read the list, or keys of it are known otherwise. A load that fails before that enters
     * it too.
     */
    public boolean isListKnown() {
        return known.filter(one -> one.highest() > 0 || hasKeys(one)).isPresent();
    }

    private boolean hasKeys(KeyList one) {
        return reading.read(sql -> sql.number(
                        "select count(*) from (select 1 from keys where list_id = ? limit 1) as one", one.id()))
                > 0;
    }

    /** Returns whether a load that reads the list, from its newest element down to where it was read last, reads this element. */
    public boolean isReadAgain(long element) {
        return known.filter(one -> element > one.highest()).isPresent();
    }

    /** Returns the element of a key, if it is known. */
    public Optional<KnownKey> known(String text) {
        return list.flatMap(id -> reading.read(sql -> sql.one(
                "select " + KnownKey.COLUMNS + " from keys where list_id = ? and key_text = ?",
                KnownKey::of,
                id,
                text)));
    }

    /** Returns the elements that have a key. */
    public List<Long> elements(KnownKey key) {
        return list.map(id -> KeyStore.elements(reading, id, key, Integer.MAX_VALUE))
                .orElseGet(List::of);
    }

    /** Returns whether an element was read so recently that a load that changes it now can take it back without reading it. */
    public boolean isRead(long element) {
        long now = System.currentTimeMillis();
        return list.filter(id -> reading.read(sql -> ReadElements.isUsable(sql, id, element, now)))
                .isPresent();
    }

    /** Returns how many elements are known whose key a load has written. */
    public long written() {
        return list.map(id -> reading.read(sql -> MissingKeyStore.written(sql, id)))
                .orElse(0L);
    }

    /** Returns the keys of those elements that are not among these, by key. */
    public Iterator<MissingKey> missing(LongPredicate present) {
        return list.<Iterator<MissingKey>>map(id -> MissingKeyStore.missing(reading, id, present))
                .orElse(Collections.emptyIterator());
    }

    @Override
    public void close() {
        reading.close();
    }
}
