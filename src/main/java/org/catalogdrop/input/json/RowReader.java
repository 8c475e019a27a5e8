package org.catalogdrop.input.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.input.row.ColumnNames;
import org.catalogdrop.input.row.ColumnRules;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Row;

/** Makes rows of JSON values. Rows with the same keys in the same order share one list of columns. */
final class RowReader {

    private static final Row.Literal TRUE = new Row.Literal("true");
    private static final Row.Literal FALSE = new Row.Literal("false");
    private static final Row.Literal NULL = new Row.Literal("null");

    private List<String> columns = List.of();
    /** A duplicate name in an object inside the current cell. */
    private Optional<Problem> nestedTwice = Optional.empty();

    /** Returns the row of the parser's current value. */
    Row row(JsonParser parser, long number, long line) throws IOException {
        return row(parser, number, line, List.of(), List.of());
    }

    /** Returns the row of an item of a section of the API's document. The section's action is its first cell. */
    Row row(JsonParser parser, long number, long line, Action action) throws IOException {
        List<String> first = List.of(ColumnRules.ACTION);
        if (action == Action.DELETE && isId(parser.currentToken())) {
            List<Object> cells = List.of(action.word(), value(parser));
            return Row.of(number, line, List.of(ColumnRules.ACTION, ColumnRules.ID), cells);
        }
        return row(parser, number, line, first, List.of(action.word()));
    }

    private static boolean isId(JsonToken token) {
        return token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT;
    }

    private Row row(JsonParser parser, long number, long line, List<String> names, List<Object> values)
            throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return notAnObject(parser, number, line, names, values);
        }
        List<Object> cells = new ArrayList<>(Math.max(values.size(), columns.size()));
        cells.addAll(values);
        ColumnNames found = new ColumnNames(columns);
        names.forEach(found::add);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            found.add(parser.currentName());
            parser.nextToken();
            cells.add(cell(parser));
        }
        columns = found.list();
        return Row.of(number, line, columns, cells);
    }

    private Object cell(JsonParser parser) throws IOException {
        nestedTwice = Optional.empty();
        Object value = value(parser);
        return nestedTwice
                .<Object>map(problem -> new Row.Damaged(value, problem))
                .orElse(value);
    }

    private Row notAnObject(JsonParser parser, long number, long line, List<String> names, List<Object> values)
            throws IOException {
        JsonToken token = parser.currentToken();
        List<String> columnsHere = new ArrayList<>(names);
        columnsHere.add(ColumnRules.ROW);
        List<Object> cells = new ArrayList<>(values);
        cells.add(value(parser));
        Problem problem = Problem.of(
                Code.NOT_AN_OBJECT,
                "expected an object with the columns of the row, like {\"name\":\"…\"}; found " + kind(token)
                        + ". Write the row as an object.");
        return new Row(number, line, columnsHere, cells, Optional.of(problem));
    }

    private static Problem twice(String name) {
        return new Problem(
                Code.DOUBLE_COLUMN,
                name,
                "the row has '" + name + "' twice, so its value is ambiguous. Keep one of them.");
    }

    private Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Row.Literal(parser.getText());
            case VALUE_TRUE -> TRUE;
            case VALUE_FALSE -> FALSE;
            case VALUE_NULL -> NULL;
            case START_ARRAY -> list(parser);
            case START_OBJECT -> map(parser);
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("no value starts with " + parser.currentToken());
        };
    }

    private List<Object> list(JsonParser parser) throws IOException {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(parser));
        }
        return list;
    }

    private Map<String, Object> map(JsonParser parser) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            Object before = map.putIfAbsent(name, value(parser));
            if (before != null && nestedTwice.isEmpty()) {
                nestedTwice = Optional.of(twice(name));
            }
        }
        return map;
    }

    /** Returns what a value is, for a message; a missing token is the end of the text. */
    static String kind(JsonToken token) {
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case VALUE_STRING -> "text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            case VALUE_NULL -> "null";
            case START_ARRAY -> "an array";
            case START_OBJECT -> "an object";
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT -> "something else";
        };
    }
}
