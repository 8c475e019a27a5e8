package org.catalogdrop.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.Undo;
import org.catalogdrop.decision.DropKeys;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.KeyStore;
import org.catalogdrop.journal.store.FoundKey;
import org.catalogdrop.journal.store.KeyList;
import org.catalogdrop.journal.store.KnownKey;
import org.catalogdrop.kommo.read.ElementPages;
import org.catalogdrop.kommo.read.KeyScan;
import org.catalogdrop.kommo.read.PageBody;
import org.catalogdrop.kommo.read.PageRequest;
import org.catalogdrop.mapping.rule.KeyLocation;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.Stopwatch;
import org.roaringbitmap.longlong.Roaring64Bitmap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of the route {@code catalog-keys}, which reads the keys of a list in the account, and the calls to it. Safe for many threads.
 */
public final class KeyScanSteps {

    private static final Logger LOG = LoggerFactory.getLogger(KeyScanSteps.class);

    private final String account;
    private final Supplier<Journal> journal;
    private final ListReader reader;
    private final Duration doubtWait;
    private final Undo undo;
    private final ListReads reads;

    /** Reads a list to its end, page by page, with {@link #nextPage}, {@link #takePage} and {@link #recordRead}. */
    public interface ListReader {

        /** @param load the load for which the list is read; empty if there is none */
        void read(Looking looking, Optional<OpenedDrop> load);
    }

    /**
     * @param reader reads the lists
     * @param reads is told what is read and how far
     */
    public KeyScanSteps(Settings.Api api, Undo undo, Supplier<Journal> journal, ListReader reader, ListReads reads) {
        this.undo = undo;
        this.doubtWait = api.doubtWait();
        this.account = api.account();
        this.reads = reads;
        this.journal = journal;
        this.reader = reader;
    }

    /** The most elements of one key that are read again. The others are assumed to exist. */
    private static final int MOST_OF_A_KEY = 100;

    /** Keys that several elements have, and these elements, which are read again because some of them may have been deleted since. */
    private record Doubles(Map<KnownKey, List<Long>> keys, ElementPages pages) {

        /** Returns how many elements are read again. */
        long elements() {
            return keys.values().stream().mapToLong(List::size).sum();
        }

        static Doubles of(long catalog, Map<KnownKey, List<Long>> keys) {
            return new Doubles(
                    keys,
                    ElementPages.sure(
                            catalog,
                            keys.values().stream().flatMap(List::stream).toList()));
        }
    }

    /** A read of keys under way. It is not a record, because Camel would compute the hash code of all of it at every step. */
    public static final class Looking {

        private final long catalog;
        private final KeyList list;
        private final KeyStore keys;
        private final KeyScan look;
        private final long drop;
        private final Predicate<String> wanted;
        private final Runnable stop;
        private final Roaring64Bitmap seen = new Roaring64Bitmap();
        private Optional<Doubles> doubles = Optional.empty();
        private Optional<ListReads.Read> read = Optional.empty();
        private long found;
        private long forgotten;

        /**
         * @param drop the drop for whose rows the list is read; 0 for none
         * @param wanted returns whether a row may have a key; the elements of such keys are kept as they are now, and read again if two
         *     elements have the key
         */
        private Looking(
                KeyLocation place,
                KeyList list,
                KeyStore keys,
                long known,
                long drop,
                Predicate<String> wanted,
                Runnable stop) {
            this.catalog = place.catalog();
            this.list = list;
            this.keys = keys;
            this.drop = drop;
            this.wanted = wanted;
            this.stop = stop;
            Optional<String> field = Optional.of(place.field()).filter(id -> !id.equals(KeyLocation.NAME));
            this.look = new KeyScan(place.catalog(), field, known);
        }

        public boolean isUnfinished() {
            return look.isUnfinished()
                    || doubles.filter(d -> d.pages().isUnfinished()).isPresent();
        }

        /** Returns the elements of the last page that a row may change. */
        private List<Element> wanted() {
            return look.read().stream()
                    .filter(element -> look.keysOf(element).stream().anyMatch(wanted))
                    .toList();
        }

        /** Returns the elements of keys that several elements have, by their key. */
        private Map<KnownKey, List<Long>> doubles() {
            Map<KnownKey, List<Long>> elements = new LinkedHashMap<>();
            keys.ambiguous(list, wanted).forEach(key -> elements.put(key, keys.elements(list, key, MOST_OF_A_KEY)));
            return elements;
        }

        /** Returns the number of elements with a usable key. */
        public long found() {
            return found;
        }

        /** Returns the number of keys whose element no longer exists. */
        public long forgotten() {
            return forgotten;
        }

        public long elements() {
            return look.elements();
        }
    }

    /** Returns the keys of a drop whose rows are upserts. */
    DropKeys of(OpenedDrop load, KeyLocation place) {
        KeyStore keys = journal.get().keys();
        KeyList list = keys.list(account, place.catalog(), place.field());
        keys.use(load.entry().id(), list);
        Runnable stop = load.failure()::throwIfFailed;
        Consumer<Predicate<String>> look = wanted -> {
            awaitOthers(load);
            // Read again: an earlier read of this load may have changed it.
            KeyList known = keys.list(account, place.catalog(), place.field());
            Looking looking = new Looking(
                    place, known, keys, known.highest(), load.entry().id(), wanted, stop);
            if (known.highest() > 0) {
                look(looking, Optional.of(load));
                return;
            }
            LOG.info(
                    "{}: reading the whole list {} once to find the key of each element; later loads read only new elements",
                    load.displayName(),
                    place.catalog());
            look(looking, Optional.of(load));
            LOG.info(
                    "{}: list {} has {}",
                    load.displayName(),
                    place.catalog(),
                    Plural.of(looking.elements(), "element"));
        };
        return new DropKeys(place, list, keys, look, outcome -> endDoubt(load, outcome));
    }

    private void endDoubt(OpenedDrop load, Outcome outcome) {
        Operation asked = outcome.asked().orElseThrow();
        journal.get()
                .lookedUp(
                        load.entry().id(),
                        new Chunk(asked.action(), List.of(asked), Optional.empty()),
                        new Answer(List.of(outcome), List.of(), List.of(), Optional.empty(), Optional.empty()));
    }

    /**
     * Waits for adds of an unfinished drop that a process may have sent just before it died. They must have ended before the list is
     * read, or one of their keys would be added once more.
     */
    private void awaitOthers(OpenedDrop load) {
        boolean doubtful = journal.get().notDone().stream()
                .anyMatch(drop -> drop.id() != load.entry().id() && drop.inDoubt() > 0);
        Duration left = Duration.between(Stopwatch.now(), load.began().plus(doubtWait));
        if (!doubtful || left.isNegative()) {
            return;
        }
        LOG.info(
                "{}: rows of another drop are in doubt; waiting {} s until the requests that were sent for them have ended",
                load.displayName(),
                left.toSeconds());
        try {
            load.failure().pause(left);
        } catch (InterruptedException stopped) {
            throw LoadFailure.interrupted();
        }
    }

    /** Reads a whole list. Keys whose element is gone are forgotten. */
    public Looking sync(KeyLocation place) {
        KeyStore keys = journal.get().keys();
        KeyList list = keys.list(account, place.catalog(), place.field());
        Looking looking = new Looking(place, list, keys, 0, 0, key -> true, () -> {});
        look(looking, Optional.empty());
        looking.forgotten += keys.keep(list, (element, key) -> looking.seen.contains(element));
        return looking;
    }

    /** @param load the load for which the list is read; empty if there is none */
    private void look(Looking looking, Optional<OpenedDrop> load) {
        try (ListReads.Read read = reads.begin("list " + looking.catalog + " for the keys of its elements")) {
            looking.read = Optional.of(read);
            reader.read(looking, load);
        }
    }

    /** Begins with the read that the caller passes. */
    public Looking beginRead(Looking looking) {
        return looking;
    }

    public PageRequest nextPage(Looking looking) {
        looking.stop.run();
        return looking.doubles.map(doubles -> doubles.pages().next()).orElseGet(looking.look::nextPage);
    }

    /** Records the keys of a page. */
    public void takePage(Looking looking, PageBody page) {
        if (looking.doubles.isPresent()) {
            ElementPages pages = looking.doubles.get().pages();
            pages.take(page);
            looking.read.ifPresent(read -> read.at(pages.asked()));
            return;
        }
        List<FoundKey> elements = new ArrayList<>();
        looking.look.take(page).forEach((id, texts) -> {
            elements.add(new FoundKey(id, texts));
            looking.found += texts.isEmpty() ? 0 : 1;
            looking.seen.addLong(id);
        });
        looking.read.ifPresent(read -> read.at(looking.elements()));
        looking.keys.found(looking.list, elements);
        if (undo == Undo.ADDS) {
            looking.keys.read(looking.list, looking.drop, looking.wanted());
        }
        if (!looking.look.isUnfinished()) {
            Doubles doubles = Doubles.of(looking.catalog, looking.doubles());
            looking.doubles = Optional.of(doubles);
            if (doubles.elements() > 0) {
                looking.read.ifPresent(read -> read.next(
                        "the elements of list " + looking.catalog + " that share a key a second time",
                        doubles.elements()));
            }
        }
    }

    /** Records that the list was read to its end, or to where it was known. */
    public void recordRead(Looking looking) {
        Doubles doubles = looking.doubles.orElseThrow();
        ElementPages pages = doubles.pages();
        looking.forgotten = looking.keys.keep(
                looking.list,
                doubles.keys(),
                (element, key) -> pages.isUntold(element)
                        || pages.element(element)
                                .filter(one -> looking.look.hasKey(one, key))
                                .isPresent());
        looking.keys.looked(looking.list, looking.look.highest());
    }
}
