package org.catalogdrop.app;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many rows of a drop may be rejected before they are sent, without the drop being refused ({@code drop.on-reject}).
 *
 * @param most at most so many rows, or so many in a hundred; empty: any number
 * @param percent whether it is so many in a hundred
 */
record RejectBudget(OptionalLong most, boolean percent) {

    static final String ALLOWED = "continue, stop, a number of rows, or a percentage like 5%";

    static final RejectBudget CONTINUE = new RejectBudget(OptionalLong.empty(), false);

    private static final Pattern NUMBER = Pattern.compile("(\\d{1,9})( ?%)?");

    /** What a text of the setting means; empty if it means nothing. */
    static Optional<RejectBudget> of(String text) {
        if (text.equals("continue")) {
            return Optional.of(CONTINUE);
        }
        if (text.equals("stop")) {
            return Optional.of(new RejectBudget(OptionalLong.of(0), false));
        }
        Matcher number = NUMBER.matcher(text);
        if (!number.matches()) {
            return Optional.empty();
        }
        long most = Long.parseLong(number.group(1));
        boolean percent = number.group(2) != null;
        return percent && most > 100 ? Optional.empty() : Optional.of(new RejectBudget(OptionalLong.of(most), percent));
    }

    /** Whether every row has to be looked at before the first is sent. */
    boolean isLimited() {
        return most.isPresent();
    }

    boolean isExceeded(long rejects, long rows) {
        return most.isPresent() && (percent ? rejects * 100 > most.getAsLong() * rows : rejects > most.getAsLong());
    }

    /** As a message says it. */
    String words() {
        return most.isEmpty() ? "any number" : most.getAsLong() + (percent ? " %" : "");
    }
}
