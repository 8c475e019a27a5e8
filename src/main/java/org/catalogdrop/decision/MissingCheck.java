package org.catalogdrop.decision;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.journal.KeyStore;
import org.catalogdrop.journal.store.KeyList;
import org.catalogdrop.journal.store.KnownKey;
import org.catalogdrop.mapping.Column;
import org.catalogdrop.mapping.rule.Threshold;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Missing;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.Row;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Finds the elements that are missing from a drop which is a complete list, while all its rows are read. It takes a bit or two of memory
 * for each element that is not missing. Used by one thread.
 */
public final class MissingCheck {

    /** How many may be missing. */
    private final Threshold most;

    private final KeyStore keys;
    private final KeyList list;
    private final Roaring64Bitmap present = new Roaring64Bitmap();
    private final List<String> batch = new ArrayList<>();
    private Optional<String> part = Optional.empty();
    private long keyless;

    /** @param most how many may be missing */
    MissingCheck(Threshold most, KeyStore keys, KeyList list) {
        this.most = most;
        this.keys = keys;
        this.list = list;
    }

    /** Records a key of the drop, whatever happens to its row. */
    void markPresent(String key) {
        batch.add(key);
        if (batch.size() == KeyStore.BATCH) {
            look();
        }
    }

    /** Records a row whose key cannot be read: any element may be its own. */
    void keyless() {
        keyless++;
    }

    /** Records the columns; the first row is enough. */
    void first(Row row) {
        part = partly(row);
    }

    /** Returns why a drop with this row is not a complete list. */
    public static Optional<String> partly(Row row) {
        return Column.isOfRejects(row.columns())
                ? Optional.of("the drop has corrected rejects, so it is not a complete list")
                : Optional.empty();
    }

    /** Returns why no element counts as missing from a drop with such rows. */
    public static Optional<String> uncertain(long keyless) {
        return keyless == 0
                ? Optional.empty()
                : Optional.of(Plural.of(keyless, "rejected row has", "rejected rows have")
                        + " no known key, so it is not certain what is missing;"
                        + " drop the file again when these rows are fixed");
    }

    /** Returns why a drop is refused. */
    public static String tooMany(Threshold most, long missing, long known) {
        return missing + " of " + Plural.of(known, "element") + " of the list that earlier loads wrote "
                + (missing == 1 ? "is" : "are") + " not in the drop, and missing: delete would delete "
                + (missing == 1 ? "it" : "them") + "; missing_at_most allows " + most.text()
                + ". Nothing was sent, because the file may be truncated. If it is complete, raise missing_at_most in the"
                + " mapping file to " + missing
                + ", or write missing: keep, and drop it again. Elements that someone has deleted in the account are"
                + " counted too until the whole list is read again.";
    }

    private void look() {
        for (KnownKey key : keys.known(list, batch).values()) {
            keys.elements(list, key, Integer.MAX_VALUE).forEach(present::addLong);
        }
        batch.clear();
    }

    /**
     * Decides which elements are missing. The decision is durable when this returns.
     *
     * @throws DropRefused {@link Code#TOO_MANY_MISSING} if more would be deleted than allowed
     */
    public Missing decide(long drop) {
        look();
        long known = keys.missing().written(list);
        Optional<String> kept = part.or(() -> uncertain(keyless));
        if (kept.isPresent()) {
            Missing none = new Missing(known, 0, kept.get());
            keys.missing().decide(drop, none, Collections.emptyIterator());
            return none;
        }
        long missing = 0;
        for (var all = keys.missing().missing(list, present::contains); all.hasNext(); all.next()) {
            missing++;
        }
        if (most.isExceeded(missing, known)) {
            throw new DropRefused(Code.TOO_MANY_MISSING, tooMany(most, missing, known));
        }
        Missing found = new Missing(known, missing, "");
        keys.missing().decide(drop, found, keys.missing().missing(list, present::contains));
        return found;
    }
}
