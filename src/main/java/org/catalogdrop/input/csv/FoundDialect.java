package org.catalogdrop.input.csv;

import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.catalogdrop.input.text.Encoding;
import org.catalogdrop.model.Format;
import org.catalogdrop.model.Packing;
import org.catalogdrop.model.Shape;
import org.catalogdrop.model.Table;
import org.catalogdrop.model.Witness;

/**
 * How CSV is written.
 *
 * @param table where its table is; without what only the rows tell
 */
public record FoundDialect(char delimiter, Witness by, Optional<Character> quote, boolean sepLine, Table table) {

    /** How the CSV is written that is made of workbooks. */
    static final CSVFormat OF_WORKBOOKS = csv(',', Shape.DOUBLE_QUOTE, Optional.empty());

    public Format format() {
        if (!quote.equals(Shape.DOUBLE_QUOTE) || table.escape().isPresent()) {
            return Format.CSV_OTHER;
        }
        return switch (delimiter) {
            case ',' -> Format.CSV_COMMA;
            case ';' -> Format.CSV_SEMICOLON;
            case '\t' -> Format.CSV_TAB;
            case '|' -> Format.CSV_PIPE;
            default -> Format.CSV_OTHER;
        };
    }

    public Shape shape(Packing packing, Encoding encoding) {
        return new Shape(packing, encoding.charset(), encoding.by(), delimiter, by, quote, sepLine, table);
    }

    FoundDialect with(Table other) {
        return new FoundDialect(delimiter, by, quote, sepLine, other);
    }

    CSVFormat csv() {
        return csv(delimiter, quote, table.escape());
    }

    /** How a parser is to read CSV of a shape. */
    public static CSVFormat csv(Shape shape) {
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
