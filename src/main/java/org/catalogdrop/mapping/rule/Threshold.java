package org.catalogdrop.mapping.rule;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bound on how many of a whole there may be.
 *
 * @param number so many, or so many in a hundred
 * @param percent whether it is so many in a hundred
 */
public record Threshold(long number, boolean percent) {

    /** What a text must be like, for messages. */
    public static final String ALLOWED = "a number like 500 or a percentage like 10 %";

    private static final Pattern TEXT = Pattern.compile("(?:at most )?(\\d{1,9})( ?%)?");

    /** Returns what a text means; empty if it means nothing. */
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

    /** As a message says it. */
    public String words() {
        return number + (percent ? " %" : "");
    }
}
