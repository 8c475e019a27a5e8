package org.catalogdrop.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.catalogdrop.model.SafeText;

/** Prepares text of drops and accounts for a page: short, and without control characters. Stateless. */
public final class DisplayText {

    /** The most characters of a cell; more helps nobody, and the page stays small. */
    public static final int LONGEST = 200;

    private static final char REPLACEMENT = '\uFFFD';

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private DisplayText() {}

    /** Returns a time to the second, in UTC. */
    public static String of(Instant time) {
        return TIME.format(time);
    }

    /** Returns at most {@value #LONGEST} characters of a text. */
    public static String of(String text) {
        return of(text, LONGEST);
    }

    /**
     * Returns the beginning of a text. Control characters and marks that change the direction of writing are shown as {@code \\u202E}.
     *
     * @param longest how many characters are shown; {@code …} replaces the rest
     */
    public static String of(String text, int longest) {
        String cut = text.length() <= longest ? text : text.substring(0, longest) + "…";
        StringBuilder whole = new StringBuilder(cut.length());
        cut.codePoints()
                .forEach(c -> whole.appendCodePoint(Character.getType(c) == Character.SURROGATE ? REPLACEMENT : c));
        return SafeText.of(whole.toString());
    }
}
