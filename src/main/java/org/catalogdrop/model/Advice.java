package org.catalogdrop.model;

/**
 * What an answer of the API means for the size of the next requests.
 *
 * @param kind what to do
 * @param most the most operations in a request that the API named; 0 if it named no number
 */
public record Advice(Kind kind, int most) {

    /** The size of the request was fine. */
    public static final Advice NONE = of(Kind.NONE);

    /** The kinds of advice. */
    public enum Kind {
        /** Change nothing. */
        NONE,
        /** The request took too long: send fewer operations for a while. */
        FEWER,
        /** The request was too large: never send so many operations again. */
        CEILING,
        /** The request was refused as a whole because of some of its operations: bisect it to find them. */
        APART
    }

    /**
     * Returns advice without a number.
     *
     * @param kind what to do
     * @return the advice
     */
    public static Advice of(Kind kind) {
        return new Advice(kind, 0);
    }
}
