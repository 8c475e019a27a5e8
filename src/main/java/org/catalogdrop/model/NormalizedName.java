package org.catalogdrop.model;

import java.text.Normalizer;
import java.util.Locale;

/**
 * The plain form of a name: of a column, a file, a field or the label of an option. Two names that look the same have the same plain
 * form, whatever stands in them that nobody sees: kinds and numbers of blanks, line breaks, characters without a width, and letters with
 * their accents in one character or in two.
 */
public final class NormalizedName {

    private NormalizedName() {}

    /** Returns the plain form of a name, in its letter case; the same object if it is plain already. */
    public static String of(String name) {
        if (isPlainAscii(name)) {
            return name;
        }
        StringBuilder plain = new StringBuilder(name.length());
        boolean blank = false;
        for (int i = 0; i < name.length(); ) {
            int c = name.codePointAt(i);
            i += Character.charCount(c);
            if (isBlank(c)) {
                blank = true;
            } else if (!isUnseen(c)) {
                if (blank && plain.length() > 0) {
                    plain.append(' ');
                }
                blank = false;
                plain.appendCodePoint(c);
            }
        }
        return Normalizer.normalize(plain, Normalizer.Form.NFC);
    }

    /** Returns the plain form of a name in small letters, for names of which the letter case does not matter. */
    public static String folded(String name) {
        return of(name).toLowerCase(Locale.ROOT);
    }

    /** Returns the name for a message, with each invisible character written as {@code \\u00A0}; a usual blank stays. */
    public static String show(String name) {
        StringBuilder shown = new StringBuilder(name.length());
        name.codePoints().forEach(c -> {
            if (c == ' ' || !(isBlank(c) || isUnseen(c) || isHalf(c))) {
                shown.appendCodePoint(c);
            } else {
                shown.append("\\u%04X".formatted(c));
            }
        });
        return shown.toString();
    }

    private static boolean isPlainAscii(String name) {
        boolean blank = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c >= 0x7F || (c == ' ' && blank)) {
                return false;
            }
            blank = c == ' ';
        }
        return !blank || name.isEmpty();
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85 || c == 0x2800 || c == 0x3164;
    }

    /** Returns whether a character has no width: control and format characters, selectors of a variant, and fillers. */
    private static boolean isUnseen(int c) {
        return Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT
                || (c >= 0xFE00 && c <= 0xFE0F)
                || c == 0x34F
                || c == 0x115F
                || c == 0x1160
                || c == 0xFFA0;
    }

    private static boolean isHalf(int c) {
        return Character.getType(c) == Character.SURROGATE;
    }
}
