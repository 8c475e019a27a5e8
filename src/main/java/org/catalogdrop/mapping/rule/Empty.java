package org.catalogdrop.mapping.rule;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an empty cell means; the values of {@code empty} in a mapping file. */
public enum Empty {
    /** The field keeps its values. */
    LEAVE,
    /** The field loses its values. */
    CLEAR,
    /** The row is rejected. */
    REJECT;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Empty::word).toList();
    }

    public static Optional<Empty> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }
}
