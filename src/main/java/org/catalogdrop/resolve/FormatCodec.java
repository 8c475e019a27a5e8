package org.catalogdrop.resolve;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.input.row.FormatHints;
import org.catalogdrop.mapping.rule.CsvSettings;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.PhysicalFormat;
import org.catalogdrop.model.Table;

/** Encodes and decodes how drops are written: as the mapping file says, or else the settings. Stateless. */
public final class FormatCodec {

    private static final String WITHOUT_BLANK_ROWS = ",cells";

    private FormatCodec() {}

    /**
     * @param otherwise the values of the settings
     * @param words the values of the mapping file, which were checked when it was parsed
     */
    public static FormatHints expected(FormatHints otherwise, CsvSettings words, Table table) {
        return new FormatHints(
                text(words.charset()).map(Charset::forName).or(otherwise::charset),
                text(words.delimiter()).map(word -> word.charAt(0)).or(otherwise::delimiter),
                text(words.quote())
                        .map(word -> new FormatHints.Quote(Optional.of(word.charAt(0))))
                        .or(otherwise::quote),
                table);
    }

    private static Optional<String> text(String word) {
        return Optional.of(word).filter(one -> !one.isEmpty());
    }

    /** Returns the text that the journal keeps, because a resumed load must read its rows in the same way. */
    public static String encode(PhysicalFormat shape) {
        String quote = shape.quote().map(FormatCodec::code).orElse("none");
        return shape.charset().name() + "," + code(shape.delimiter()) + "," + quote
                + (shape.table().blankRows() ? "" : WITHOUT_BLANK_ROWS)
                + encode(shape.table());
    }

    private static String encode(Table table) {
        return (table.header() == Table.FIRST ? "" : ",header=" + table.header())
                + (table.sheet().isEmpty() ? "" : ",sheet=" + plain(table.sheet()))
                + (table.rows().isEmpty() ? "" : ",rows=" + plain(table.rows()))
                + table.escape().map(sign -> ",escape=" + code(sign)).orElse("")
                + (table.missingCells() ? ",missing_cells=empty" : "")
                + (table.merged() == Table.Merged.REJECT
                        ? ""
                        : ",merged_cells=" + table.merged().name());
    }

    /** Returns the table from its text form. */
    static Table table(List<String> parts) {
        Table table = Table.PLAIN;
        for (String one : parts) {
            String value = one.substring(one.indexOf('=') + 1);
            table = switch (one.replaceFirst("=.*", "")) {
                case "header" -> table.withHeader(Integer.parseInt(value));
                case "sheet" -> table.withSheet(URLDecoder.decode(value, StandardCharsets.UTF_8));
                case "rows" -> table.withRows(URLDecoder.decode(value, StandardCharsets.UTF_8));
                case "escape" -> table.withEscape(Optional.of(sign(value)));
                case "missing_cells" -> table.withMissingCells(true);
                case "merged_cells" -> table.withMerged(Table.Merged.valueOf(value));
                default -> table;
            };
        }
        return table;
    }

    private static String plain(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    /** Returns the drop with its rows numbered as when its load began; earlier versions also counted rows of delimiters alone. */
    public static Drop numbered(Drop drop, Optional<String> begun) {
        return begun.filter(parts -> parts.contains(WITHOUT_BLANK_ROWS)).isPresent()
                ? drop
                : drop.with(drop.shape().with(drop.shape().table().withBlankRows()));
    }

    /** Returns the character of a code in the journal. */
    static char sign(String code) {
        return (char) Integer.parseInt(code, 16);
    }

    private static String code(char sign) {
        return Integer.toHexString(sign);
    }
}
