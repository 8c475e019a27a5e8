package org.catalogdrop.page;

import java.util.List;

/**
 * One page of drops, the newest first.
 *
 * @param words what is searched for
 * @param kind which drops, a word
 * @param lines the drops
 * @param older the address of the next page; empty if there is none
 * @param newest the address of the first page; empty if this is it
 * @param refused what is in the folder of refused drops
 */
public record HistoryView(String words, String kind, List<Line> lines, String older, String newest, Refused refused) {

    /**
     * Drops in the folder of refused drops.
     *
     * @param drops the latest of them
     * @param all how many there are
     */
    public record Refused(List<RefusedDrop> drops, int all) {

        static final Refused NONE = new Refused(List.of(), 0);
    }

    /**
     * A drop in the folder of refused drops.
     *
     * @param link the address of its page
     * @param report the address of its report; empty if there is none
     * @param drop its name
     * @param at when it was refused
     * @param reason why
     */
    public record RefusedDrop(String link, String report, String drop, String at, String reason) {}

    /**
     * A drop.
     *
     * @param link the address of its page
     * @param report the address of its report; empty if there is none
     * @param drop its name
     * @param entered when it came
     * @param rows the number of its rows; empty if it is not known
     * @param state its state
     * @param outcome its rows by outcome
     * @param level good, warning or bad
     */
    public record Line(
            String link,
            String report,
            String drop,
            String entered,
            String rows,
            String state,
            String outcome,
            String level) {}
}
