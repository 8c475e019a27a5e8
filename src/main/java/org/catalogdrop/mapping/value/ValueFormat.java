package org.catalogdrop.mapping.value;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.catalogdrop.model.NormalizedName;

/**
 * How values are written in a drop. Immutable.
 *
 * @param decimal the decimal separator, one character
 * @param thousands the separator of groups of three digits, one character; empty if there is none
 * @param pattern the pattern of dates, as in {@link java.time.format.DateTimeFormatter}; empty for ISO 8601
 * @param zone the zone of their times; empty if it is the account's
 * @param locale the language of month names
 * @param trueWords the words for yes
 * @param falseWords the words for no
 * @param signs the symbols of currencies or units that may be before or after a number
 * @param emptyWords the words for an empty cell
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

    /** Returns this format with times without a zone. */
    public ValueFormat withoutZone() {
        return withDates(pattern, Optional.empty(), locale);
    }

    /** Returns this format with dates in another form. */
    public ValueFormat withDates(String otherPattern, Optional<ZoneId> otherZone, Locale language) {
        return new ValueFormat(
                decimal, thousands, otherPattern, otherZone, language, trueWords, falseWords, signs, emptyWords);
    }

    /** Returns whether a text is a word for an empty cell. */
    public boolean isEmptyWord(String text) {
        return !emptyWords.isEmpty() && emptyWords.contains(NormalizedName.of(text));
    }

    /** The value that a draft writes if the drop does not show how its values are written. A mapping file with it is invalid. */
    public static final String UNDECIDED = "?";

    public static final ValueFormat PLAIN = new ValueFormat(
            ".",
            "",
            "",
            Optional.empty(),
            Locale.ROOT,
            List.of("1", "true", "yes"),
            List.of("0", "false", "no"),
            List.of(),
            List.of());
}
