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
 */
public record HistoryView(String words, String kind, List<Line> lines, String older, String newest) {

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
