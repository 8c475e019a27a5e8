package org.catalogdrop.page;

import java.util.List;

/**
 * What the page of a file that was brought shows.
 *
 * @param id identifies it
 * @param name its name
 * @param waits whether it has to wait for an approval in the inbox
 * @param events whether more will become known
 * @param facts what was found, a name and a value each
 * @param columns its columns
 * @param rows its first rows
 * @param problem why it cannot be loaded as it is; empty if it can
 * @param needsMapping whether a mapping file should be made
 * @param hasMapping whether a mapping file is for it
 * @param canMap whether its columns can be given a meaning
 * @param plan what a load would do
 */
public record FileView(
        String id,
        String name,
        boolean waits,
        boolean events,
        List<Fact> facts,
        List<String> columns,
        List<List<String>> rows,
        String problem,
        boolean needsMapping,
        boolean hasMapping,
        boolean canMap,
        Planned plan) {

    /**
     * A fact.
     *
     * @param name what it is of
     * @param value what it is
     */
    public record Fact(String name, String value) {}

    /**
     * A plan.
     *
     * @param state {@code waiting}, {@code made}, or empty if there will be none
     * @param refusals why the drop would be refused as a whole
     * @param counts how many rows by what would be done with them
     * @param facts requests, least time and the like
     * @param causes why rows would be rejected
     * @param changes some changes
     */
    public record Planned(
            String state,
            List<String> refusals,
            List<Fact> counts,
            List<Fact> facts,
            List<Cause> causes,
            List<Before> changes) {

        static final Planned NONE = new Planned("", List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /**
     * A cause of rejects.
     *
     * @param rows how many rows
     * @param code the stable code
     * @param column the column at fault
     * @param message the reason of the first row
     */
    public record Cause(String rows, String code, String column, String message) {}

    /**
     * A change.
     *
     * @param row the number of the row
     * @param element the element
     * @param field the field
     * @param before the value before
     * @param after the value after
     */
    public record Before(long row, String element, String field, String before, String after) {}

    /** Returns whether the button that loads it is there. */
    public boolean isLoadable() {
        return problem.isEmpty() && !events;
    }
}
