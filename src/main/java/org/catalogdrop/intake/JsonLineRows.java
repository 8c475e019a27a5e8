package org.catalogdrop.intake;

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
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Row;

/** The rows of JSON lines; whatever is wrong with a line, the next one starts behind its end. */
final class JsonLineRows extends Rows {

    private static final int SHOWN = 200;
    private static final String EXPECTED = "expected one JSON object on the line, like {\"name\":\"…\"}";

    private final Lines lines;
    private final int rowBytes;
    private final RowReader reader = new RowReader();
    private long number;

    JsonLineRows(Guard text, int rowBytes) {
        this.lines = new Lines(text, rowBytes);
        this.rowBytes = rowBytes;
    }

    @Override
    Row advance() {
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
            Row row = read(Json.FACTORY.createParser(lines.bytes(), lines.start(), lines.length()), this::unread);
            int at = row.problem().isPresent() ? -1 : row.columns().indexOf(Columns.LINE);
            return at >= 0 && row.cells().get(at) instanceof String line && !line.isBlank() ? mended(row, line) : row;
        } catch (IOException e) {
            throw ReadFaults.unreadable(e);
        }
    }

    /** @param otherwise makes the row if that is not what the parser reads */
    private Row read(JsonParser text, Function<Problem, Row> otherwise) throws IOException {
        try (JsonParser parser = text) {
            JsonToken token = parser.nextToken();
            if (token != JsonToken.START_OBJECT) {
                return otherwise.apply(malformed("found " + RowReader.kind(token)));
            }
            Row row = reader.row(parser, number, lines.number());
            return parser.nextToken() == null ? row : otherwise.apply(malformed("more follows after the object"));
        } catch (JsonProcessingException e) {
            return otherwise.apply(malformed("found that " + Json.fault(e)));
        }
    }

    /** A line that was rejected is mended where it stands in the rejects; what they say beside it counts if it does not say it. */
    private Row mended(Row reject, String line) throws IOException {
        Row row = read(
                Json.FACTORY.createParser(line),
                problem -> new Row(
                        number,
                        lines.number(),
                        reject.columns(),
                        reject.cells(),
                        Optional.of(tooLong(reject).orElse(problem))));
        List<String> columns = new ArrayList<>(row.columns());
        List<Object> cells = new ArrayList<>(row.cells());
        Set<String> said = new HashSet<>(List.of(Columns.LINE));
        columns.forEach(column -> said.add(Columns.fold(column)));
        for (int i = 0; i < reject.columns().size(); i++) {
            if (said.add(Columns.fold(reject.columns().get(i)))) {
                columns.add(reject.columns().get(i));
                cells.add(reject.cells().get(i));
            }
        }
        return new Row(number, lines.number(), columns, cells, row.problem());
    }

    /** What was told of a line that was too long: its start alone, left as it is, is no other fault. */
    private static Optional<Problem> tooLong(Row reject) {
        int code = reject.columns().indexOf(Columns.CODE);
        int message = reject.columns().indexOf(Columns.MESSAGE);
        return code >= 0
                        && message >= 0
                        && Code.ROW_TOO_LONG.word().equals(reject.cells().get(code))
                ? Optional.of(Problem.of(
                        Code.ROW_TOO_LONG, reject.cells().get(message).toString()))
                : Optional.empty();
    }

    private static Problem malformed(String found) {
        return Problem.of(Code.MALFORMED_LINE, EXPECTED + "; " + found + ". Mend the line.");
    }

    private Row unread(Problem problem) {
        String line = text();
        OptionalInt bad = Utf8.firstBadByte(line);
        return unread(line, bad.isEmpty() ? problem : badEncoding(bad.getAsInt()));
    }

    private static Problem badEncoding(int bad) {
        return Problem.of(
                Code.BAD_ENCODING,
                "the line is not UTF-8: it has the byte " + Header.hex(bad)
                        + ", so it seems to be saved in another encoding. Save it as UTF-8.");
    }

    private Row tooLong() {
        return unread(
                Utf8.excerpt(text(), SHOWN),
                Problem.of(
                        Code.ROW_TOO_LONG,
                        "the line is longer than " + rowBytes
                                + " bytes (drop.row-limit), so only its start is kept. The whole of it is"
                                + " line " + lines.number()
                                + " of the drop, which goes from the inbox to the archive: put that line into a"
                                + " file of its own, make it shorter or raise drop.row-limit, and drop that file."));
    }

    private String text() {
        return Utf8.decode(lines.bytes(), lines.start(), lines.length());
    }

    private Row unread(String line, Problem problem) {
        return new Row(number, lines.number(), List.of(Columns.LINE), List.of(line), Optional.of(problem));
    }
}
