package org.catalogdrop.mapping;

import java.util.regex.Pattern;

/** What spreadsheets do to texts: {@code ="00123"} keeps zeros, {@code '00123} marks text, {@code 4,00638E+12} has lost its last digits. */
final class SpreadsheetText {

    /** As a spreadsheet shows a number for which its column is too narrow: one digit before the decimals, a sign and two digits behind. */
    private static final Pattern SHORTENED = Pattern.compile("[+-]?[1-9](?:[.,](\\d{1,14}))?E\\+(\\d{2,3})");

    private SpreadsheetText() {}

    /** Returns the text within {@code ="…"}; any other cell as it is. */
    static Object unwrapped(Object cell) {
        if (!(cell instanceof String text) || text.length() < 3 || text.charAt(0) != '=') {
            return cell;
        }
        String plain = text.strip();
        if (plain.length() < 3 || plain.charAt(1) != '"' || plain.charAt(plain.length() - 1) != '"') {
            return cell;
        }
        String inner = plain.substring(2, plain.length() - 1);
        // A single quote mark inside ends the text: then it is a formula.
        return inner.replace("\"\"", "").indexOf('"') >= 0 ? cell : inner.replace("\"\"", "\"");
    }

    /** Whether a text is a number that was saved with fewer digits than it has. */
    static boolean hasLostDigits(Object cell) {
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

    /** Whether a text begins with the apostrophe by which spreadsheets and exports mark text that looks like a number or formula. */
    static boolean isMarked(Object cell) {
        return cell instanceof String text
                && text.length() > 1
                && text.charAt(0) == '\''
                && (Character.isDigit(text.charAt(1)) || "=+-@".indexOf(text.charAt(1)) >= 0);
    }
}
