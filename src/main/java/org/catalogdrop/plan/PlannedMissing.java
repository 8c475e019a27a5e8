package org.catalogdrop.plan;

import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import org.catalogdrop.decision.MissingCheck;
import org.catalogdrop.decision.MissingDeletes;
import org.catalogdrop.journal.KeyReader;
import org.catalogdrop.journal.store.KnownKey;
import org.catalogdrop.mapping.rule.KeyLocation;
import org.catalogdrop.model.Missing;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Reject;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.Skip;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * The elements that are missing from a drop that is being planned, by the keys known so far: {@link MissingCheck} without writing. Used
 * by one thread.
 */
final class PlannedMissing {

    private final KeyLocation place;
    private final Optional<KeyReader> keys;
    private final Roaring64Bitmap present = new Roaring64Bitmap();
    private Optional<String> part = Optional.empty();
    private long keyless;
    private long rows;
    private Missing found = Missing.NONE;
    private Optional<String> refusal = Optional.empty();

    PlannedMissing(KeyLocation place, Optional<KeyReader> keys) {
        this.place = place;
        this.keys = keys;
    }

    void row(Row row) {
        if (rows++ == 0) {
            part = MissingCheck.partly(row);
        }
    }

    /** Records an element whose key is in the drop. */
    void markPresent(KnownKey key) {
        keys.ifPresent(known -> known.elements(key).forEach(present::addLong));
    }

    void rejected(Reject reject) {
        reject.key()
                .ifPresentOrElse(
                        text -> keys.flatMap(known -> known.known(text)).ifPresent(this::markPresent), () -> keyless++);
    }

    void skipped(Skip skip) {
        skip.key().flatMap(text -> keys.flatMap(known -> known.known(text))).ifPresent(this::markPresent);
    }

    /** Returns the deletes, when all rows were read. */
    Iterator<Operation.Delete> deletes() {
        if (place.missing().isEmpty() || keys.isEmpty()) {
            return Collections.emptyIterator();
        }
        long known = keys.get().written();
        Optional<String> kept = part.or(() -> MissingCheck.uncertain(keyless));
        if (kept.isPresent()) {
            found = new Missing(known, 0, kept.get());
            return Collections.emptyIterator();
        }
        long missing = 0;
        for (var all = keys.get().missing(present::contains); all.hasNext(); all.next()) {
            missing++;
        }
        if (place.missing().get().isExceeded(missing, known)) {
            refusal = Optional.of(MissingCheck.tooMany(place.missing().get(), missing, known));
        }
        found = new Missing(known, missing, "");
        return new MissingDeletes(keys.get().missing(present::contains), place, rows);
    }

    Missing found() {
        return found;
    }

    /** Returns why the drop would be refused. */
    Optional<String> refusal() {
        return refusal;
    }
}
