package org.catalogdrop.page;

import java.util.List;

/**
 * A drop of the history.
 *
 * @param path the address of its page
 * @param state its state
 * @param level good, warning or bad
 * @param facts what is known of it
 * @param files the files of its results
 * @param undo whether it can be undone
 * @param settle how many rows can be looked up again; 0 for none
 * @param results whether its results can be made again
 * @param rejects where its rejected rows can be corrected; empty if it has none
 * @param hint why something cannot be done; empty if it can
 */
public record DropView(
        String path,
        String state,
        String level,
        List<Fact> facts,
        List<File> files,
        boolean undo,
        long settle,
        boolean results,
        String rejects,
        String hint) {

    /**
     * A name with its value.
     *
     * @param name the name
     * @param value the value
     */
    public record Fact(String name, String value) {}

    /**
     * A file.
     *
     * @param link its address
     * @param name its name
     * @param size its size
     */
    public record File(String link, String name, String size) {}
}
