package org.catalogdrop.results.file;

import org.catalogdrop.model.Problem;

/** Prepares text of a drop for a file of ours. Stateless. */
public final class SafeCell {

    private static final String MARK = "\uFFFD";

    private SafeCell() {}

    static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    /** Returns whether it represents a byte that is not valid UTF-8. */
    static boolean isByte(int codePoint) {
        return codePoint >= 0xDC80 && codePoint <= 0xDCFF;
    }

    /** Returns the text as any reader of UTF-8 accepts it: invalid characters become U+FFFD. */
    public static String clean(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return marked(text);
            }
        }
        return text;
    }

    /**
     * Returns the problem in clean text, also in rejects: a bad byte quoted in a message would make the row bad again after the user
     * fixed its cells.
     */
    public static Problem clean(Problem problem) {
        return new Problem(problem.code(), clean(problem.column()), clean(problem.message()));
    }

    private static String marked(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isSurrogate(c)) {
                clean.append(MARK);
            } else {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString();
    }
}
