package org.catalogdrop.mapping.value;

/** Parses whole numbers as ids are written: digits only, no sign, no leading zero, so that what is sent is what the drop has. Stateless. */
public final class UnsignedNumber {

    private UnsignedNumber() {}

    /** Returns the number, or -1 if the text is invalid or beyond {@link Long#MAX_VALUE}. */
    public static long of(String text) {
        int length = text.length();
        if (length == 0 || length > 19 || (length > 1 && text.charAt(0) == '0')) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < length; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number < 0 ? -1 : number; // 19 digits overflow at most once
    }

    /** Returns whether the text is one or more digits, of any value. */
    public static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
