package org.catalogdrop.intake;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Format;
import org.catalogdrop.model.Row;

/**
 * Which of the JSON forms a file has.
 *
 * @param lines whether the name says that there is a row on each line
 */
record JsonForm(Layers layers, boolean lines) {

    Format find() {
        int first = firstCharacter();
        if (first == '[') {
            return Format.JSON_ARRAY;
        }
        if (first == '{' && isApiDocument()) {
            return Format.API_DOCUMENT;
        }
        if (lines || first == '{' && firstLineStandsAlone()) {
            return Format.JSON_LINES;
        }
        throw new DropRefused(
                Code.MALFORMED_JSON,
                "Expected an array of rows [{…},{…}], one row {…} a line, or the API's document {\"add\":[…]}; found "
                        + (first == '{'
                                ? "an object over several lines, or broken JSON"
                                : "a text that starts with '" + (char) first + "'")
                        + ". Put the rows into [ ] and drop the file again.");
    }

    private int firstCharacter() {
        try (Source source = open()) {
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
            throw Source.unreadable(e);
        }
        throw Drops.empty();
    }

    private boolean isApiDocument() {
        try (Source source = open();
                JsonParser parser = Json.FACTORY.createParser(source.text())) {
            return parser.nextToken() == JsonToken.START_OBJECT
                    && parser.nextToken() == JsonToken.FIELD_NAME
                    && ApiDocumentRows.named(parser.currentName()).isPresent()
                    && parser.nextToken() == JsonToken.START_ARRAY;
        } catch (JsonProcessingException e) {
            return false;
        } catch (IOException e) {
            throw Source.unreadable(e);
        }
    }

    private boolean firstLineStandsAlone() {
        try (Source source = open()) {
            Row first = new JsonLineRows(source.text(), layers.limits().rowBytes()).next();
            // A reject has more columns: there it is the line in it that is malformed.
            return first.columns().size() > 1
                    || first.problem()
                            .filter(problem -> problem.code() == Code.MALFORMED_LINE)
                            .isEmpty();
        } catch (IOException e) {
            throw Source.unreadable(e);
        }
    }

    private Source open() {
        return Source.open(layers);
    }
}
