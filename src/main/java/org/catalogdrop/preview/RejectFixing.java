package org.catalogdrop.preview;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.catalogdrop.config.Settings;
import org.catalogdrop.input.DropReader;
import org.catalogdrop.journal.RejectLoad.LoadedReject;
import org.catalogdrop.mapping.Mapping;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Reject;
import org.catalogdrop.model.RejectMark;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.Sha256;
import org.catalogdrop.model.Status;
import org.catalogdrop.preview.RejectTable.RejectCell;
import org.catalogdrop.preview.RejectTable.RejectRow;
import org.catalogdrop.resolve.MappingResolver;
import org.catalogdrop.resolve.ResolvedMapping;
import org.catalogdrop.results.reject.RejectFile;

/**
 * Fixes rows of a rejects file: shows them, judges them by the mapping that a load would use, and writes a file of the same form. Safe for
 * many threads.
 */
public final class RejectFixing {

    /** The columns that a rejects file has beside those of the drop. */
    private static final Set<String> OURS = Set.of("_code", "_column", "_message", "_mapping", "_types");

    /** A longer text is not edited in a page. */
    private static final int LONGEST = 2000;

    private final MappingResolver mappings;
    private final Settings.Drops drops;

    public RejectFixing(MappingResolver mappings, Settings.Drops drops) {
        this.mappings = mappings;
        this.drops = drops;
    }

    /**
     * The rows of a page.
     *
     * @param file the rejects file
     * @param name the name under which it would be dropped
     * @param from how many rows are before them
     * @param most how many they are at most
     */
    public record Part(Path file, String name, int from, int most) {}

    /** What a person wrote into the cells: a text by row number and place of the cell. */
    public interface Edits {

        /** Nobody wrote anything. */
        Edits NONE = (row, cell) -> Optional.empty();

        /** Returns the text that is now in a cell; empty if the cell was not shown. */
        Optional<String> text(long row, int cell);
    }

    /**
     * A file of rows that were fixed.
     *
     * @param file the file
     * @param source SHA-256 of the rejects file
     * @param rows the rows in it
     */
    public record Fixed(Path file, String source, List<LoadedReject> rows) {}

    private record Read(Drop drop, ResolvedMapping meaning, List<Row> rows, boolean more) {}

    private interface Reading<T> {
        T of(Drop drop, ResolvedMapping meaning, Iterator<Row> rows) throws IOException;
    }

    /**
     * Returns the rows with what was written into them, each judged as a load would.
     *
     * @param account is asked if the mapping has names
     */
    public RejectTable table(Part part, Edits edits, Supplier<Account> account) throws IOException {
        Read read = read(part, account);
        Mapping mapping = read.meaning().mapping();
        List<String> columns = read.rows().stream()
                .flatMap(row -> shown(row).mapToObj(i -> row.columns().get(i)))
                .distinct()
                .toList();
        List<RejectRow> rows = new ArrayList<>();
        for (Row row : read.rows()) {
            Row edited = edited(row, edits);
            Optional<Problem> problem = problem(mapping, edited);
            rows.add(row(row, edited, problem, edits == Edits.NONE, columns));
        }
        return new RejectTable(read.drop().digest(), columns, rows, part.from(), read.more());
    }

    /**
     * A cell that was changed.
     *
     * @param row the number of its row
     * @param cell its place in the row
     * @param text its text now
     */
    public record ChangedCell(long row, int cell, String text) {}

    /** Returns the cells in which something else was written. */
    public List<ChangedCell> changes(Part part, Edits edits, Supplier<Account> account) throws IOException {
        List<ChangedCell> changes = new ArrayList<>();
        for (Row row : read(part, account).rows()) {
            Row edited = edited(row, edits);
            for (int i = 0; i < row.cells().size() && edited != row; i++) {
                if (!edited.cells().get(i).equals(row.cells().get(i))) {
                    changes.add(new ChangedCell(
                            row.number(), i, edits.text(row.number(), i).orElseThrow()));
                }
            }
        }
        return changes;
    }

    /** Returns the reason why each row would be rejected now, by its number; rows that would be sent are missing. */
    public Map<Long, Problem> problems(Part part, Edits edits, Supplier<Account> account) throws IOException {
        Read read = read(part, account);
        Mapping mapping = read.meaning().mapping();
        Map<Long, Problem> problems = new LinkedHashMap<>();
        for (Row row : read.rows()) {
            problem(mapping, edited(row, edits)).ifPresent(problem -> problems.put(row.number(), problem));
        }
        return problems;
    }

    /**
     * Writes the chosen rows as a file of the same form. A row that would still be rejected keeps its reason, so that a load does not take
     * it for one that was checked.
     *
     * @param file the rejects file
     * @param name the name under which it would be dropped
     * @param folder gets the file, and nothing else
     * @return the file; empty if no row was chosen
     * @throws DropRefused {@link Code#ROW_TOO_LONG} if a row has become too long for a spreadsheet, and the file is one
     */
    public Optional<Fixed> write(
            Path file, String name, Edits edits, LongPredicate chosen, Supplier<Account> account, Path folder)
            throws IOException {
        return reading(file, name, account, (drop, meaning, rows) -> {
            List<LoadedReject> written = new ArrayList<>();
            RejectFile fixed = new RejectFile(
                    folder, drop, meaning.displayName(), drops.results().of(drop));
            try (fixed) {
                while (rows.hasNext()) {
                    Row row = rows.next();
                    if (chosen.test(row.number())) {
                        Row edited = edited(row, edits);
                        Optional<Problem> problem = problem(meaning.mapping(), edited);
                        fixed.write(new Outcome(edited, "", action(edited), Status.REJECTED, 0, problem));
                        written.add(new LoadedReject(row.number(), content(row)));
                    }
                }
                fixed.finish();
            }
            requireOneFile(folder);
            return written.isEmpty() ? Optional.empty() : Optional.of(new Fixed(fixed.path(), drop.digest(), written));
        });
    }

    private static void requireOneFile(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            if (files.count() > 1) {
                throw new DropRefused(
                        Code.ROW_TOO_LONG,
                        "A row is too long for a spreadsheet, whose cells have at most 32,767 characters. Nothing was loaded."
                                + " Shorten its cells.");
            }
        }
    }

    /** Returns a hash of the cells that the drop had. */
    private static String content(Row row) {
        StringBuilder text = new StringBuilder();
        shown(row).forEach(i -> {
            String cell = CellText.of(row.cells().get(i));
            text.append(row.columns().get(i))
                    .append('=')
                    .append(cell.length())
                    .append(':')
                    .append(cell);
        });
        return HexFormat.of().formatHex(Sha256.of(text.toString()), 0, 16);
    }

    /** Returns the section of an API document that a row is in; other forms need none. */
    private static String action(Row row) {
        return CellText.of(row, "action");
    }

    private Read read(Part part, Supplier<Account> account) throws IOException {
        return reading(part.file(), part.name(), account, (drop, meaning, all) -> {
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < part.from() && all.hasNext(); i++) {
                all.next();
            }
            while (rows.size() < part.most() && all.hasNext()) {
                rows.add(all.next());
            }
            return new Read(drop, meaning, rows, all.hasNext());
        });
    }

    private <T> T reading(Path file, String name, Supplier<Account> account, Reading<T> work) throws IOException {
        MappingResolver.Dropped dropped = mappings.identify(file, name);
        ResolvedMapping unnamed = mappings.of(dropped);
        ResolvedMapping meaning = unnamed.isUnnamed() ? mappings.planned(unnamed, account.get()) : unnamed;
        try (DropReader reading = DropReader.open(dropped.drop(), drops.limits())) {
            return work.of(dropped.drop(), meaning, mappings.fitting(dropped.drop(), meaning, reading.rows()));
        }
    }

    private static Optional<Problem> problem(Mapping mapping, Row row) {
        return mapping.verdict(row) instanceof Reject reject ? Optional.of(reject.problem()) : Optional.empty();
    }

    /** Returns the places of the cells that the drop had. */
    private static IntStream shown(Row row) {
        return IntStream.range(0, Math.min(row.columns().size(), row.cells().size()))
                .filter(i -> !OURS.contains(row.columns().get(i).strip().toLowerCase(Locale.ROOT)));
    }

    private static RejectRow row(
            Row row, Row edited, Optional<Problem> now, boolean isFirstLook, List<String> columns) {
        // What a load said first: it may know more than the mapping, such as the answer of the API.
        boolean isAsLoaded = isFirstLook && now.isEmpty();
        String code = now.map(problem -> problem.code().word()).orElse(isAsLoaded ? CellText.of(row, "_code") : "");
        String column = now.map(Problem::column).orElse(isAsLoaded ? CellText.of(row, "_column") : "");
        String message = now.map(Problem::message).orElse(isAsLoaded ? CellText.of(row, "_message") : "");
        List<RejectCell> cells = new ArrayList<>();
        for (String name : columns) {
            int at = edited.columns().indexOf(name);
            boolean isThere = at >= 0 && at < edited.cells().size();
            Object cell = isThere ? edited.cells().get(at) : "";
            boolean atFault = NormalizedName.folded(name).equals(NormalizedName.folded(column));
            cells.add(new RejectCell(
                    CellText.of(cell),
                    isThere ? at : -1,
                    isThere && isEditable(row.cells().get(at)),
                    atFault));
        }
        return new RejectRow(row.number(), content(row), code, column, RejectMark.withoutMark(message), cells);
    }

    /** Returns whether a cell comes back from a page as it was: a form changes characters that no text should have. */
    private static boolean isEditable(Object cell) {
        String text = cell.toString();
        return !(cell instanceof Map<?, ?>)
                && !(cell instanceof List<?>)
                && text.length() <= LONGEST
                && text.codePoints()
                        .noneMatch(c -> Character.getType(c) == Character.SURROGATE
                                || (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t'));
    }

    private static Row edited(Row row, Edits edits) {
        if (edits == Edits.NONE) {
            return row;
        }
        List<Object> cells = new ArrayList<>(row.cells());
        shown(row).filter(i -> isEditable(row.cells().get(i))).forEach(i -> edits.text(row.number(), i)
                .ifPresent(text -> cells.set(i, edited(row.cells().get(i), text))));
        return cells.equals(row.cells()) ? row : new Row(row.number(), row.line(), row.columns(), cells, row.problem());
    }

    /** Returns a cell with another text. It stays a number, date or JSON value if the text is one; a form may change line ends. */
    private static Object edited(Object cell, String text) {
        String unix = text.replace("\r\n", "\n");
        if (unix.equals(CellText.of(cell).replace("\r\n", "\n"))) {
            return cell;
        }
        if (cell instanceof Row.Typed typed && isOf(typed.type(), unix)) {
            return new Row.Typed(typed.type(), unix);
        }
        boolean isLiteral = unix.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?|true|false");
        return cell instanceof Row.Literal && (isLiteral || unix.isEmpty())
                ? new Row.Literal(unix.isEmpty() ? "null" : unix)
                : unix;
    }

    private static boolean isOf(Row.Type type, String text) {
        return switch (type) {
            case NUMBER -> text.matches("-?\\d{1,15}(\\.\\d+)?");
            case DATE -> text.matches("\\d{4}-\\d\\d-\\d\\d( \\d\\d:\\d\\d:\\d\\d)?");
            case BOOLEAN -> text.matches("[01]");
        };
    }
}
