package org.catalogdrop.input.xlsx;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a number looks like to a person.
 *
 * @param kind a number, or a date or time
 * @param digits the least digits of a whole number, which the format fills up with zeros
 */
record NumberFormat(Kind kind, int digits) {

    enum Kind {
        NUMBER,
        DATE,
        TIME,
        DATE_TIME,
        /** Hours beyond 24. */
        DURATION
    }

    static final NumberFormat NUMBER = new NumberFormat(Kind.NUMBER, 1);

    private static final Pattern ZEROS = Pattern.compile("0{2,20}");
    private static final Pattern ELAPSED = Pattern.compile("\\[(h+|m+|s+)]");

    /** Literal text, colours, conditions, locales, and the space of a character. */
    private static final Pattern NO_CODE = Pattern.compile("\"[^\"]*\"|\\\\.|\\[[^]]*]|_.|\\*.");

    /** Returns the formats that have a number and no code in the file (ECMA-376 part 1, 18.8.30). */
    static NumberFormat builtIn(String id) {
        return switch (id) {
            case "14", "15", "16", "17" -> new NumberFormat(Kind.DATE, 1);
            case "27", "28", "29", "30", "31", "36", "50", "51", "52", "53", "54", "57", "58" ->
                new NumberFormat(Kind.DATE, 1);
            case "18", "19", "20", "21", "32", "33", "34", "35", "45", "47", "55", "56" ->
                new NumberFormat(Kind.TIME, 1);
            case "22" -> new NumberFormat(Kind.DATE_TIME, 1);
            case "46" -> new NumberFormat(Kind.DURATION, 1);
            default -> NUMBER;
        };
    }

    static NumberFormat of(String code) {
        // The first section is for positive numbers.
        String section = code.toLowerCase(Locale.ROOT).split(";", 2)[0];
        if (ELAPSED.matcher(section).find()) {
            return new NumberFormat(Kind.DURATION, 1);
        }
        Matcher noCode = NO_CODE.matcher(section);
        String letters = noCode.replaceAll("");
        if (ZEROS.matcher(section).matches()) {
            return new NumberFormat(Kind.NUMBER, section.length());
        }
        boolean number = letters.contains("general") || (letters.matches(".*[0#?].*") && !letters.contains("s"));
        boolean date = letters.matches(".*[dy].*");
        boolean time = letters.matches(".*[hs].*");
        if (number || (!date && !time && !letters.contains("m"))) {
            return NUMBER;
        }
        Kind kind = date ? Kind.DATE : Kind.TIME;
        // Months alone are a date, minutes come with hours or seconds.
        kind = !date && !time ? Kind.DATE : kind;
        return new NumberFormat(date && time ? Kind.DATE_TIME : kind, 1);
    }
}
