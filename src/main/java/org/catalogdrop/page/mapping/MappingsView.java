package org.catalogdrop.page.mapping;

import java.util.List;

/**
 * The list of the mapping files.
 *
 * @param folder where they are
 * @param files the files
 */
public record MappingsView(String folder, List<Line> files) {

    /**
     * A mapping file.
     *
     * @param address its page
     * @param name its name
     * @param drops the names of the files it is for
     * @param target the list, and what a row does
     * @param fault its first fault; empty if it has none
     * @param used the last file that was loaded with it; empty if none is known
     */
    public record Line(String address, String name, String drops, String target, String fault, String used) {}
}
