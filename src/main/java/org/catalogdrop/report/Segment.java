package org.catalogdrop.report;

/**
 * A part of the bar that shows how the rows of a drop ended.
 *
 * @param word how they ended
 * @param count how many
 * @param from where it begins, in thousandths of the bar
 * @param width how wide it is, in thousandths of the bar
 */
public record Segment(String word, long count, double from, double width) {

    /** Returns its class in the style sheet. */
    public String style() {
        return switch (word) {
            case "created", "add" -> "created";
            case "updated", "update" -> "updated";
            case "deleted", "delete" -> "deleted";
            case "rejected", "in_doubt" -> word;
            default -> "idle";
        };
    }
}
