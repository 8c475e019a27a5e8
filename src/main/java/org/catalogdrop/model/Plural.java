package org.catalogdrop.model;

/** A number of things, in words. */
public final class Plural {

    private Plural() {}

    /** By the word for one: {@code 1 row}, {@code 2 rows}. */
    public static String of(long number, String one) {
        return of(number, one, one + "s");
    }

    /** By the words for one and for any other number, which may have their verb: {@code 1 row is}, {@code 2 rows are}. */
    public static String of(long number, String one, String others) {
        return number + " " + (number == 1 ? one : others);
    }
}
