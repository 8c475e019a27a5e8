package org.catalogdrop.mapping.rule;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A limit on a number of things.
 *
 * @param number the number, or the percentage
 * @param percent whether it is a percentage
 */
public record Threshold(long number, boolean percent) {

    /** The valid texts, for messages. */
    public static final String ALLOWED = "a number like 500 or a percentage like 10 %";

    private static final Pattern TEXT = Pattern.compile("(?:at most )?(\\d{1,9})( ?%)?");

    /** Returns the meaning of a text; empty if it is invalid. */
    public static Optional<Threshold> of(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        boolean percent = matcher.group(2) != null;
        return percent && number > 100 ? Optional.empty() : Optional.of(new Threshold(number, percent));
    }

    public boolean isExceeded(long some, long all) {
        return percent ? some * 100 > number * all : some > number;
    }

    /** Returns the limit for a message. */
    public String text() {
        return number + (percent ? " %" : "");
    }
}
