package org.catalogdrop.mapping;

import java.util.Optional;
import java.util.function.Function;

/**
 * A conversion that remembers the last texts it saw: dates, words and options of a drop come again and again, and reading a date costs
 * more than all else that is done to a row. For one thread.
 */
final class CachingConversion implements Function<String, Optional<String>> {

    private static final int PLACES = 1 << 10;

    private final Function<String, Optional<String>> conversion;
    private final String[] texts = new String[PLACES];
    private final Optional<String>[] values;

    @SuppressWarnings("unchecked") // an array of a generic type has no other way
    CachingConversion(Function<String, Optional<String>> conversion) {
        this.conversion = conversion;
        this.values = (Optional<String>[]) new Optional<?>[PLACES];
    }

    @Override
    public Optional<String> apply(String text) {
        int hash = text.hashCode();
        int place = (hash ^ hash >>> 10) & (PLACES - 1);
        if (!text.equals(texts[place])) {
            values[place] = conversion.apply(text);
            texts[place] = text;
        }
        return values[place];
    }
}
