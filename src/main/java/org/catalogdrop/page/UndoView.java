package org.catalogdrop.page;

import java.util.List;

/**
 * The plan of an undo.
 *
 * @param path the address of the drop's page
 * @param drop the name of the drop
 * @param planned whether there is a plan
 * @param planning whether it is being made
 * @param digest the digest of the file that would be loaded
 * @param counts what would be done, with the number of rows
 * @param notes more about it
 * @param rejects rows that would be left as they are, and why
 * @param changes some of the changes
 */
public record UndoView(
        String path,
        String drop,
        boolean planned,
        boolean planning,
        String digest,
        List<NowView.Amount> counts,
        List<String> notes,
        List<String> rejects,
        List<Change> changes) {

    /**
     * A change of an element.
     *
     * @param element the element
     * @param field the field; empty for the whole element
     * @param before its value
     * @param after its value after the undo
     */
    public record Change(String element, String field, String before, String after) {}
}
