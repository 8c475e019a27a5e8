package org.catalogdrop.journal;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.catalogdrop.journal.store.FoundKey;
import org.catalogdrop.journal.store.KeyList;
import org.catalogdrop.journal.store.KeyWriter;
import org.catalogdrop.journal.store.KnownKey;
import org.catalogdrop.journal.store.Writer;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Operation;

/**
 * The keys of elements, and what was last sent for each. The settlements of a drop that {@linkplain #use uses} a list fill it, in the
 * transaction that settles the row; so do reads of the list in the account. Safe for many threads.
 */
public final class KeyStore {

    /** The most keys in one statement. SQLite and PostgreSQL take more, but it is no quicker. */
    public static final int BATCH = 512;

    private static final String KNOWN = "select " + KnownKey.COLUMNS + " from keys where list_id = ? and key_text = ?";

    private static final String PAGE =
            "select " + KnownKey.COLUMNS + " from keys where list_id = ? and key_text > ? order by key_text limit 1000";

    private static final String PAGE_OF_AMBIGUOUS = PAGE.replace(" order by", " and other <> 0 order by");

    private static final String FURTHER =
            "select element from further_elements where list_id = ? and key_text = ? order by element limit ?";

    private final Writer writer;
    private final JournalReader reading;
    private final KeyWriter book;
    private final ReadElements elements;
    private final InstantSource clock;

    KeyStore(Writer writer, JournalReader reading, KeyWriter book, ReadElements elements, InstantSource clock) {
        this.writer = writer;
        this.reading = reading;
        this.book = book;
        this.elements = elements;
        this.clock = clock;
    }

    /**
     * Returns the keys of a list.
     *
     * @param account identifies the account
     * @param field identifies the field of the list that has the keys
     */
    public KeyList list(String account, long catalog, String field) {
        return writer.write(sql -> book.list(account, catalog, field));
    }

    /** Sets the list to which the keys of a drop's rows belong. Call it in each run, before anything of the drop is settled. */
    public void use(long drop, KeyList list) {
        writer.run(sql -> {
            book.use(drop, list);
            elements.use(drop, clock.millis());
        });
    }

    /**
     * Returns the known ones of these keys, of which there may be {@link #BATCH}. Settlements since the last write are not yet among
     * them.
     */
    public Map<String, KnownKey> known(KeyList list, List<String> texts) {
        Map<String, KnownKey> known = new HashMap<>();
        reading.read(sql -> sql.listEach(KNOWN, KnownKey::of, texts, list.id()))
                .forEach(key -> known.put(key.text(), key));
        return known;
    }

    /** Returns the keys that are missing from drops which are complete lists. */
    public MissingKeyStore missing() {
        return new MissingKeyStore(writer, reading);
    }

    /** Waits until everything that is to be written soon is written, so that a read returns it. */
    public void written() {
        writer.write(sql -> true);
    }

    /** Returns how many keys are known. */
    public long count(KeyList list) {
        return reading.read(sql -> sql.number("select count(*) from keys where list_id = ?", list.id()));
    }

    /** Forgets the keys of elements that are gone. Durable before whatever is written next. */
    public void recordGone(KeyList list, List<Operation.Update> updates) {
        writer.runSoon(sql -> book.recordGone(list, updates));
    }

    /** Records the keys of elements that were read back. Durable before whatever is written next. */
    public void found(KeyList list, List<FoundKey> elements) {
        writer.runSoon(sql -> book.found(list, elements));
    }

    /**
     * Keeps elements that were read with their list, as before images for rows of a drop that change them soon. Durable before whatever
     * is written next.
     *
     * @param drop the drop for whose rows they were read; 0 for none
     */
    public void read(KeyList list, long drop, List<Element> read) {
        List<ReadElements.Line> lines = ReadElements.Line.of(read);
        long now = clock.millis();
        writer.runSoon(sql -> elements.keep(list, drop, lines, now));
    }

    /** Records that all elements up to this id were read. */
    public void looked(KeyList list, long highest) {
        writer.run(sql -> book.looked(list, highest));
    }

    /** Returns those of these keys that several elements have. */
    public List<KnownKey> ambiguous(KeyList list, Predicate<String> wanted) {
        written();
        List<KnownKey> ambiguous = new ArrayList<>();
        forEachPage(PAGE_OF_AMBIGUOUS, list, page -> page.stream()
                .filter(key -> wanted.test(key.text()))
                .forEach(ambiguous::add));
        return ambiguous;
    }

    /** Returns whether an element exists and has a key. */
    @FunctionalInterface
    public interface Holder {
        boolean hasKey(long element, String key);
    }

    /** Returns the elements that have a key, at most the given number. */
    public List<Long> elements(KeyList list, KnownKey key, int most) {
        return elements(reading, list.id(), key, most);
    }

    static List<Long> elements(JournalReader reading, long list, KnownKey key, int most) {
        if (!key.isAmbiguous()) {
            return List.of(key.element());
        }
        List<Long> elements = new ArrayList<>(List.of(key.element(), key.other()));
        elements.addAll(reading.read(sql ->
                sql.list(FURTHER, result -> result.getLong(1), list, key.text(), Math.max(0, most - elements.size()))));
        return elements;
    }

    /**
     * Forgets the elements that were read and do not have their key any more.
     *
     * @param looked the elements that were read, by their key
     * @return how many keys have no element left
     */
    public long keep(KeyList list, Map<KnownKey, List<Long>> looked, Holder holder) {
        Map<String, List<Long>> left = new LinkedHashMap<>();
        looked.forEach((key, elements) -> {
            List<Long> lost = elements.stream()
                    .filter(element -> !holder.hasKey(element, key.text()))
                    .toList();
            if (!lost.isEmpty()) {
                left.put(key.text(), lost);
            }
        });
        return left.isEmpty()
                ? 0
                : writer.write(sql -> {
                    long forgotten = 0;
                    for (Map.Entry<String, List<Long>> one : left.entrySet()) {
                        forgotten += book.leave(list, one.getKey(), one.getValue()) ? 1 : 0;
                    }
                    return forgotten;
                });
    }

    /** Does the same for all keys, after the whole list was read. */
    public long keep(KeyList list, Holder holder) {
        LongAdder forgotten = new LongAdder();
        forEachPage(PAGE, list, page -> {
            Map<KnownKey, List<Long>> looked = new LinkedHashMap<>();
            page.forEach(key -> looked.put(key, elements(list, key, Integer.MAX_VALUE)));
            forgotten.add(keep(list, looked, holder));
        });
        return forgotten.sum();
    }

    private void forEachPage(String query, KeyList list, Consumer<List<KnownKey>> action) {
        String last = "";
        List<KnownKey> page;
        do {
            String after = last;
            page = reading.read(sql -> sql.list(query, KnownKey::of, list.id(), after));
            action.accept(page);
            last = page.isEmpty() ? "" : page.get(page.size() - 1).text();
        } while (!page.isEmpty());
    }
}
