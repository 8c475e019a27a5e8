package org.catalogdrop.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.journal.KeyList;
import org.catalogdrop.journal.Keys;
import org.catalogdrop.journal.KnownKey;
import org.catalogdrop.mapping.KeyPlace;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Operation;
import org.roaringbitmap.RoaringBitmap;

/**
 * The keys of a drop whose rows are upserts: which elements have them, and which stand in the drop twice. The list in the account is looked
 * at once, when the first key comes that is not known, or that two elements have.
 */
final class DropKeys {

    private final KeyPlace place;
    private final KeyList list;
    private final Keys keys;
    private final Runnable look;
    private final boolean decided;

    /** Of keys of the check pass: a number each, and those that several have. */
    private final RoaringBitmap met = new RoaringBitmap();

    private final RoaringBitmap metTwice = new RoaringBitmap();

    /** Of the keys whose number several have: the first row. */
    private final Map<String, Long> first = new HashMap<>();

    private volatile boolean looked;
    private boolean lookedLate;

    /**
     * @param look looks at the list in the account; what it finds is written down when it returns
     * @param decided whether an earlier run has sent all there was to send, and died while it published the results
     */
    DropKeys(KeyPlace place, KeyList list, Keys keys, Runnable look, boolean decided) {
        this.place = place;
        this.list = list;
        this.keys = keys;
        this.look = look;
        this.decided = decided;
    }

    String column() {
        return place.column();
    }

    boolean isDecided() {
        return decided;
    }

    /** Notes a key of the check pass. */
    void note(String key) {
        int number = number(key);
        if (!met.checkedAdd(number)) {
            metTwice.add(number);
        }
    }

    /** The row that has this key, if one before this has it; to be asked for each row in order, after the check pass. */
    Optional<Long> earlierRow(String key, long row) {
        return metTwice.contains(number(key)) ? Optional.ofNullable(first.putIfAbsent(key, row)) : Optional.empty();
    }

    /** FNV-1a, folded; {@code String.hashCode} gives many product codes the same number. */
    private static int number(String key) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
        }
        return (int) (hash ^ hash >>> 32);
    }

    /** The elements of these keys, as many as there are; those without one are not in the list. */
    Map<String, KnownKey> knownAfterLook(List<String> texts) {
        Map<String, KnownKey> known = keys.known(list, texts);
        boolean unsure = known.size() < texts.size() || known.values().stream().anyMatch(KnownKey::isAmbiguous);
        return unsure && lookOnce() ? keys.known(list, texts) : known;
    }

    /** Both the reading thread and those that send may come here; who comes second waits for what the first finds. */
    private boolean lookOnce() {
        if (looked) {
            return false;
        }
        synchronized (this) {
            if (!looked) {
                look.run();
                looked = true;
            }
        }
        return true;
    }

    /**
     * Rows that an earlier run sent as adds were proven not to have been applied. Their keys may have elements since, by another drop: the
     * list is looked at once more before they are sent.
     */
    synchronized void absent() {
        looked &= lookedLate;
        lookedLate = true;
    }

    /** Whether a row whose element is gone is added. */
    boolean addsGone() {
        return place.gone() == KeyPlace.Gone.ADD;
    }

    /** The elements of these updates are gone. Before their rows are open again: forgotten in vain, a key is only looked for. */
    void gone(List<Operation.Update> updates) {
        keys.gone(list, updates);
    }

    /** What is to be sent for updates whose elements are gone: adds, unless the list has other elements with their keys. */
    List<Chunk> again(List<Operation.Update> gone) {
        keys.written();
        Map<String, KnownKey> known =
                knownAfterLook(gone.stream().map(DropKeys::text).toList());
        List<Operation> adds = new ArrayList<>();
        List<Operation> updates = new ArrayList<>();
        for (Operation.Update update : gone) {
            Optional<KnownKey> key = Optional.ofNullable(known.get(text(update)));
            key.ifPresentOrElse(found -> updates.add(update.of(found.element())), () -> adds.add(update.asAdd()));
        }
        List<Chunk> chunks = new ArrayList<>();
        if (!updates.isEmpty()) {
            chunks.add(new Chunk(Action.UPDATE, updates, Optional.empty()));
        }
        if (!adds.isEmpty()) {
            chunks.add(new Chunk(Action.ADD, adds, Optional.empty()));
        }
        return chunks;
    }

    private static String text(Operation.Update update) {
        return update.key().orElseThrow().text();
    }
}
