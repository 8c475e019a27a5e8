package org.catalogdrop.page;

import java.util.List;
import java.util.Optional;

/**
 * What the page of rejected rows shows.
 *
 * @param address its address
 * @param file the rejects file
 * @param notice why nothing was loaded; empty if nothing was to be
 * @param parts the part of the file that is shown
 * @param state what the form carries
 * @param columns the columns
 * @param rows the rows
 * @param fixed how many of them would be sent now
 */
public record RejectsView(
        String address,
        String file,
        String notice,
        Parts parts,
        State state,
        List<String> columns,
        List<Line> rows,
        long fixed) {

    /**
     * The part of the file that is shown.
     *
     * @param from how many rows are before it
     * @param before where the part before begins; -1 if there is none
     * @param after where the part behind begins; -1 if there is none
     * @param elsewhere how many rows of other parts are ticked
     */
    public record Parts(int from, int before, int after, long elsewhere) {}

    /**
     * What the form carries from one answer to the next.
     *
     * @param source SHA-256 of the rejects file
     * @param seen the number of the last load from it
     * @param opened the parts that were opened
     * @param ticked the ticked rows of other parts
     * @param shown the rows that are shown
     * @param cells the changed cells of other parts
     */
    public record State(String source, long seen, String opened, String ticked, String shown, List<Carried> cells) {}

    /**
     * A changed cell of another part.
     *
     * @param row its row
     * @param name the name of its input
     * @param text its text
     */
    public record Carried(int row, String name, String text) {}

    /**
     * What became of a row when it was loaded from here before.
     *
     * @param drop the name of its drop
     * @param at when
     * @param link the address of the drop; empty if there is none
     * @param outcome what became of it
     * @param rejects where the rejected rows of that drop can be corrected; empty if this row is none of them
     */
    public record Before(String drop, String at, String link, String outcome, String rejects) {}

    /**
     * A row.
     *
     * @param row its number
     * @param chosen whether it is loaded with the others
     * @param code why it is rejected; empty if it would be sent
     * @param message the reason
     * @param cells its cells
     * @param before its last load from here
     */
    public record Line(
            long row, boolean chosen, String code, String message, List<Field> cells, Optional<Before> before) {}

    /**
     * A cell.
     *
     * @param input the name of its input; empty if it cannot be edited here
     * @param text its text
     * @param label its column and row, for those who do not see the table
     * @param lines whether it has several lines
     * @param fault whether the row is rejected for it
     */
    public record Field(String input, String text, String label, boolean lines, boolean fault) {}

    /**
     * The list of results with rejects.
     *
     * @param folders the folders, the newest first
     */
    public record Folders(List<Folder> folders) {}

    /**
     * A results folder with rejects.
     *
     * @param name its name as it is shown
     * @param file the rejects file
     * @param address its address
     * @param size the size of the rejects file
     */
    public record Folder(String name, String file, String address, String size) {}
}
