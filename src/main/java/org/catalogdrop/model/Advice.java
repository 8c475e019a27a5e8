package org.catalogdrop.model;

/**
 * What an answer says of how the next requests are to be cut.
 *
 * @param kind what it advises
 * @param most the most operations the API named, 0 if it named no number
 */
public record Advice(Kind kind, int most) {

    /** The request was as it should be. */
    public static final Advice NONE = of(Kind.NONE);

    /** The kinds of advice. */
    public enum Kind {
        /** Nothing in particular. */
        NONE,
        /** It took too long: send fewer for a while. */
        FEWER,
        /** It was too large: never send so many again. */
        CEILING,
        /** It was refused as a whole, for some of its operations: find out which. */
        APART
    }

    public static Advice of(Kind kind) {
        return new Advice(kind, 0);
    }
}
