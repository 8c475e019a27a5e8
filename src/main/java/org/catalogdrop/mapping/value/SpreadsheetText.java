package org.catalogdrop.mapping.value;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import org.catalogdrop.model.Key;
import org.catalogdrop.model.Row;

/**
 * What spreadsheets do to texts: {@code ="00123"} and {@code =00123} keep zeros, {@code '00123} marks text, {@code 4,00638E+12} has lost
 * its last digits. Stateless.
 */
public final class SpreadsheetText {

    /**
     * A number as a spreadsheet shows it if its column is too narrow: one digit before the decimals, then a sign and two digits of
     * exponent.
     */
    private static final Pattern SHORTENED = Pattern.compile("[+-]?[1-9](?:[.,](\\d{1,14}))?E\\+(\\d{2,3})");

    /** A number in exponent form as programs write one of eight digits or more. No article code looks like that. */
    private static final Pattern EXPONENT = Pattern.compile("[+-]?([1-9])[.,](\\d{1,18})[Ee]\\+?(\\d{1,2})");

    private static final Pattern DIGITS = Pattern.compile("=[0-9]+");

    private static final int LEAST_EXPONENT = 7;

    private SpreadsheetText() {}

    /** Returns the text within {@code ="…"}, or the digits after {@code =}; any other cell as it is. */
    public static Object unwrapped(Object cell) {
        if (!(cell instanceof String text) || text.length() < 2 || text.charAt(0) != '=') {
            return cell;
        }
        String plain = text.strip();
        if (DIGITS.matcher(plain).matches()) {
            return plain.substring(1);
        }
        if (plain.length() < 3 || plain.charAt(1) != '"' || plain.charAt(plain.length() - 1) != '"') {
            return cell;
        }
        String inner = plain.substring(2, plain.length() - 1);
        // A single quote character inside ends the text; then it is a formula.
        return inner.replace("\"\"", "").indexOf('"') >= 0 ? cell : inner.replace("\"\"", "\"");
    }

    /** Returns whether a text of a file is changed, rejected or reported when it is read, because spreadsheets write such texts. */
    public static boolean isDoubtful(String text) {
        return !unwrapped(text).equals(text) || hasLostDigits(text) || isInExponentForm(text) || isMarked(text);
    }

    /** Returns whether a text is a number that was saved with fewer digits than it has. */
    public static boolean hasLostDigits(Object cell) {
        if (!(cell instanceof String text) || text.indexOf('+') < 2) {
            return false;
        }
        var number = SHORTENED.matcher(text.strip());
        if (!number.matches()) {
            return false;
        }
        int decimals = number.group(1) == null ? 0 : number.group(1).length();
        return decimals < Integer.parseInt(number.group(2));
    }

    /** Returns the number of a text in exponent form that has all its digits, {@code 4.006381333931E12}; else empty. */
    public static Optional<String> wholeNumber(Object cell) {
        return exponent(cell).filter(number -> number.scale() >= 0).map(BigDecimal::toPlainString);
    }

    /** Returns whether a text is a number in exponent form, which may have lost digits or leading zeros. */
    public static boolean isInExponentForm(Object cell) {
        return exponent(cell).isPresent();
    }

    /** Returns whether a JSON number is in exponent form and has fewer digits than its exponent needs, {@code 4.00638E+12}. */
    public static boolean lacksDigits(Row.Literal number) {
        String text = number.text();
        return hasLostDigits(text)
                || (isInExponentForm(text) && wholeNumber(text).isEmpty());
    }

    private static Optional<BigDecimal> exponent(Object cell) {
        if (!(cell instanceof String text)
                || (text.indexOf('E') < 0 && text.indexOf('e') < 0)
                || Character.isLetter(text.charAt(0))) {
            return Optional.empty();
        }
        var number = EXPONENT.matcher(Key.plain(text));
        return number.matches() && Integer.parseInt(number.group(3)) >= LEAST_EXPONENT
                ? Optional.of(new BigDecimal(number.group(1) + "." + number.group(2))
                        .scaleByPowerOfTen(Integer.parseInt(number.group(3))))
                : Optional.empty();
    }

    /**
     * Returns whether a text begins with the apostrophe with which spreadsheets and exports mark text that looks like a number or
     * formula.
     */
    public static boolean isMarked(Object cell) {
        return cell instanceof String text
                && text.length() > 1
                && text.charAt(0) == '\''
                && (Character.isDigit(text.charAt(1)) || "=+-@".indexOf(text.charAt(1)) >= 0);
    }
}
