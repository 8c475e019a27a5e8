package org.catalogdrop.decision;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;

/** Which keys stand in a drop twice. All are noted in a first pass, a number each; in a second pass those are kept whose number several have. */
public final class DuplicateKeys {

    private final RoaringBitmap met = new RoaringBitmap();
    private final RoaringBitmap metTwice = new RoaringBitmap();

    /** Of the keys whose number several have: the first row. */
    private final Map<String, Long> first = new HashMap<>();

    /** Notes a key of the first pass; says whether an earlier one may be the same. */
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

    /** Returns the row that has this key, if one before this has it; to be asked for each row in order, after the first pass. */
    public Optional<Long> earlierRow(String key, long row) {
        return metTwice.contains(number(key)) ? Optional.ofNullable(first.putIfAbsent(key, row)) : Optional.empty();
    }

    /** Another second pass begins. */
    void again() {
        first.clear();
    }

    /** FNV-1a, folded; {@code String.hashCode} gives many product codes the same number. */
    private static int number(String key) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
        }
        return (int) (hash ^ hash >>> 32);
    }
}
