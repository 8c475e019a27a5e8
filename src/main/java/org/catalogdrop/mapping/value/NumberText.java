package org.catalogdrop.mapping.value;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.catalogdrop.model.Key;

/**
 * Converts numbers from the form in which people write them to the API's form, digit for digit: {@code -1.234,50} is {@code -1234.50}.
 * The mapping file names the separators, nothing is guessed, and a text that does not fit is no number. A dash instead of decimals is
 * read only beside symbols, of prices. Immutable.
 *
 * @param decimal the decimal separator
 * @param thousands the separator of groups of three digits; empty if there is none
 * @param signs the symbols of currencies or units that may be before or after it
 */
public record NumberText(String decimal, String thousands, List<String> signs) {

    private static final int GROUP = 3;
    private static final Pattern EXPONENT = Pattern.compile("(\\d{1,20}(?:\\.\\d{1,20})?)[Ee]([+-]?\\d{1,2})");

    /** A price without decimals: {@code 12.-} or {@code 12,--}. */
    private static final Pattern DASH = Pattern.compile(".*\\d[.,][-\u2212\u2013\u2014]{1,2}");

    /** Makes a format without symbols. */
    public NumberText(String decimal, String thousands) {
        this(decimal, thousands, List.of());
    }

    /** Returns the number with a point and without groups; empty if the text is invalid. */
    public Optional<String> of(String text) {
        String body = unsigned(text);
        boolean brackets = body.length() > 2 && body.startsWith("(") && body.endsWith(")");
        if (brackets) {
            body = unsigned(Key.plain(body.substring(1, body.length() - 1)));
        }
        boolean dash = !signs.isEmpty() && DASH.matcher(body).matches();
        if (dash) {
            body = body.substring(0, Math.max(body.lastIndexOf('.'), body.lastIndexOf(',')));
        }
        boolean before = isMinus(body, 0);
        boolean behind = !before && body.length() > 1 && isMinus(body, body.length() - 1);
        boolean negative = before || behind || brackets;
        if ((dash && behind) || (brackets && (before || behind)) || (body.startsWith("+") && (brackets || behind))) {
            return Optional.empty();
        }
        if (before || body.startsWith("+")) {
            body = unsigned(body.substring(1));
        } else if (behind) {
            body = unsigned(body.substring(0, body.length() - 1));
        }
        Optional<String> exponent = exponent(body);
        if (exponent.isPresent()) {
            return exponent.map(found -> (negative ? "-" : "") + found);
        }
        int point = body.indexOf(decimal);
        String whole = point < 0 ? body : body.substring(0, point);
        String fraction = point < 0 ? "" : body.substring(point + decimal.length());
        if (point >= 0 && (dash || !UnsignedNumber.isDigits(fraction))) {
            return Optional.empty();
        }
        Optional<String> digits = point == 0 ? Optional.of("0") : ungrouped(whole);
        return digits.map(found -> (negative ? "-" : "") + found + (point < 0 ? "" : "." + fraction));
    }

    /** Returns a number in exponent form that has all its digits: {@code 1.2345E3}, but not {@code 1E5}, which may have had more. */
    private Optional<String> exponent(String text) {
        if (text.indexOf('E') < 0 && text.indexOf('e') < 0) {
            return Optional.empty();
        }
        var number = EXPONENT.matcher(text.replace(decimal, "."));
        if (!number.matches() || (text.contains(".") && !decimal.equals("."))) {
            return Optional.empty();
        }
        BigDecimal value = new BigDecimal(number.group(1)).scaleByPowerOfTen(Integer.parseInt(number.group(2)));
        return value.scale() >= 0 ? Optional.of(value.toPlainString()) : Optional.empty();
    }

    private static boolean isMinus(String text, int at) {
        return at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '\u2212');
    }

    /** Returns a text without one symbol of a currency or unit at one of its ends, and without the blanks between. */
    private String unsigned(String text) {
        for (String sign : signs) {
            if (text.length() > sign.length() && text.startsWith(sign)) {
                return Key.plain(text.substring(sign.length()));
            }
            if (text.length() > sign.length() && text.endsWith(sign)) {
                return Key.plain(text.substring(0, text.length() - sign.length()));
            }
        }
        return text;
    }

    /** Returns the possible meanings of a text whose groups begin with 0, {@code 0.125}; empty if it is no such text. */
    public String readings(String text) {
        String digits = text.replaceFirst("^[-+\u2212]", "");
        String sign = isMinus(text, 0) ? "-" : "";
        if ((!".".equals(thousands) && !",".equals(thousands))
                || !digits.matches("0\\d{0,2}(" + Pattern.quote(thousands) + "\\d{3})+")) {
            return "";
        }
        String grouped = sign + digits.replace(thousands, "").replaceFirst("^0+(?=\\d)", "");
        Optional<String> decimals = new NumberText(thousands, "").of(digits);
        return decimals.isEmpty()
                ? ""
                : ". With %s between thousands it is %s, with %s before decimals it is %s; the text does not show which is meant"
                        .formatted(Quoted.text(thousands), grouped, Quoted.text(thousands), sign + decimals.get());
    }

    /** Returns the digits of groups of three, of which only the first may be shorter; or of no groups at all. */
    private Optional<String> ungrouped(String text) {
        if (UnsignedNumber.isDigits(text)) {
            return Optional.of(text);
        }
        if (thousands.isEmpty()) {
            return Optional.empty();
        }
        if (text.startsWith("0")) {
            return Optional.empty(); // no one groups zeros: 0.125 is a number with decimals
        }
        StringBuilder digits = new StringBuilder();
        int inGroup = 0;
        boolean first = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
                inGroup++;
            } else if (separates(c) && (first ? inGroup >= 1 && inGroup <= GROUP : inGroup == GROUP)) {
                first = false;
                inGroup = 0;
            } else {
                return Optional.empty();
            }
        }
        return inGroup == GROUP ? Optional.of(digits.toString()) : Optional.empty();
    }

    /**
     * Returns whether a character separates groups. Any unbreakable space counts as a space, and the curved apostrophe as an apostrophe.
     */
    private boolean separates(char c) {
        char mark = thousands.charAt(0);
        return c == mark
                || (mark == ' ' && (c == '\u00A0' || c == '\u202F' || c == '\u2009'))
                || (mark == '\'' && c == '\u2019');
    }
}
