package org.catalogdrop.input.row;

import java.nio.charset.Charset;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;
import org.catalogdrop.input.stream.Utf8;
import org.catalogdrop.input.xlsx.BadCell;
import org.catalogdrop.input.xlsx.CellType;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.NormalizedName;

/**
 * The first record of a CSV drop that is not blank. Immutable.
 *
 * @param columns the names in it, without white space around them and byte order marks before them; columns without a name are ignored
 */
public record Header(List<String> columns) {

    private static final int SHOWN = 200;
    private static final char MARK = '\uFEFF';

    public static Header of(CSVRecord record) {
        return new Header(
                Stream.of(record.values()).map(Utf8::decode).map(Header::name).toList());
    }

    private static String name(String cell) {
        int start = 0;
        while (start < cell.length() && cell.charAt(start) == MARK) {
            start++;
        }
        return cell.substring(start).strip();
    }

    /** Returns whether a record is blank, so that the header is still to come. */
    public static boolean isBlank(CSVRecord record) {
        for (String cell : record) {
            if (!cell.isBlank()) {
                return false;
            }
        }
        return true;
    }

    /** Returns how many of the columns have a meaning. */
    public long known(Set<String> mapped) {
        Set<String> plain = mapped.stream().map(NormalizedName::folded).collect(Collectors.toSet());
        return columns.stream()
                .filter(name ->
                        ColumnRules.known(name) || mapped.contains(name) || plain.contains(NormalizedName.folded(name)))
                .count();
    }

    /** Returns whether a name is in single quotes, which may then be the quote of the cells. */
    public boolean isInSingleQuotes() {
        return columns.stream().anyMatch(name -> name.startsWith("'"));
    }

    /** Returns this header without the type marks of workbook cells, for example of a year above a column of numbers. */
    public Header unmarked(boolean workbook) {
        return workbook && columns.stream().anyMatch(name -> CellType.isMarked(name) || BadCell.isMarked(name))
                ? new Header(columns.stream()
                        .map(name -> BadCell.unmarked(CellType.unmarked(name)))
                        .toList())
                : this;
    }

    /** Returns this header, if it is valid in the charset, or if the invalid names are not read. */
    public Header decodable(Charset charset, boolean workbook, Set<String> mapped) {
        boolean standard = mapped.isEmpty() && columns.stream().anyMatch(ColumnRules::known);
        if (standard || (!mapped.isEmpty() && hasAll(mapped))) {
            return this;
        }
        for (String column : columns) {
            OptionalInt bad = workbook && CellType.isMarked(column) ? OptionalInt.empty() : Utf8.firstBadByte(column);
            if (bad.isPresent() && workbook) {
                String name = "at position " + (columns.indexOf(column) + 1);
                throw new DropRefused(
                        Code.NO_HEADER, "The first row cannot be the header: " + BadCell.refusal(name, column));
            }
            if (bad.isPresent()) {
                throw new DropRefused(
                        Code.NO_HEADER,
                        "The header line is not " + charset.name() + ": column " + (columns.indexOf(column) + 1)
                                + " has the byte " + hex(bad.getAsInt())
                                + ". Save the file as UTF-8, or set drop.charset, and drop it again.");
            }
        }
        return this;
    }

    public boolean hasAll(Set<String> names) {
        return names.stream().allMatch(this::has);
    }

    /** Returns the number of cells that are not empty. */
    public int filled() {
        return (int) columns.stream().filter(name -> !name.isBlank()).count();
    }

    /** Returns whether all of its cells may be names of columns. */
    public boolean isOfNames() {
        List<String> names = columns.stream().filter(name -> !name.isBlank()).toList();
        return names.stream()
                        .allMatch(name -> !CellType.isMarked(name)
                                && !BadCell.isMarked(name)
                                && name.chars().anyMatch(Character::isLetter))
                && ColumnRules.firstDouble(names).isEmpty();
    }

    /** Returns whether it has a name in the same place as another header. */
    public boolean repeats(Header other) {
        for (int i = 0; i < Math.min(columns.size(), other.columns().size()); i++) {
            if (!columns.get(i).isBlank()
                    && columns.get(i).equals(other.columns().get(i))) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether it is the header of a rejects file. */
    public boolean isOfRejects() {
        List<String> names = columns.stream().map(ColumnRules::ofRejects).toList();
        return names.containsAll(List.of(ColumnRules.CODE, ColumnRules.COLUMN, ColumnRules.MESSAGE));
    }

    /** Returns its columns, for a message. */
    public String shown() {
        return Utf8.excerpt(
                NormalizedName.show(String.join(" | ", unmarked(true).columns())), SHOWN);
    }

    private boolean has(String name) {
        String plain = NormalizedName.of(name);
        return columns.stream().anyMatch(column -> NormalizedName.of(column).equalsIgnoreCase(plain));
    }

    /** Returns this header, if no standard column appears twice. */
    public Header distinct() {
        ColumnRules.firstDouble(columns.stream().filter(ColumnRules::known).toList())
                .ifPresent(name -> {
                    throw new DropRefused(
                            Code.DOUBLE_HEADER,
                            "The header line has the column '" + NormalizedName.show(name)
                                    + "' twice, so its cells are ambiguous. Rename or remove one"
                                    + " of them and drop the file again.");
                });
        return this;
    }

    /**
     * Returns the refusal of a drop whose columns have no meaning.
     *
     * @param place where the header was expected
     * @param hint where it seems to be, as a sentence after a space; empty if nothing is known
     */
    public DropRefused meaningless(String place, String hint) {
        return new DropRefused(
                Code.NO_HEADER,
                place
                        + " has no known column. Expected a header line with some of action, id, catalog_id, name,"
                        + " request_id, updated_at, cf:ID or columns of a mapping, separated by comma, semicolon, tab or bar; found: "
                        + shown()
                        + "."
                        + (hint.isEmpty()
                                ? " Put a header line first, or write a mapping for these columns. If the cells are split wrongly,"
                                        + " set drop.delimiter or drop.quote."
                                : hint));
    }

    public static String hex(int bite) {
        return String.format("0x%02X", bite);
    }
}
