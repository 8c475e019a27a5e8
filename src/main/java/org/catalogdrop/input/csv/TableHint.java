package org.catalogdrop.input.csv;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.catalogdrop.input.stream.ReadFaults;
import org.catalogdrop.input.stream.Utf8;
import org.catalogdrop.input.text.DecodingStack;
import org.catalogdrop.input.xlsx.Workbook;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Table;

/**
 * Looks for the table of a drop whose header is not where it was expected, so that a message can say where it seems to be. Immutable.
 *
 * @param mapped the columns that a mapping reads; empty for the standard ones
 */
public record TableHint(DecodingStack layers, Set<String> mapped) {

    /**
     * A possible header.
     *
     * @param first whether nothing is above it
     */
    private record Spot(String sheet, TopRows.Top top, boolean first, boolean all, long known) {}

    /** Returns a sentence after a space; empty if nothing is found. */
    public String sentence(List<Dialect> ways) {
        Optional<Spot> best = Optional.empty();
        for (String sheet : sheets()) {
            DecodingStack whole = layers.with(Table.PLAIN.withSheet(sheet));
            for (Dialect way : ways) {
                Optional<Spot> spot = spot(sheet, TopRows.of(whole, way.csv()));
                if (spot.isPresent() && (best.isEmpty() || isBetter(spot.get(), best.get()))) {
                    best = spot;
                }
            }
        }
        return best.map(this::sentence).orElse("");
    }

    /** Returns whether the first sheet has rejected rows; such a sheet has another name than the one that the rows come from. */
    public boolean isOfRejects() {
        return TopRows.of(layers.with(Table.PLAIN), Dialect.OF_WORKBOOKS)
                .first()
                .filter(top -> top.header().isOfRejects())
                .isPresent();
    }

    /** Returns the sheet with the most rows below something like a header; empty for the first sheet. */
    public String likelySheet() {
        List<String> sheets = sheets();
        String best = "";
        int most = 0;
        for (String sheet : sheets) {
            TopRows rows = TopRows.of(layers.with(Table.PLAIN.withSheet(sheet)), Dialect.OF_WORKBOOKS);
            int below = rows.likely()
                    .filter(top -> top.header().filled() > 1)
                    .map(top -> rows.below(top.line()))
                    .orElse(0);
            if (below > most) {
                most = below;
                best = sheet.equals(sheets.get(0)) ? "" : sheet;
            }
        }
        return best;
    }

    private List<String> sheets() {
        if (!layers.workbook()) {
            return List.of("");
        }
        try {
            return Workbook.names(layers.file(), layers.limits());
        } catch (IOException e) {
            throw ReadFaults.unreadable(e);
        }
    }

    private Optional<Spot> spot(String sheet, TopRows rows) {
        if (!mapped.isEmpty()) {
            return rows.withAll(mapped).map(top -> new Spot(sheet, top, rows.isFirst(top), true, mapped.size()));
        }
        return rows.withMost(mapped)
                .or(() -> rows.likely().filter(top -> top.header().filled() > 1 && rows.goesOnAfter(top.line())))
                .map(top -> new Spot(
                        sheet, top, rows.isFirst(top), false, top.header().known(mapped)));
    }

    private static boolean isBetter(Spot one, Spot other) {
        return one.known() > other.known()
                || (one.known() == other.known()
                        && one.top().header().filled() > other.top().header().filled());
    }

    private String sentence(Spot spot) {
        boolean workbook = layers.workbook();
        String first = workbook ? sheets().get(0) : "";
        boolean otherSheet = !spot.sheet().equals(first);
        int line = spot.top().line();
        String place = (workbook ? "row " : "line ")
                + line
                + (otherSheet ? " of the sheet '" + NormalizedName.show(Utf8.excerpt(spot.sheet(), 100)) + "'" : "");
        String keys = (otherSheet ? "sheet: \"" + Utf8.excerpt(spot.sheet(), 100) + "\"" : "")
                + (otherSheet && line > 1 ? " and " : "")
                + (line > 1 ? "header: " + line : "");
        if (!otherSheet && spot.first() && !spot.all()) {
            // That is where it was expected.
            return spot.top().header().isOfNames()
                    ? " If these are the names of columns, write a mapping for them."
                    : " If the header is elsewhere, write a mapping with header: and the number of its "
                            + (workbook ? "row." : "line.");
        }
        String found = spot.all() ? "All columns that the mapping reads are in " : "The header seems to be ";
        return " " + found + place + " (" + spot.top().header().shown() + ")."
                + (keys.isEmpty()
                        ? " Write a mapping for these columns."
                        : spot.all()
                                ? " Write " + keys + " into the mapping and drop the file again."
                                : " Write a mapping with " + keys + ".");
    }
}
