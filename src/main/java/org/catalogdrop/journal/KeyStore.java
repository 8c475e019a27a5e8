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
 * Which element has which key, and what was sent for it last. Filled by the settlements of a drop that {@linkplain #use uses} a list, in
 * the transaction that settles the row, and by looks at the list in the account.
 */
public final class KeyStore {

    /** Keys asked for in one statement; SQLite and PostgreSQL take more, but it is no quicker. */
    public static final int BATCH = 500;

    private static final String KNOWN = "select " + KnownKey.COLUMNS + " from keys where list_id = ? and key_text in (?"
            + ", ?".repeat(BATCH - 1) + ")";

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
     * @param account what tells the account from others
     * @param field what tells the field that has the keys from the list's others
     */
    public KeyList list(String account, long catalog, String field) {
        return writer.write(sql -> book.list(account, catalog, field));
    }

    /** The keys of a drop's rows are those of this list. To be said in each run, before anything of the drop is settled. */
    public void use(long drop, KeyList list) {
        writer.run(sql -> {
            book.use(drop, list);
            elements.use(drop, clock.millis());
        });
    }

    /** Returns those of these keys, {@link #BATCH} at most, that are known; what was settled since the last write is not yet among them. */
    public Map<String, KnownKey> known(KeyList list, List<String> texts) {
        Map<String, KnownKey> known = new HashMap<>();
        if (texts.isEmpty()) {
            return known;
        }
        Object[] values = new Object[BATCH + 1];
        values[0] = list.id();
        for (int i = 0; i < BATCH; i++) {
            values[i + 1] = texts.get(Math.min(i, texts.size() - 1));
        }
        reading.read(sql -> sql.list(KNOWN, KnownKey::of, values)).forEach(key -> known.put(key.text(), key));
        return known;
    }

    /** The keys that drops which are complete lists do not have. */
    public MissingKeyStore missing() {
        return new MissingKeyStore(writer, reading);
    }

    /** What was said to be written soon is written, so that reading shows it. */
    public void written() {
        writer.write(sql -> true);
    }

    /** Returns how many keys are known. */
    public long count(KeyList list) {
        return reading.read(sql -> sql.number("select count(*) from keys where list_id = ?", list.id()));
    }

    /** The elements of these keys are gone: they are forgotten. Durable before whatever is written next. */
    public void recordGone(KeyList list, List<Operation.Update> updates) {
        writer.runSoon(sql -> book.recordGone(list, updates));
    }

    /** Elements that were read back have these keys. Durable before whatever is written next. */
    public void found(KeyList list, List<FoundKey> elements) {
        writer.runSoon(sql -> book.found(list, elements));
    }

    /**
     * Keeps elements that were read with their list, to be taken back by if a row of a drop changes them soon. Durable before whatever is written
     * next.
     *
     * @param drop for whose rows they were read; 0 if for no drop
     */
    public void read(KeyList list, long drop, List<Element> read) {
        List<ReadElements.Line> lines = ReadElements.Line.of(read);
        long now = clock.millis();
        writer.runSoon(sql -> elements.keep(list, drop, lines, now));
    }

    /** All elements up to this id were looked at, and found. */
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

    /** Whether an element is there and has a key. */
    @FunctionalInterface
    public interface Holder {
        boolean has(long element, String key);
    }

    /** Returns the elements that have a key, as many as are asked for. */
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
     * Of these keys, the elements that were looked at and do not hold them (any more) are forgotten.
     *
     * @param looked the elements that were looked at, by their key
     * @return how many keys have no element left
     */
    public long keep(KeyList list, Map<KnownKey, List<Long>> looked, Holder holder) {
        Map<String, List<Long>> left = new LinkedHashMap<>();
        looked.forEach((key, elements) -> {
            List<Long> lost = elements.stream()
                    .filter(element -> !holder.has(element, key.text()))
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

    /** The same for all keys, after the whole list was looked at. */
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
