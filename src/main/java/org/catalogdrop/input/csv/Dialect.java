package org.catalogdrop.input.csv;

import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.catalogdrop.input.text.CharsetDetection;
import org.catalogdrop.model.DetectedBy;
import org.catalogdrop.model.DropFormat;
import org.catalogdrop.model.Packing;
import org.catalogdrop.model.PhysicalFormat;
import org.catalogdrop.model.Table;

/**
 * The dialect of CSV.
 *
 * @param table where its table is, without what only the rows show
 */
public record Dialect(char delimiter, DetectedBy by, Optional<Character> quote, boolean sepLine, Table table) {

    /** The dialect of the CSV that is made of workbooks. */
    static final CSVFormat OF_WORKBOOKS = csv(',', PhysicalFormat.DOUBLE_QUOTE, Optional.empty());

    public DropFormat format() {
        if (!quote.equals(PhysicalFormat.DOUBLE_QUOTE) || table.escape().isPresent()) {
            return DropFormat.CSV_OTHER;
        }
        return switch (delimiter) {
            case ',' -> DropFormat.CSV_COMMA;
            case ';' -> DropFormat.CSV_SEMICOLON;
            case '\t' -> DropFormat.CSV_TAB;
            case '|' -> DropFormat.CSV_PIPE;
            default -> DropFormat.CSV_OTHER;
        };
    }

    public PhysicalFormat shape(Packing packing, CharsetDetection encoding) {
        return new PhysicalFormat(packing, encoding.charset(), encoding.by(), delimiter, by, quote, sepLine, table);
    }

    Dialect with(Table other) {
        return new Dialect(delimiter, by, quote, sepLine, other);
    }

    CSVFormat csv() {
        return csv(delimiter, quote, table.escape());
    }

    /** Returns how a parser must read CSV of a format. */
    public static CSVFormat csv(PhysicalFormat shape) {
        return csv(shape.delimiter(), shape.quote(), shape.table().escape());
    }

    private static CSVFormat csv(char delimiter, Optional<Character> quote, Optional<Character> escape) {
        return CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter)
                .setQuote(quote.orElse(null))
                .setEscape(escape.orElse(null))
                .setIgnoreEmptyLines(false)
                .get();
    }
}
