package org.catalogdrop.mapping.value;

import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Row;

/** Checks whether a text can be sent: UTF-8 has no lone surrogates, and the API's texts no NUL. Stateless. */
public final class OutgoingText {

    private static final char FIRST_RAW_BYTE = 0xDC80;
    private static final char LAST_RAW_BYTE = 0xDCFF;

    private OutgoingText() {}

    /** Returns the index of the first character that cannot be sent, or -1. */
    public static int flawAt(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return i;
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c) || i + 1 == length || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    /** Returns the problem of a text at an index that {@link #flawAt} found. */
    public static Problem problem(String column, String text, int at) {
        char c = text.charAt(at);
        if (c >= FIRST_RAW_BYTE && c <= LAST_RAW_BYTE) {
            return new Problem(
                    Code.BAD_ENCODING,
                    column,
                    "column %s is not UTF-8: byte 0x%02X at character %d of %s. Save it as UTF-8."
                            .formatted(Quoted.text(column), c - 0xDC00, at + 1, Quoted.text(text)));
        }
        String found = c == 0 ? "a NUL" : "half a surrogate pair (U+%04X)".formatted((int) c);
        return new Problem(
                Code.BAD_TEXT,
                column,
                "column %s has %s at character %d of %s, which a text must not have. Remove it."
                        .formatted(Quoted.text(column), found, at + 1, Quoted.text(text)));
    }

    /** Returns the text of a cell. A JSON number in exponent form with all its digits is written without the exponent. */
    public static String digits(Object cell) {
        return cell instanceof Row.Literal number
                ? SpreadsheetText.wholeNumber(number.text()).orElse(number.text())
                : cell.toString();
    }

    /** Returns the text of a value: digit for digit, and 1 or 0 for true or false, as checkboxes take them. */
    public static String of(Object scalar) {
        String text = scalar.toString();
        if (scalar instanceof Row.Literal) {
            return text.equals("true") ? "1" : text.equals("false") ? "0" : text;
        }
        return text;
    }
}
