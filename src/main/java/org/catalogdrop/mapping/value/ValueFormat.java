package org.catalogdrop.mapping.value;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.catalogdrop.model.NormalizedName;

/**
 * How values are written in a drop.
 *
 * @param decimal the decimal separator, one character
 * @param thousands what groups digits by three, one character; empty if nothing does
 * @param pattern how dates are written, in the letters of {@link java.time.format.DateTimeFormatter}; empty for ISO 8601
 * @param zone the zone of their times; empty if it is the account's
 * @param locale the language of month names
 * @param trueWords what means yes
 * @param falseWords what means no
 * @param signs what may stand before or behind a number, of a currency or unit
 * @param emptyWords what means that a cell is empty
 */
public record ValueFormat(
        String decimal,
        String thousands,
        String pattern,
        Optional<ZoneId> zone,
        Locale locale,
        List<String> trueWords,
        List<String> falseWords,
        List<String> signs,
        List<String> emptyWords) {

    public ValueFormat(
            String decimal,
            String thousands,
            String pattern,
            Optional<ZoneId> zone,
            Locale locale,
            List<String> trueWords,
            List<String> falseWords) {
        this(decimal, thousands, pattern, zone, locale, trueWords, falseWords, List.of(), List.of());
    }

    /** Returns the same with times in no zone. */
    public ValueFormat withoutZone() {
        return new ValueFormat(
                decimal, thousands, pattern, Optional.empty(), locale, trueWords, falseWords, signs, emptyWords);
    }

    /** Returns whether a text is a word that means that the cell is empty. */
    public boolean isEmptyWord(String text) {
        return !emptyWords.isEmpty() && emptyWords.contains(NormalizedName.of(text));
    }

    /** What a draft writes where the drop does not show how its values are written; no mapping with it is valid. */
    public static final String UNDECIDED = "?";

    public static final ValueFormat PLAIN = new ValueFormat(
            ".", "", "", Optional.empty(), Locale.ROOT, List.of("1", "true", "yes"), List.of("0", "false", "no"));
}
