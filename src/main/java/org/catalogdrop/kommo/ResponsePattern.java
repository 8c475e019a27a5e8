package org.catalogdrop.kommo;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The pattern of answers to which a line of {@link ResponseRule} applies.
 *
 * @param places where it applies: HTTP statuses ({@code 400}, {@code 5xx}), {@code row} for an error of a single row, or what came
 *     instead of an answer
 * @param codes the API's codes, one of which the answer has; empty if the code does not matter
 * @param words the pattern of its text, if it has no code; none if the text does not matter
 */
record ResponsePattern(List<String> places, List<String> codes, Pattern words) {

    /** The place of all errors of a single row. */
    static final String A_ROW = "row";

    private static final Pattern ANY = Pattern.compile("");

    static ResponsePattern at(String... places) {
        return new ResponsePattern(List.of(places), List.of(), ANY);
    }

    ResponsePattern codes(String... some) {
        return new ResponsePattern(places, List.of(some), words);
    }

    ResponsePattern words(String regex) {
        return new ResponsePattern(places, codes, Pattern.compile(regex));
    }

    boolean isOn(String place, String code, String text) {
        return isAt(place) && (isBare() || codes.contains(code) || hasWords(code, text));
    }

    private boolean isAt(String place) {
        return places.contains(place)
                || (Character.isDigit(place.charAt(0)) && places.contains(place.charAt(0) + "xx"));
    }

    private boolean isBare() {
        return codes.isEmpty() && words == ANY;
    }

    private boolean hasWords(String code, String text) {
        return words != ANY && code.isEmpty() && words.matcher(text).find();
    }
}
