package org.catalogdrop.decision;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.catalogdrop.journal.KeyStore;
import org.catalogdrop.journal.store.KeyList;
import org.catalogdrop.journal.store.KnownKey;
import org.catalogdrop.mapping.rule.KeyLocation;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Missing;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.Problem;

/**
 * The keys of a drop whose rows are upserts: which elements have them, and which keys are duplicates. The list in the account is read
 * once, when the first key comes that is not known, that several elements have, or whose element is to be changed. Safe for many threads.
 */
public final class DropKeys {

    /** The most elements of one key that a message names. */
    private static final int SHOWN = 5;

    private final KeyLocation place;
    private final KeyList list;
    private final KeyStore keys;
    private final Consumer<Predicate<String>> look;
    private final Consumer<Outcome> doubtEnd;
    private final DuplicateKeys twice = new DuplicateKeys();

    private volatile boolean looked;
    private boolean lookedLate;

    /**
     * @param look reads the list in the account, and returns when its findings are in the journal; it gets a filter for keys that rows of
     *     the drop may have
     * @param doubtEnd records the outcome of a row in doubt
     */
    public DropKeys(
            KeyLocation place,
            KeyList list,
            KeyStore keys,
            Consumer<Predicate<String>> look,
            Consumer<Outcome> doubtEnd) {
        this.doubtEnd = doubtEnd;
        this.place = place;
        this.list = list;
        this.keys = keys;
        this.look = look;
    }

    String column() {
        return place.column();
    }

    public DuplicateKeys twice() {
        return twice;
    }

    /** Returns the missing elements that an earlier run has decided. */
    public Optional<Missing> missingBefore(long drop) {
        return keys.missing().decided(drop);
    }

    /** Returns the check for missing elements, if the drop is a complete list. */
    public Optional<MissingCheck> missing() {
        return place.missing().map(most -> new MissingCheck(most, keys, list));
    }

    /** Returns the deletes of the missing elements that were decided. */
    public Iterator<Operation.Delete> deletes(long drop, long rows) {
        return new MissingDeletes(keys.missing().of(drop), place, rows);
    }

    /**
     * Returns the elements of these keys, as many as there are. Keys without an element are not in the list.
     *
     * @param changed returns whether a known element is to be changed: someone may have made another one with its key since
     */
    Map<String, KnownKey> knownAfterLook(List<String> texts, Predicate<KnownKey> changed) {
        // Asked before the keys are: another thread may end its look in between, and what it found must count.
        boolean before = looked;
        Map<String, KnownKey> known = keys.known(list, texts);
        boolean unsure = known.size() < texts.size()
                || known.values().stream().anyMatch(key -> key.isAmbiguous() || (!before && changed.test(key)));
        return unsure && (lookOnce() || !before) ? keys.known(list, texts) : known;
    }

    /** Reads the list once. Reading and sending threads may call this; the second one waits for the first. */
    private boolean lookOnce() {
        if (looked) {
            return false;
        }
        synchronized (this) {
            if (!looked) {
                look.accept(twice::isMet);
                looked = true;
            }
        }
        return true;
    }

    /**
     * Reads the list once more, because adds of an earlier run are proven not to have been applied: another drop may have made elements
     * with their keys since.
     */
    public synchronized void absent() {
        looked &= lookedLate;
        lookedLate = true;
    }

    /** Returns whether the key of a row whose element was deleted decides about the row again. */
    public boolean decidesGoneAnew() {
        return place.gone() == KeyLocation.Gone.ADD || place.unknown() != KeyLocation.Unknown.ADD;
    }

    /** Returns why a row whose key no element has is not sent; empty if it is added. */
    Optional<Problem> unknown(String key) {
        return UnsentKeys.unknown(place, key);
    }

    /** Returns why a row whose key an element has is not sent; empty if it is updated. */
    Optional<Problem> known(KnownKey key) {
        return UnsentKeys.known(place, key);
    }

    /** Records the outcome of a row in doubt: its update was not applied, because its element had been deleted before. */
    void endDoubt(Outcome outcome) {
        doubtEnd.accept(outcome);
    }

    /**
     * Forgets the keys of updates whose elements were deleted. It is called before their rows are open again: a key that is forgotten in
     * vain is only looked up once more.
     */
    public void recordGone(List<Operation.Update> updates) {
        keys.recordGone(list, updates);
    }

    /**
     * What to do with updates whose elements were deleted.
     *
     * @param chunks the chunks to send
     * @param refused the rows that are not sent after all
     */
    public record Again(List<Chunk> chunks, List<Outcome> refused) {}

    /** Returns the adds of these updates, unless the list has other elements with their keys. */
    public Again again(List<Operation.Update> gone) {
        keys.written();
        Map<String, KnownKey> known =
                knownAfterLook(gone.stream().map(DropKeys::text).toList(), key -> true);
        List<Operation> adds = new ArrayList<>();
        List<Operation> updates = new ArrayList<>();
        List<Outcome> refused = new ArrayList<>();
        for (Operation.Update update : gone) {
            KnownKey key = known.get(text(update));
            Optional<Problem> unsent = key == null ? unknown(text(update)) : known(key);
            if (unsent.isPresent() && (key == null || !key.isAmbiguous())) {
                refused.add(UnsentKeys.ended(update.asAdd(), unsent.get(), key == null ? 0 : key.element()));
            } else if (key == null) {
                adds.add(update.asAdd());
            } else if (key.isAmbiguous()) {
                refused.add(Outcome.refused(update.asAdd(), ambiguous(key)));
            } else {
                updates.add(update.of(key.element()));
            }
        }
        List<Chunk> chunks = new ArrayList<>();
        if (!updates.isEmpty()) {
            chunks.add(new Chunk(Action.UPDATE, updates, Optional.empty()));
        }
        if (!adds.isEmpty()) {
            chunks.add(new Chunk(Action.ADD, adds, Optional.empty()));
        }
        return new Again(chunks, refused);
    }

    private static String text(Operation.Update update) {
        return update.key().orElseThrow().text();
    }

    /** Returns the problem of a key that several elements have. */
    Problem ambiguous(KnownKey key) {
        return new Problem(
                Code.AMBIGUOUS_KEY, column(), ambiguous(key.text(), keys.elements(list, key, Integer.MAX_VALUE)));
    }

    /** Returns the same as a message. */
    public static String ambiguous(String key, List<Long> elements) {
        if (elements.size() == 2) {
            return "two elements of the list have the key '" + key + "': " + named(elements)
                    + ". Delete one of them or give it another key in the account.";
        }
        return Plural.of(elements.size(), "element") + " of the list have the key '" + key + "': " + named(elements)
                + ". Delete all but one of them, or give the others another key in the account.";
    }

    /** Returns the first of several elements, and how many more there are, as a text. */
    public static String named(List<Long> elements) {
        int shown = elements.size() > SHOWN ? SHOWN : elements.size() - 1;
        String last = elements.size() > SHOWN ? (elements.size() - SHOWN) + " more" : "" + elements.get(shown);
        return elements.subList(0, shown).stream().map(String::valueOf).collect(Collectors.joining(", ")) + " and "
                + last;
    }
}
