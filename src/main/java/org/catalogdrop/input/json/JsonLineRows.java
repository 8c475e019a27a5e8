package org.catalogdrop.input.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.catalogdrop.input.row.ColumnRules;
import org.catalogdrop.input.row.Header;
import org.catalogdrop.input.row.RowIterator;
import org.catalogdrop.input.stream.ReadFaults;
import org.catalogdrop.input.stream.Utf8;
import org.catalogdrop.input.text.LimitedInput;
import org.catalogdrop.input.text.LineReader;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Row;

/** The rows of JSON lines. Whatever is wrong with a line, the next one starts after its end. Used by one thread. */
public final class JsonLineRows extends RowIterator {

    private static final int SHOWN = 200;
    private static final String EXPECTED = "expected one JSON object on the line, like {\"name\":\"…\"}";

    private final LineReader lines;
    private final int rowBytes;
    private final String path;
    private final RowReader reader = new RowReader();
    private long number;

    /** @param path the names that lead to the row in the object of a line, such as {@code data.item}; empty if the object is the row */
    public JsonLineRows(LimitedInput text, int rowBytes, String path) {
        this.path = path;
        this.lines = new LineReader(text, rowBytes);
        this.rowBytes = rowBytes;
    }

    @Override
    public Row advance() {
        while (lines.next()) {
            if (lines.tooLong() || !lines.isBlank()) {
                number++;
                return lines.tooLong() ? tooLong() : row();
            }
        }
        return END;
    }

    private Row row() {
        try {
            Row row = read(parser(), path, problem -> rejected().orElseGet(() -> unread(problem)));
            int at = row.problem().isPresent() ? -1 : row.columns().indexOf(ColumnRules.LINE);
            return at >= 0 && row.cells().get(at) instanceof String line && !line.isBlank()
                    ? corrected(row, line)
                    : row;
        } catch (IOException e) {
            throw ReadFaults.unreadable(e);
        }
    }

    private JsonParser parser() throws IOException {
        return JsonParsing.FACTORY.createParser(lines.bytes(), lines.start(), lines.length());
    }

    /** Returns the line if it is a rejected row, which is written without objects around it. */
    private Optional<Row> rejected() {
        if (path.isEmpty()) {
            return Optional.empty();
        }
        try {
            Row none = Row.of(number, lines.number(), List.of(), List.of());
            return Optional.of(read(parser(), "", problem -> none)).filter(row -> row.columns()
                    .containsAll(List.of(ColumnRules.CODE, ColumnRules.COLUMN, ColumnRules.MESSAGE)));
        } catch (IOException e) {
            throw ReadFaults.unreadable(e);
        }
    }

    /**
     * @param way the names that lead to the row
     * @param otherwise makes the row if the parser reads something else
     */
    private Row read(JsonParser text, String way, Function<Problem, Row> otherwise) throws IOException {
        try (JsonParser parser = text) {
            JsonToken token = parser.nextToken();
            if (token != JsonToken.START_OBJECT) {
                return otherwise.apply(malformed("found " + RowReader.kind(token)));
            }
            int around = 0;
            if (!way.isEmpty()) {
                around = follow(parser, way);
                if (parser.currentToken() != JsonToken.START_OBJECT) {
                    return otherwise.apply(elsewhere(way, RowReader.kind(parser.currentToken())));
                }
            }
            Row row = reader.row(parser, number, lines.number());
            String[] names = way.split("\\.", 0);
            while (around > 0) {
                if (parser.nextToken() == JsonToken.END_OBJECT) {
                    around--;
                } else if (isNamed(parser, names[around - 1])) {
                    return otherwise.apply(
                            malformed("found '" + names[around - 1] + "' twice, which leads to the row"));
                }
                parser.skipChildren();
            }
            return parser.nextToken() == null ? row : otherwise.apply(malformed("found more text after the object"));
        } catch (JsonProcessingException e) {
            return otherwise.apply(malformed("found: " + JsonParsing.fault(e)));
        }
    }

    /** Goes to the value at the end of a path, or to where the path ends; returns how many objects are around it. */
    private static int follow(JsonParser parser, String way) throws IOException {
        int around = 0;
        for (String name : way.split("\\.", 0)) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                return around;
            }
            around++;
            while (parser.nextToken() == JsonToken.FIELD_NAME && !isNamed(parser, name)) {
                parser.nextToken();
                parser.skipChildren();
            }
            if (parser.currentToken() != JsonToken.FIELD_NAME) {
                return around;
            }
            parser.nextToken();
        }
        return around;
    }

    private static boolean isNamed(JsonParser parser, String name) throws IOException {
        return parser.currentToken() == JsonToken.FIELD_NAME
                && NormalizedName.of(parser.currentName()).equals(NormalizedName.of(name));
    }

    private static Problem elsewhere(String way, String found) {
        return Problem.of(
                Code.MALFORMED_LINE,
                "expected an object in '" + way
                        + "' of the line, where the key rows of the mapping expects the row; found " + found
                        + (found.contains("array")
                                ? ". Rows in an array are read only from a .json file that is one document"
                                : "")
                        + ". Fix the line, or correct the key rows in the mapping.");
    }

    /** Returns the row of a rejected line that was fixed in the rejects. Columns beside the line count if the line does not have them. */
    private Row corrected(Row reject, String line) throws IOException {
        Row row = read(
                JsonParsing.FACTORY.createParser(line),
                path,
                problem -> new Row(
                        number,
                        lines.number(),
                        reject.columns(),
                        reject.cells(),
                        Optional.of(tooLong(reject).orElse(problem))));
        List<String> columns = new ArrayList<>(row.columns());
        List<Object> cells = new ArrayList<>(row.cells());
        Set<String> said = new HashSet<>(List.of(ColumnRules.LINE));
        columns.forEach(column -> said.add(ColumnRules.fold(column)));
        for (int i = 0; i < reject.columns().size(); i++) {
            if (said.add(ColumnRules.fold(reject.columns().get(i)))) {
                columns.add(reject.columns().get(i));
                cells.add(reject.cells().get(i));
            }
        }
        return new Row(number, lines.number(), columns, cells, row.problem());
    }

    /** Returns the problem of a line that was too long. If its start is left unchanged, the problem is the same again. */
    private static Optional<Problem> tooLong(Row reject) {
        int code = reject.columns().indexOf(ColumnRules.CODE);
        int message = reject.columns().indexOf(ColumnRules.MESSAGE);
        return code >= 0
                        && message >= 0
                        && Code.ROW_TOO_LONG.word().equals(reject.cells().get(code))
                ? Optional.of(Problem.of(
                        Code.ROW_TOO_LONG, reject.cells().get(message).toString()))
                : Optional.empty();
    }

    private static Problem malformed(String found) {
        return Problem.of(Code.MALFORMED_LINE, EXPECTED + "; " + found + ". Fix the line.");
    }

    private Row unread(Problem problem) {
        String line = text();
        OptionalInt bad = Utf8.firstBadByte(line);
        return unread(line, bad.isEmpty() ? problem : badEncoding(bad.getAsInt()));
    }

    private static Problem badEncoding(int bad) {
        return Problem.of(
                Code.BAD_ENCODING,
                "the line is not UTF-8: found the byte " + Header.hex(bad)
                        + ", so it was probably saved in another encoding. Save it as UTF-8.");
    }

    private Row tooLong() {
        return unread(
                Utf8.excerpt(text(), SHOWN),
                Problem.of(
                        Code.ROW_TOO_LONG,
                        "the line is longer than " + rowBytes
                                + " bytes (drop.row-limit), so only its start is kept here. The whole line is"
                                + " line " + lines.number()
                                + " of the drop in the archive. Put that line into a"
                                + " file of its own, shorten it or raise drop.row-limit, and drop that file."));
    }

    private String text() {
        return Utf8.decode(lines.bytes(), lines.start(), lines.length());
    }

    private Row unread(String line, Problem problem) {
        return new Row(number, lines.number(), List.of(ColumnRules.LINE), List.of(line), Optional.of(problem));
    }
}
