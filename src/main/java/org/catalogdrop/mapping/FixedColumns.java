package org.catalogdrop.mapping;

import java.util.Optional;
import org.catalogdrop.mapping.Column.Kind;
import org.catalogdrop.mapping.value.DateTimeText;
import org.catalogdrop.mapping.value.Quoted;
import org.catalogdrop.mapping.value.UnsignedNumber;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Key;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.TargetList;

/** Reads the columns with fixed names. Faults are recorded in the row, and the returned value then has no meaning. */
final class FixedColumns {

    private final TargetList defaultCatalog;

    /** @param defaultCatalog the list for rows that name none */
    FixedColumns(TargetList defaultCatalog) {
        this.defaultCatalog = defaultCatalog;
    }

    TargetList list() {
        return defaultCatalog;
    }

    /** Returns the request_id; the row's number if it has none; -1 if it is invalid. */
    int requestId(RowCells reading) {
        Row row = reading.row();
        if (row.problem().isPresent() && !reading.reaches(Kind.REQUEST_ID)) {
            return -1;
        }
        Object cell = reading.cell(Kind.REQUEST_ID);
        String text = reading.text(Kind.REQUEST_ID, Code.BAD_REQUEST_ID).strip();
        if (text.isEmpty()) {
            if (row.number() > Integer.MAX_VALUE) {
                String column = reading.column(Kind.REQUEST_ID);
                reading.fault(
                        Code.BAD_REQUEST_ID,
                        column,
                        "column %s is empty and the row's number %d is beyond 2147483647. Give the row a request_id or split the drop.",
                        row.number());
                return -1;
            }
            return reading.failed() ? -1 : (int) row.number();
        }
        long number = UnsignedNumber.of(text);
        if (number < 0 || number > Integer.MAX_VALUE) {
            bad(reading, Kind.REQUEST_ID, Code.BAD_REQUEST_ID, "a whole number from 0 to 2147483647", cell);
            return -1;
        }
        return (int) number;
    }

    /** Returns the action; empty if it is invalid, which is recorded as a fault unless the row itself cannot be read. */
    Optional<Action> action(RowCells reading) {
        boolean unreadable = reading.row().problem().isPresent();
        if (unreadable && !reading.reaches(Kind.ACTION)) {
            return Optional.empty();
        }
        Object cell = reading.cell(Kind.ACTION);
        String word = reading.text(Kind.ACTION, Code.BAD_ACTION).strip();
        if (!word.isEmpty()) {
            Optional<Action> action = Action.of(word);
            if (action.isEmpty()) {
                bad(reading, Kind.ACTION, Code.BAD_ACTION, "add, update, delete or nothing", cell);
            }
            return action;
        }
        if (!(cell instanceof String) || (unreadable && !reading.reaches(Kind.ID))) {
            return Optional.empty();
        }
        return Optional.of(isEmpty(reading.cell(Kind.ID)) ? Action.ADD : Action.UPDATE);
    }

    long id(RowCells reading, Action action) {
        Object cell = reading.cell(Kind.ID);
        if (isEmpty(cell)) {
            missing(reading, Kind.ID, Code.ID_MISSING, action);
            return 0;
        }
        long id = UnsignedNumber.of(reading.text(Kind.ID, Code.BAD_ID).strip());
        if (id <= 0) {
            bad(reading, Kind.ID, Code.BAD_ID, "the element's id, a whole number from 1", cell);
        }
        return id;
    }

    void refuseId(RowCells reading) {
        Object cell = reading.cell(Kind.ID);
        if (!isEmpty(cell)) {
            String column = reading.column(Kind.ID);
            reading.fault(
                    Code.ID_UNEXPECTED,
                    column,
                    "column %s is %s, but an add creates an element that has no id yet. Leave the action empty or write update to change"
                            + " that element, or empty the id to add one.",
                    Quoted.cell(cell));
        }
    }

    long catalog(RowCells reading) {
        Object cell = reading.cell(Kind.CATALOG_ID);
        if (!isEmpty(cell)) {
            return catalogIn(reading, cell);
        }
        if (!defaultCatalog.isKnown()) {
            String column = reading.column(Kind.CATALOG_ID);
            reading.fault(
                    Code.CATALOG_MISSING,
                    column,
                    "column %s is empty and the setting kommo.catalog-id is not set, so the list is unknown."
                            + " Set it, or fill the column.");
        }
        return defaultCatalog.id();
    }

    /**
     * Returns the list of a delete. It is not sent; it is needed only to read the element. A wrong one is a fault, because the row may
     * not be what it seems.
     */
    TargetList list(RowCells reading) {
        Object cell = reading.cell(Kind.CATALOG_ID);
        return isEmpty(cell) ? defaultCatalog : TargetList.named(catalogIn(reading, cell));
    }

    /** Returns the text as it is, even if it is empty. */
    String text(RowCells reading, Kind kind) {
        return reading.text(kind, Code.BAD_TEXT);
    }

    String name(RowCells reading, Action action) {
        String name = reading.text(Kind.NAME, Code.BAD_TEXT);
        if (Key.plain(name).isEmpty()) {
            missing(reading, Kind.NAME, Code.NAME_MISSING, action);
            return name;
        }
        reading.refuseLostDigits(Kind.NAME);
        return reading.outgoing(reading.column(Kind.NAME), name);
    }

    /** Returns unix seconds; 0 for the moment of sending. */
    long updatedAt(RowCells reading) {
        Object cell = reading.cell(Kind.UPDATED_AT);
        if (isEmpty(cell)) {
            return 0;
        }
        long seconds = DateTimeText.of(
                reading.text(Kind.UPDATED_AT, Code.BAD_UPDATED_AT).strip());
        if (seconds < 0) {
            String expected =
                    "unix seconds (no milliseconds) or ISO 8601 from 1970 on, as in 1509003163 or 2017-10-26T07:32:43Z";
            bad(reading, Kind.UPDATED_AT, Code.BAD_UPDATED_AT, expected, cell);
        }
        return seconds;
    }

    private static long catalogIn(RowCells reading, Object cell) {
        long catalog = UnsignedNumber.of(
                reading.text(Kind.CATALOG_ID, Code.BAD_CATALOG).strip());
        if (catalog <= 0) {
            bad(reading, Kind.CATALOG_ID, Code.BAD_CATALOG, "the list's id, a whole number from 1", cell);
        }
        return catalog;
    }

    private static boolean isEmpty(Object cell) {
        return cell instanceof String text && text.isBlank();
    }

    private static void missing(RowCells reading, Kind kind, Code code, Action action) {
        String article = action == Action.DELETE ? "a " : "an ";
        reading.fault(
                code, reading.column(kind), "column %s is empty; %s needs one. Fill it.", article + action.word());
    }

    private static void bad(RowCells reading, Kind kind, Code code, String expected, Object cell) {
        reading.mustBe(code, reading.column(kind), expected, cell);
    }
}
