package org.catalogdrop.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Reject;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.Verdict;

/** Rows for tests: names and cells in turn. */
final class Rows {

    private Rows() {}

    static Row row(Object... namesAndCells) {
        return numbered(1, namesAndCells);
    }

    static Row numbered(long number, Object... namesAndCells) {
        List<String> columns = new ArrayList<>();
        List<Object> cells = new ArrayList<>();
        for (int i = 0; i < namesAndCells.length; i += 2) {
            columns.add((String) namesAndCells[i]);
            cells.add(namesAndCells[i + 1]);
        }
        return Row.of(number, number + 1, columns, cells);
    }

    static Row.Literal literal(String text) {
        return new Row.Literal(text);
    }

    static Verdict verdict(Object... namesAndCells) {
        return new StandardMapping(OptionalLong.of(4220)).verdict(row(namesAndCells));
    }

    static Operation.Add add(Object... namesAndCells) {
        return (Operation.Add) verdict(namesAndCells);
    }

    static Operation.Update update(Object... namesAndCells) {
        return (Operation.Update) verdict(namesAndCells);
    }

    static Reject reject(Object... namesAndCells) {
        return (Reject) verdict(namesAndCells);
    }
}
