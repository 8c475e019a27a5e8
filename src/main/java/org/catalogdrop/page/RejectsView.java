package org.catalogdrop.page;

import java.util.List;

/**
 * What the page of rejected rows shows.
 *
 * @param folder the results folder as it is shown
 * @param address its address
 * @param file the rejects file
 * @param from how many rows are before those shown
 * @param before the address of the rows before; empty if there are none
 * @param after the address of the rows behind; empty if there are none
 * @param columns the columns
 * @param rows the rows
 * @param fixed how many of them would be sent now
 */
public record RejectsView(
        String folder,
        String address,
        String file,
        int from,
        String before,
        String after,
        List<String> columns,
        List<Line> rows,
        long fixed) {

    /**
     * A row.
     *
     * @param row its number
     * @param chosen whether it is loaded with the others
     * @param code why it is rejected; empty if it would be sent
     * @param message the reason
     * @param cells its cells
     */
    public record Line(long row, boolean chosen, String code, String message, List<Field> cells) {}

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
