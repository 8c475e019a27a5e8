package org.catalogdrop.model;

/** Writes a number with its noun in the singular or plural. Stateless. */
public final class Plural {

    private Plural() {}

    /**
     * Returns a number with its noun: {@code 1 row}, {@code 2 rows}.
     *
     * @param number how many
     * @param one the noun in the singular; the plural adds an s
     * @return number and noun
     */
    public static String of(long number, String one) {
        return of(number, one, one + "s");
    }

    /**
     * Returns a number with its words: {@code 1 row is}, {@code 2 rows are}.
     *
     * @param number how many
     * @param one the words for one
     * @param others the words for any other number
     * @return number and words
     */
    public static String of(long number, String one, String others) {
        return number + " " + (number == 1 ? one : others);
    }
}
