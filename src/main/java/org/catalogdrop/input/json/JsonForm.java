package org.catalogdrop.input.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import org.catalogdrop.input.row.AnyColumns;
import org.catalogdrop.input.row.ColumnRules;
import org.catalogdrop.input.stream.ReadFaults;
import org.catalogdrop.input.text.DecodingStack;
import org.catalogdrop.input.text.DropSource;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropFormat;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.Row;

/**
 * Detects which of the JSON formats a file has.
 *
 * @param lines whether the name says that there is a row on each line
 * @param mapped the columns that a mapping reads
 * @param path where the rows are according to the mapping; empty if it does not say
 */
public record JsonForm(DecodingStack layers, boolean lines, Set<String> mapped, String path) {

    /** A format, and the path to the rows in it. */
    public record Found(DropFormat format, String rows) {}

    public Found find() {
        int first = firstCharacter();
        if (first == '[') {
            return new Found(DropFormat.JSON_ARRAY, "");
        }
        if (lines && path.isEmpty()) {
            return new Found(first == '{' && isApiDocument() ? DropFormat.API_DOCUMENT : DropFormat.JSON_LINES, "");
        }
        if (lines || (first == '{' && !path.isEmpty() && isLines())) {
            return new Found(DropFormat.JSON_LINES, path);
        }
        if (first == '{' && !path.isEmpty()) {
            return inside();
        }
        if (first == '{' && isApiDocument()) {
            return new Found(DropFormat.API_DOCUMENT, "");
        }
        Optional<JsonOutline> outline =
                first == '{' ? JsonOutline.of(layers).filter(JsonOutline::alone) : Optional.empty();
        Optional<Found> known = outline.flatMap(this::known);
        if (known.isPresent()) {
            return known.get();
        }
        if (first == '{' && firstLineStandsAlone()) {
            return new Found(DropFormat.JSON_LINES, "");
        }
        throw unknown(
                first == '{'
                        ? "an object over several lines, or broken JSON"
                        : "a text that starts with '" + (char) first + "'",
                "Put the rows into [ ] and drop the file again.");
    }

    /** Returns the rows of a text that is one object: the object itself, or rows in it. */
    private Optional<Found> known(JsonOutline outline) {
        Optional<String> likeliest = outline.likeliest();
        if (mapped instanceof AnyColumns) {
            return likeliest.isPresent() || !outline.oneLine()
                    ? Optional.of(new Found(DropFormat.JSON_ARRAY, likeliest.orElse("")))
                    : Optional.empty();
        }
        if (outline.names().stream().anyMatch(this::isRead)) {
            return outline.oneLine() ? Optional.empty() : Optional.of(new Found(DropFormat.JSON_ARRAY, ""));
        }
        likeliest.ifPresent(rows -> {
            throw unknown("an object around them", hint(outline, rows));
        });
        return Optional.empty();
    }

    private boolean isRead(String name) {
        String plain = NormalizedName.folded(name);
        return ColumnRules.known(name)
                || name.equalsIgnoreCase("custom_fields")
                || mapped.stream()
                        .map(NormalizedName::folded)
                        .anyMatch(column -> column.equals(plain) || column.startsWith(plain + "."));
    }

    private Found inside() {
        try (DropSource source = DropSource.open(layers)) {
            Iterator<Row> rows = new JsonArrayRows(source.text(), path);
            // Throws if the path leads to no rows.
            var unused = rows.hasNext();
            return new Found(DropFormat.JSON_ARRAY, path);
        } catch (DropRefused refused) {
            Optional<JsonOutline> outline = JsonOutline.of(layers);
            Optional<String> likeliest = outline.flatMap(JsonOutline::likeliest);
            if (likeliest.isEmpty() || likeliest.get().equals(path)) {
                throw refused;
            }
            throw unknown(
                    "nothing in '" + path + "', where the mapping expects the rows",
                    hint(outline.get(), likeliest.get()));
        } catch (IOException e) {
            throw ReadFaults.unreadable(e);
        }
    }

    private static String hint(JsonOutline outline, String rows) {
        return "The rows seem to be in '" + rows + "' ("
                + Plural.of(outline.arrays().get(rows).count(), "object")
                + "). Write rows: \"" + rows
                + "\" into a mapping for this drop and drop the file"
                + " again.";
    }

    private static DropRefused unknown(String found, String next) {
        return new DropRefused(
                Code.MALFORMED_JSON,
                "Expected an array of rows [{…},{…}], one row {…} a line, or the API's document {\"add\":[…]}; found "
                        + found + ". " + next);
    }

    private int firstCharacter() {
        try (DropSource source = open()) {
            byte[] buffer = new byte[1 << 13];
            for (int n = source.text().read(buffer); n > 0; n = source.text().read(buffer)) {
                source.text().mark();
                for (int i = 0; i < n; i++) {
                    if (" \t\r\n".indexOf(buffer[i]) < 0) {
                        return buffer[i] & 0xFF;
                    }
                }
            }
        } catch (IOException e) {
            throw ReadFaults.unreadable(e);
        }
        throw ReadFaults.empty();
    }

    private boolean isApiDocument() {
        try (DropSource source = open();
                JsonParser parser = JsonParsing.FACTORY.createParser(source.text())) {
            return parser.nextToken() == JsonToken.START_OBJECT
                    && parser.nextToken() == JsonToken.FIELD_NAME
                    && ApiDocumentRows.named(parser.currentName()).isPresent()
                    && parser.nextToken() == JsonToken.START_ARRAY;
        } catch (JsonProcessingException e) {
            return false;
        } catch (IOException e) {
            throw ReadFaults.unreadable(e);
        }
    }

    /** Returns whether there is an object on the first line and something after it. */
    private boolean isLines() {
        return firstLineStandsAlone()
                && JsonOutline.of(layers).filter(outline -> !outline.alone()).isPresent();
    }

    private boolean firstLineStandsAlone() {
        try (DropSource source = open()) {
            Row first = new JsonLineRows(source.text(), layers.limits().rowBytes(), "").next();
            // A reject has more columns; in it, the text in _line is malformed.
            return first.columns().size() > 1
                    || first.problem()
                            .filter(problem -> problem.code() == Code.MALFORMED_LINE)
                            .isEmpty();
        } catch (IOException e) {
            throw ReadFaults.unreadable(e);
        }
    }

    private DropSource open() {
        return DropSource.open(layers);
    }
}
