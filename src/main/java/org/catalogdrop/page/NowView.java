package org.catalogdrop.page;

import java.util.List;
import java.util.Optional;

/**
 * What the first page shows.
 *
 * @param load the load under way; empty if there is none
 * @param hints why nothing or little is sent, and what needs a person
 * @param requests how many requests a second are sent, of how many that are allowed
 * @param inFlight requests under way
 * @param chunkRows most rows in a request at the moment
 * @param queue the first drops of the inbox, the next one first
 * @param queued how many drops are in the inbox; negative if that is not known
 */
public record NowView(
        Optional<Load> load,
        List<Hint> hints,
        String requests,
        int inFlight,
        int chunkRows,
        List<Queued> queue,
        int queued) {

    /**
     * A load under way.
     *
     * @param drop its name
     * @param step what it does, in words
     * @param done rows that have an outcome
     * @param rows all rows; 0 while they are not counted
     * @param percent how far it is
     * @param rate rows a second; empty while it is not known
     * @param left how long it will take; empty while that is not known
     * @param since when it began
     * @param outcomes rows by outcome
     */
    public record Load(
            String drop,
            String step,
            long done,
            long rows,
            int percent,
            String rate,
            String left,
            String since,
            List<Amount> outcomes) {}

    /**
     * A number with its word.
     *
     * @param word the word
     * @param count the number
     */
    public record Amount(String word, long count) {}

    /**
     * A text that needs attention.
     *
     * @param level good, warning, or bad if a person has to act
     * @param text the text
     */
    public record Hint(String level, String text) {}

    /**
     * A drop of the inbox.
     *
     * @param name its name
     * @param size its size
     * @param state what it waits for
     */
    public record Queued(String name, String size, String state) {}
}
