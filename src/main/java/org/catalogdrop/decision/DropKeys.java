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
 * The keys of a drop whose rows are upserts: which elements have them, and which stand in the drop twice. The list in the account is looked
 * at once, when the first key comes that is not known, that several elements have, or whose element is to be changed.
 */
public final class DropKeys {

    /** So many elements of one key are named at most. */
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
     * @param look looks at the list in the account; what it finds is written down when it returns. It gets what tells which keys rows of the
     *     drop may have
     * @param doubtEnd writes down the outcome of a row in doubt
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

    /** What was decided of elements that are missing, by a run before. */
    public Optional<Missing> missingBefore(long drop) {
        return keys.missing().decided(drop);
    }

    /** Finds out which elements are missing, if the drop is a complete list. */
    public Optional<MissingCheck> missing() {
        return place.missing().map(most -> new MissingCheck(most, keys, list));
    }

    /** Returns the operations that delete what was decided to be missing. */
    public Iterator<Operation.Delete> deletes(long drop, long rows) {
        return new MissingDeletes(keys.missing().of(drop), place, rows);
    }

    /**
     * Returns the elements of these keys, as many as there are; those without one are not in the list.
     *
     * @param changed whether an element that is known is to be changed: someone may have made another one with its key since
     */
    Map<String, KnownKey> knownAfterLook(List<String> texts, Predicate<KnownKey> changed) {
        Map<String, KnownKey> known = keys.known(list, texts);
        boolean unsure = known.size() < texts.size()
                || known.values().stream().anyMatch(key -> key.isAmbiguous() || (!looked && changed.test(key)));
        return unsure && lookOnce() ? keys.known(list, texts) : known;
    }

    /** Both the reading thread and those that send may come here; who comes second waits for what the first finds. */
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
     * Rows that an earlier run sent as adds were proven not to have been applied. Their keys may have elements since, by another drop: the
     * list is looked at once more before they are sent.
     */
    public synchronized void absent() {
        looked &= lookedLate;
        lookedLate = true;
    }

    /** Returns whether the key of a row whose element is gone decides anew what becomes of it. */
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

    /** A row in doubt has this outcome: its update was not applied, since its element was gone before. */
    void endDoubt(Outcome outcome) {
        doubtEnd.accept(outcome);
    }

    /** The elements of these updates are gone. Before their rows are open again: forgotten in vain, a key is only looked for. */
    public void recordGone(List<Operation.Update> updates) {
        keys.recordGone(list, updates);
    }

    /**
     * What becomes of updates whose elements are gone.
     *
     * @param chunks what is to be sent
     * @param refused the rows that are not sent after all
     */
    public record Again(List<Chunk> chunks, List<Outcome> refused) {}

    /** They are added, unless the list has other elements with their keys. */
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

    /** Returns what is wrong with a key that several elements have. */
    Problem ambiguous(KnownKey key) {
        return new Problem(
                Code.AMBIGUOUS_KEY, column(), ambiguous(key.text(), keys.elements(list, key, Integer.MAX_VALUE)));
    }

    /** Returns the same in words. */
    public static String ambiguous(String key, List<Long> elements) {
        if (elements.size() == 2) {
            return "two elements of the list have the key '" + key + "': " + named(elements)
                    + ". Delete one of them or give it another key in the account.";
        }
        return Plural.of(elements.size(), "element") + " of the list have the key '" + key + "': " + named(elements)
                + ". Delete all but one of them, or give the others another key in the account.";
    }

    /** Returns the first of several elements, and how many more there are. */
    public static String named(List<Long> elements) {
        int shown = elements.size() > SHOWN ? SHOWN : elements.size() - 1;
        String last = elements.size() > SHOWN ? (elements.size() - SHOWN) + " more" : "" + elements.get(shown);
        return elements.subList(0, shown).stream().map(String::valueOf).collect(Collectors.joining(", ")) + " and "
                + last;
    }
}
