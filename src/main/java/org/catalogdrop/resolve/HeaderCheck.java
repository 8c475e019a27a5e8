package org.catalogdrop.resolve;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.catalogdrop.input.DropInspector;
import org.catalogdrop.input.stream.ReadLimits;
import org.catalogdrop.mapping.Column;
import org.catalogdrop.mapping.ColumnsMet;
import org.catalogdrop.mapping.Mapping;
import org.catalogdrop.mapping.StandardMapping;
import org.catalogdrop.mapping.rule.SkipRule;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.Skip;

/** Checks whether the columns of a drop are those of its mapping, at its first row and before anything is sent. Immutable. */
public record HeaderCheck(MappingFolder folder, Drop drop, ReadLimits limits, boolean unknownRefused) {

    private static final String CORRECT = " Correct the mapping or the drop, and drop it again.";

    /** @throws DropRefused COLUMN_MISSING or NO_MAPPING if they are not */
    Iterator<Row> check(ResolvedMapping meaning, Iterator<Row> rows) {
        if (!rows.hasNext()) {
            return rows;
        }
        Row first = rows.next();
        if (first.problem().isPresent() && !drop.format().isCsv()) {
            // The row could not be read, so its columns say nothing about those of the others.
            return new FromFirstReadable(meaning, first, rows);
        }
        return checked(meaning, first, rows);
    }

    private Iterator<Row> checked(ResolvedMapping meaning, Row first, Iterator<Row> rows) {
        Iterator<Row> all = new Rows(first, rows, row -> {});
        if (meaning instanceof ResolvedMapping.OfFile file) {
            check(file, first);
            return all;
        }
        checkStandard(first.columns());
        if (!unknownRefused) {
            return all;
        }
        // A drop that is refused for its header has no results.
        requireKnown(first);
        return new Rows(first, rows, HeaderCheck::requireKnown);
    }

    /** Rows of JSON that begin with some that cannot be read; the columns are those of the first that can. */
    private final class FromFirstReadable implements Iterator<Row> {

        private final ResolvedMapping meaning;
        private Iterator<Row> rows;
        private boolean isChecked;

        private FromFirstReadable(ResolvedMapping meaning, Row first, Iterator<Row> rows) {
            this.meaning = meaning;
            this.rows = new Rows(first, rows, row -> {});
        }

        @Override
        public boolean hasNext() {
            return rows.hasNext();
        }

        @Override
        public Row next() {
            Row row = rows.next();
            if (isChecked || row.problem().isPresent()) {
                return row;
            }
            isChecked = true;
            rows = checked(meaning, row, rows);
            return rows.next();
        }
    }

    /**
     * Checks the columns in a pass over the whole drop before anything is sent. At its end it is known whether a column of the mapping is
     * in no row.
     *
     * @throws DropRefused COLUMN_MISSING at the end of the rows, if there is such a column
     */
    public Iterator<Row> checkWhole(ResolvedMapping meaning, Iterator<Row> rows) {
        Iterator<Row> fitting = check(meaning, rows);
        return meaning instanceof ResolvedMapping.OfFile file && !drop.format().isCsv()
                ? new Whole(file, fitting)
                : fitting;
    }

    private void check(ResolvedMapping.OfFile meaning, Row first) {
        List<String> columns = first.columns();
        if (StandardMapping.isConditional(columns)) {
            throw new DropRefused(
                    Code.NO_MAPPING,
                    "it has columns _was:…, which work only with the standard columns, but its name matches"
                            + " the mapping " + meaning.file().name()
                            + ". Rename it so that its name ends in .undo.csv, and drop it again.");
        }
        if (drop.format().isCsv()) {
            List<String> missing = meaning.file().missing(columns);
            if (!missing.isEmpty()) {
                String elsewhere =
                        DropInspector.hint(drop, limits, meaning.file().columns());
                throw missing(meaning, missing, columns, elsewhere.isEmpty() ? CORRECT : elsewhere);
            }
            meaning.file().twice(columns).ifPresent(name -> {
                throw new DropRefused(
                        Code.DOUBLE_HEADER,
                        "the header has the column '" + NormalizedName.show(name)
                                + "' twice, in the same letter case or another, and the mapping "
                                + meaning.file().name()
                                + " reads it, so its cells are ambiguous. Rename or remove one of them and drop the file"
                                + " again.");
            });
            return;
        }
        // A JSON row may leave out empty columns, but not all of them.
        ColumnsMet met = meaning.file().columnsMet();
        met.row(first);
        int wanted = meaning.file().columns().size();
        if (wanted > 0 && met.isNoneMet(wanted)) {
            refuse(meaning, met.missing(), met.shown());
        }
    }

    private static void refuse(ResolvedMapping.OfFile meaning, List<String> missing, List<String> columns) {
        if (!missing.isEmpty()) {
            throw missing(meaning, missing, columns, CORRECT);
        }
    }

    private static DropRefused missing(
            ResolvedMapping.OfFile meaning, List<String> missing, List<String> columns, String next) {
        return new DropRefused(
                Code.COLUMN_MISSING,
                "the mapping " + meaning.file().name() + " reads columns that the drop does not have: "
                        + String.join(", ", missing) + ". The drop has: " + shown(columns) + "." + next);
    }

    /** Collects the columns of all rows. */
    private static final class Whole implements Iterator<Row> {

        private final ResolvedMapping.OfFile meaning;
        private final Iterator<Row> rows;
        private final ColumnsMet met;
        private final Set<String> skipping;
        private final Optional<Mapping> skips;
        private boolean part;

        private Whole(ResolvedMapping.OfFile meaning, Iterator<Row> rows) {
            this.meaning = meaning;
            this.rows = rows;
            this.met = meaning.file().columnsMet();
            this.skipping =
                    meaning.file().skipRows().stream().map(SkipRule::column).collect(Collectors.toSet());
            this.skips = skipping.isEmpty() ? Optional.empty() : Optional.of(meaning.mapping());
        }

        @Override
        public boolean hasNext() {
            boolean more = rows.hasNext();
            // Corrected rejects are only a part of a drop. The other rows had the columns that these leave out.
            if (!more && !part) {
                refuse(meaning, met.missing(), met.shown());
            }
            return more;
        }

        @Override
        public Row next() {
            Row row = rows.next();
            part |= Column.isOfRejects(row.columns());
            if (skips.filter(mapping -> mapping.verdict(row) instanceof Skip).isPresent()) {
                met.skippedRow(row, skipping);
            } else {
                met.row(row);
            }
            return row;
        }
    }

    /**
     * Refuses a drop whose name fits no mapping file but whose columns are those of one: its name may be wrong, and its standard columns
     * must not be loaded alone.
     */
    private void checkStandard(List<String> columns) {
        List<String> unknown = StandardMapping.unknown(columns);
        if (unknown.isEmpty()) {
            return;
        }
        if (unknown.size() == columns.size() && !folder.describeDrops().isEmpty()) {
            throw new DropRefused(
                    Code.NO_MAPPING,
                    "none of its columns is a standard column (" + shown(columns) + "), and no mapping fits the name '"
                            + NormalizedName.show(drop.name()) + "': " + folder.describeDrops()
                            + ". Rename the drop or widen 'drops' of the mapping, and drop it again.");
        }
        for (MappingFolder.RawFile file : folder.files()) {
            List<String> read = unknown.stream()
                    .filter(column -> MappingFolder.columns(file).stream()
                            .map(NormalizedName::folded)
                            .anyMatch(NormalizedName.folded(column)::equals))
                    .toList();
            if (!read.isEmpty()) {
                throw new DropRefused(
                        Code.NO_MAPPING,
                        "the columns " + shown(read) + " belong to a mapping, but no mapping fits the name '"
                                + NormalizedName.show(drop.name()) + "': " + folder.describeDrops()
                                + ". Rename the drop, widen 'drops' of the mapping, or rename the columns, and drop it again.");
            }
        }
    }

    private static void requireKnown(Row row) {
        List<String> unknown = StandardMapping.unknown(row.columns());
        if (!unknown.isEmpty()) {
            throw new DropRefused(
                    Code.UNKNOWN_COLUMN,
                    "row " + row.number() + " (line " + row.line() + ") has unknown columns: "
                            + shown(unknown)
                            + ". The setting drop.unknown-columns=refuse refuses such drops. Nothing was sent. Correct or remove"
                            + " the columns, or write a mapping file for the drop, and drop it again.");
        }
    }

    private static String shown(List<String> columns) {
        List<String> shown = new ArrayList<>(
                columns.stream().limit(50).map(NormalizedName::show).toList());
        if (columns.size() > shown.size()) {
            shown.add("…");
        }
        return String.join(", ", shown);
    }

    /** The first row, put back, and the rest; one whose columns are not those of the row before is shown to the check. */
    private static final class Rows implements Iterator<Row> {

        private final Iterator<Row> rest;
        private final Consumer<Row> check;
        private Optional<Row> first;
        private List<String> last = List.of();

        private Rows(Row first, Iterator<Row> rest, Consumer<Row> check) {
            this.first = Optional.of(first);
            this.rest = rest;
            this.check = check;
        }

        @Override
        public boolean hasNext() {
            return first.isPresent() || rest.hasNext();
        }

        @Override
        public Row next() {
            Row row = first.orElseGet(rest::next);
            first = Optional.empty();
            if (row.columns() != last) {
                last = row.columns();
                check.accept(row);
            }
            return row;
        }
    }
}
