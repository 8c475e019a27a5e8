package org.catalogdrop.app;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.catalogdrop.mapping.StandardMapping;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Row;

/** Whether the columns of a drop are those of its meaning; seen at its first row, before anything is sent. */
record Fitting(MappingFolder folder, Drop drop) {

    /** @throws DropRefused COLUMN_MISSING or NO_MAPPING if they are not */
    Iterator<Row> check(Meaning meaning, Iterator<Row> rows) {
        if (!rows.hasNext()) {
            return rows;
        }
        Row first = rows.next();
        if (first.problem().isPresent() && !drop.format().isCsv()) {
            // It could not be read, so its columns tell nothing of the others.
            return new Rows(first, rows);
        }
        if (meaning instanceof Meaning.OfFile file) {
            check(file, first.columns());
        } else {
            checkStandard(first.columns());
        }
        return new Rows(first, rows);
    }

    private void check(Meaning.OfFile meaning, List<String> columns) {
        if (StandardMapping.isConditional(columns)) {
            throw new DropRefused(
                    Code.NO_MAPPING,
                    "it has columns _was:…, which are a condition and go with the standard columns only, but its name is that of drops"
                            + " of the mapping " + meaning.file().name()
                            + ". Name it so that it ends in .undo.csv, and drop it again.");
        }
        List<String> missing = meaning.file().missing(columns);
        // A JSON row may leave out what is empty, but not all there is.
        boolean refused = drop.format().isCsv()
                ? !missing.isEmpty()
                : !missing.isEmpty()
                        && missing.size() == meaning.file().columns().size();
        if (refused) {
            throw new DropRefused(
                    Code.COLUMN_MISSING,
                    "the mapping " + meaning.file().name() + " reads columns that the drop does not have: "
                            + String.join(", ", missing) + ". The drop has: " + shown(columns)
                            + ". Correct the mapping or the drop, and drop it again.");
        }
    }

    /** A drop whose name fits no mapping may be one whose name is mistaken: half of it must not be taken for the whole. */
    private void checkStandard(List<String> columns) {
        List<String> unknown = StandardMapping.unknown(columns);
        if (unknown.isEmpty()) {
            return;
        }
        if (unknown.size() == columns.size() && !folder.told().isEmpty()) {
            throw new DropRefused(
                    Code.NO_MAPPING,
                    "none of its columns is a standard one (" + shown(columns) + "), and no mapping fits the name '"
                            + drop.name() + "': " + folder.told()
                            + ". Rename the drop or widen 'drops' of the mapping, and drop it again.");
        }
        for (MappingFolder.Lying file : folder.files()) {
            List<String> read = unknown.stream()
                    .filter(column -> MappingFolder.columns(file).stream().anyMatch(column::equalsIgnoreCase))
                    .toList();
            if (!read.isEmpty()) {
                throw new DropRefused(
                        Code.NO_MAPPING,
                        "the columns " + shown(read) + " are those of a mapping, but no mapping fits the name '"
                                + drop.name() + "': " + folder.told()
                                + ". Rename the drop, widen 'drops' of the mapping, or rename the columns, and drop it again.");
            }
        }
    }

    private static String shown(List<String> columns) {
        List<String> shown = new ArrayList<>(columns.subList(0, Math.min(columns.size(), 50)));
        if (columns.size() > shown.size()) {
            shown.add("…");
        }
        return String.join(", ", shown);
    }

    /** The first row, put back, and the rest. */
    private static final class Rows implements Iterator<Row> {

        private final Iterator<Row> rest;
        private Row first;
        private boolean begun;

        private Rows(Row first, Iterator<Row> rest) {
            this.first = first;
            this.rest = rest;
        }

        @Override
        public boolean hasNext() {
            return !begun || rest.hasNext();
        }

        @Override
        public Row next() {
            if (!begun) {
                begun = true;
                return first;
            }
            if (!rest.hasNext()) {
                throw new NoSuchElementException();
            }
            return rest.next();
        }
    }
}
