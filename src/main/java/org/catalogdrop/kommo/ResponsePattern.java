package org.catalogdrop.kommo;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a line of {@link ResponseRule} is known by.
 *
 * @param places where it is seen: HTTP statuses ({@code 400}, {@code 5xx}), {@code row} for an error that is told of one row, or what came
 *     in place of an answer
 * @param codes the API's codes, of which it has one; empty if it has no particular one
 * @param words what its text matches, if it has no code; none if it does not matter
 */
record ResponsePattern(List<String> places, List<String> codes, Pattern words) {

    /** Whatever error is told of one row. */
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
