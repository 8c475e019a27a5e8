package org.catalogdrop.page;

import java.util.List;

/**
 * What the page on which files are brought shows.
 *
 * @param limit the largest file
 * @param most its bytes
 * @param uploads files that were brought and not loaded
 * @param waiting drops of the inbox that wait for an approval
 */
public record BringView(String limit, long most, List<Brought> uploads, List<Waiting> waiting) {

    /**
     * A file that was brought.
     *
     * @param address its page
     * @param name its name
     * @param size its size
     */
    public record Brought(String address, String name, String size) {}

    /**
     * A drop that waits for an approval.
     *
     * @param name its name as it is shown
     * @param key its name
     * @param digest8 the first digits of its digest
     * @param made identifies its plan
     * @param plan the lines of its plan
     */
    public record Waiting(String name, String key, String digest8, String made, List<String> plan) {}
}
