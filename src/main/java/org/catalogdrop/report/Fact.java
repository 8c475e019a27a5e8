package org.catalogdrop.report;

/**
 * A line of a list of facts.
 *
 * @param name its subject
 * @param value its value
 */
public record Fact(String name, String value) {

    /** Truncates the value to what a page can show. */
    public Fact {
        value = DisplayText.of(value, 600);
    }
}
