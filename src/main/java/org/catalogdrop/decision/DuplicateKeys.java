package org.catalogdrop.decision;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;

/**
 * Finds the duplicate keys of a drop. A first pass records a hash of each key; a second pass keeps the keys whose hash appeared several
 * times. Used by one thread.
 */
public final class DuplicateKeys {

    private final RoaringBitmap met = new RoaringBitmap();
    private final RoaringBitmap metTwice = new RoaringBitmap();

    /** The first row of each key whose hash appeared several times. */
    private final Map<String, Long> first = new HashMap<>();

    /** Records a key of the first pass; returns whether an earlier one may be the same. */
    public boolean note(String key) {
        int number = number(key);
        if (met.checkedAdd(number)) {
            return false;
        }
        metTwice.add(number);
        return true;
    }

    /** Returns whether a row of the first pass may have this key. */
    boolean isMet(String key) {
        return met.contains(number(key));
    }

    /** Returns the earlier row with this key; empty if there is none. Call it for each row in order, after the first pass. */
    public Optional<Long> earlierRow(String key, long row) {
        return metTwice.contains(number(key)) ? Optional.ofNullable(first.putIfAbsent(key, row)) : Optional.empty();
    }

    /** Begins another second pass. */
    void again() {
        first.clear();
    }

    /** FNV-1a, folded. {@code String.hashCode} gives many product codes the same hash. */
    private static int number(String key) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
        }
        return (int) (hash ^ hash >>> 32);
    }
}
