package org.catalogdrop.report;

/**
 * A line of a list of facts.
 *
 * @param name what it is about
 * @param value what is so
 */
public record Fact(String name, String value) {

    /** Cuts the value to what a page can show. */
    public Fact {
        value = DisplayText.of(value, 600);
    }
}
