package org.catalogdrop.preview;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.catalogdrop.config.Settings;
import org.catalogdrop.input.DropInspector;
import org.catalogdrop.input.DropReader;
import org.catalogdrop.input.row.FormatHints;
import org.catalogdrop.mapping.draft.MappingDraft;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.Table;

/**
 * The first and last rows of a drop whose mapping is not known yet, and where they were found. Long texts are cut, and of long rows there are
 * fewer. Immutable.
 *
 * @param name the name of the drop
 * @param header its columns if it has them in a header
 * @param rows its first and last rows
 * @param table where its table is
 * @param sheets the names of the sheets, if it is a workbook
 */
public record DropSample(String name, List<String> header, List<Row> rows, Table table, List<String> sheets) {

    private static final int FIRST = 1000;
    private static final int LAST = 20;
    /** A longer text is neither a number nor a date nor a word. */
    private static final int LONGEST_CELL = 2000;
    /** Several samples are kept while their mapping files are edited. */
    private static final long MOST_CHARACTERS = 4 << 20;

    /**
     * Reads the sample. If the quotes make no sense, they may be written as MySQL does.
     *
     * @throws DropRefused if the file cannot be a drop
     */
    public static DropSample read(Path file, String name, Settings.Drops drops) throws IOException {
        FormatHints expected = drops.expected();
        try {
            return read(file, name, drops, expected);
        } catch (DropRefused refused) {
            if (refused.problem().code() != Code.QUOTE) {
                throw refused;
            }
            try {
                return read(file, name, drops, expected.with(Table.PLAIN.withEscape(Optional.of('\\'))));
            } catch (DropRefused neither) {
                throw refused;
            }
        }
    }

    private static DropSample read(Path file, String name, Settings.Drops drops, FormatHints expected)
            throws IOException {
        Drop drop = DropInspector.ofAnyColumns(drops.limits(), expected).glance(file, name);
        List<Row> rows = new ArrayList<>();
        List<String> header;
        try (DropReader reading = DropReader.open(drop, drops.limits())) {
            Iterator<Row> all = reading.rows();
            header = reading.columns();
            long characters = 0;
            while (rows.size() < FIRST && characters < MOST_CHARACTERS && all.hasNext()) {
                Row row = cut(all.next());
                characters += row.cells().stream().mapToLong(CellText::size).sum();
                rows.add(row);
            }
            rows.addAll(last(all));
        }
        return new DropSample(name, header, rows, drop.shape().table(), DropInspector.sheets(drop, drops.limits()));
    }

    private static Row cut(Row row) {
        return new Row(
                row.number(),
                row.line(),
                row.columns(),
                row.cells().stream()
                        .map(cell -> CellText.cut(cell, LONGEST_CELL))
                        .toList(),
                row.problem());
    }

    /** Returns the last of the remaining rows, as far as they can be read: remarks below a table are not in its first rows. */
    private static List<Row> last(Iterator<Row> rows) {
        ArrayDeque<Row> last = new ArrayDeque<>();
        try {
            while (rows.hasNext()) {
                last.addLast(cut(rows.next()));
                if (last.size() > LAST) {
                    last.removeFirst();
                }
            }
        } catch (DropRefused unreadable) {
            // A load of it reports that.
        }
        return List.copyOf(last);
    }

    /**
     * Returns the draft of a mapping file for the drop.
     *
     * @param list the list it is for
     * @param elements returns whether the list has an element with this id
     */
    public MappingDraft draft(Account.Catalog list, LongPredicate elements) {
        return new MappingDraft(name, list, header, rows, table, sheets, elements);
    }
}
