package org.catalogdrop.model;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Normalizes names of columns, files, fields and options. Names that look the same become the same: kinds and numbers of blanks, line
 * breaks, characters without width, and Unicode composition do not matter. Stateless.
 */
public final class NormalizedName {

    /** An API may cut a name that is longer. */
    private static final int LEAST_CUT = 60;

    private static final Pattern ENTITY = Pattern.compile("&(#\\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,6});");
    private static final Pattern TAG = Pattern.compile("<[^>]*(>|$)");
    private static final Pattern MARKS = Pattern.compile("[<>\"'&\\\\\\p{Cf}]");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}\\p{Cc}]+");
    private static final Pattern LOST = Pattern.compile("[\\x{10000}-\\x{10FFFF}?\\x{FFFD}]");
    /** The form of all names with characters that an API may lose. */
    static final String LOSSY = "?";

    private NormalizedName() {}

    /**
     * Returns the normalized form of a name. The letter case stays.
     *
     * @param name a name
     * @return its normalized form; the same object if it is ASCII with single spaces already
     */
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

    /**
     * Returns the normalized form in lower case, for names whose letter case does not matter.
     *
     * @param name a name
     * @return its normalized form in lower case
     */
    public static String folded(String name) {
        return of(name).toLowerCase(Locale.ROOT);
    }

    /**
     * Returns a name for a message: each invisible character is written like {@code \\u00A0}. Normal spaces stay.
     *
     * @param name a name
     * @return the name with its invisible characters escaped
     */
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

    /**
     * Reduces a name to a form that names share if an API may store them as the same one. It may remove tags, entities and backslashes,
     * reduce blanks, compose characters, cut a long name, or lose characters of four bytes. Names with such characters, or with what it may
     * write instead of them, share one form, since what is left of them can be any name.
     *
     * @param name a name as it is sent
     * @return the name itself if it is short, with single spaces and without special characters
     */
    static String asStored(String name) {
        String text = name.strip();
        if (isStoredAsSent(text)) {
            return text;
        }
        String bare = MARKS.matcher(
                        TAG.matcher(ENTITY.matcher(text).replaceAll("")).replaceAll(""))
                .replaceAll("");
        String whole = Normalizer.normalize(bare, Normalizer.Form.NFKC);
        if (LOST.matcher(whole).find()) {
            return LOSSY;
        }
        String form = BLANKS.matcher(whole).replaceAll(" ").strip();
        String kept = form.substring(0, Math.min(form.length(), LEAST_CUT)).strip();
        return kept.isEmpty() ? text : kept;
    }

    private static boolean isStoredAsSent(String text) {
        if (text.length() > LEAST_CUT) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isKept(c) || (c == ' ' && text.charAt(i - 1) == ' ')) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether every API keeps a character: ASCII without special meaning, and letters that no composition changes. */
    private static boolean isKept(char c) {
        return switch (c) {
            case '<', '>', '"', '\'', '&', '\\', '?' -> false;
            default -> (c >= ' ' && c <= '~') || (c >= 0xC0 && c <= 0x131) || (c >= 0x400 && c <= 0x45F);
        };
    }
}
