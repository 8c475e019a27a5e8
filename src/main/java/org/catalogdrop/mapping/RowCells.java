package org.catalogdrop.mapping;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.catalogdrop.mapping.Column.Kind;
import org.catalogdrop.mapping.value.OutgoingText;
import org.catalogdrop.mapping.value.Quoted;
import org.catalogdrop.mapping.value.SpreadsheetText;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Row;

/** The cells of a row by their meaning, and the first fault found in them. Used by one thread. */
class RowCells {

    private final Row row;
    private final Layout layout;
    private final boolean verbatim;
    private Problem first;

    RowCells(Row row, Layout layout) {
        this(row, layout, layout.condition().isPresent());
    }

    /** @param verbatim whether texts are exactly what the account has, whatever they look like */
    RowCells(Row row, Layout layout, boolean verbatim) {
        this.row = row;
        this.layout = layout;
        this.verbatim = verbatim;
    }

    Row row() {
        return row;
    }

    Layout layout() {
        return layout;
    }

    Optional<Problem> problem() {
        return Optional.ofNullable(first);
    }

    boolean failed() {
        return first != null;
    }

    /** Records a fault; the first one stays. */
    void fault(Problem problem) {
        if (first == null) {
            first = problem;
        }
    }

    /**
     * Notes what is wrong with a column.
     *
     * @param sentence about it, with {@code %s} for its name first
     * @param others what else stands in the sentence
     */
    void fault(Code code, String column, String sentence, Object... others) {
        Object[] all =
                Stream.concat(Stream.of(Quoted.text(column)), Stream.of(others)).toArray();
        fault(new Problem(code, column, sentence.formatted(all)));
    }

    /** Notes that a column has something else than it must have. */
    void mustBe(Code code, String column, String expected, Object found) {
        fault(code, column, "column %s must be %s; found %s. Correct it.", expected, Quoted.cell(found));
    }

    /** Returns the row's own spelling of a column, or the standard one if the row does not have it. */
    String column(Kind kind) {
        int index = layout.index(kind);
        return index < 0 ? kind.name().toLowerCase(Locale.ROOT) : row.columns().get(index);
    }

    /** Returns whether it is known what the row has in a column: it is in the row, or it certainly is not. */
    boolean reaches(Kind kind) {
        return layout.index(kind) < row.cells().size() && !row.columns().isEmpty();
    }

    /** Returns the cell of a column; empty if it is missing. */
    Object cell(Kind kind) {
        int index = layout.index(kind);
        return index < 0 || index >= row.cells().size() ? "" : cell(index);
    }

    /** Returns the cell at an index; a JSON null is an empty one. */
    Object cell(int index) {
        Object cell = row.cells().get(index);
        if (Row.isNull(cell)) {
            return "";
        }
        Object unwrapped = SpreadsheetText.unwrapped(cell);
        return unwrapped == cell || isVerbatim(row.columns().get(index)) ? cell : unwrapped;
    }

    /** Returns whether the texts of a column are exactly what the account has, whatever they look like. */
    private boolean isVerbatim(String column) {
        return verbatim || VerbatimCells.isNamed(row, layout, column);
    }

    /** Returns the text of a column unchanged; empty if it is missing. An object or array is a fault with this code. */
    String text(Kind kind, Code code) {
        Object cell = cell(kind);
        if (cell instanceof String text) {
            return text;
        }
        if (cell instanceof Map<?, ?> || cell instanceof List<?> || cell instanceof Nested.NoObject) {
            mustBe(code, column(kind), "a text or a number", cell);
            return "";
        }
        return kind == Kind.NAME ? OutgoingText.digits(cell) : cell.toString();
    }

    /** Records a fault if a cell is a number whose last digits a spreadsheet has lost. */
    void refuseLostDigits(String column, Object cell) {
        if (SpreadsheetText.hasLostDigits(cell) && !isVerbatim(column)) {
            fault(
                    Code.LOST_DIGITS,
                    column,
                    "column %s has %s: a spreadsheet shortened a number when it saved the file, and its last digits are lost. Format the"
                            + " column as text there and export it again; or write the whole number into the"
                            + " cell.",
                    Quoted.cell(cell));
        } else if (SpreadsheetText.isInExponentForm(cell) && !isVerbatim(column)) {
            fault(
                    Code.LOST_DIGITS,
                    column,
                    "column %s has %s: a program wrote a number in exponent form, in which zeros before it and its last digits may be"
                            + " lost. Format the column as text there and export it again; or write %s into the"
                            + " cell.",
                    Quoted.cell(cell),
                    SpreadsheetText.wholeNumber(cell)
                            .map(number -> number + ", if that is all of it,")
                            .orElse("the whole number"));
        }
    }

    /** Records a fault if a JSON number that is to be a text lacks digits. */
    void refuseShortNumber(String column, Object cell) {
        if (cell instanceof Row.Literal number && SpreadsheetText.lacksDigits(number)) {
            fault(
                    Code.LOST_DIGITS,
                    column,
                    "column %s has the number %s: its exponent asks for more digits than it has, so its last digits may be lost. Write"
                            + " all its digits, without an exponent.",
                    Quoted.cell(cell));
        }
    }

    /** Records the same fault for the cell of a text column. */
    void refuseLostDigits(Kind kind) {
        refuseLostDigits(column(kind), cell(kind));
        refuseShortNumber(column(kind), cell(kind));
    }

    /** Returns the text if it can be sent; otherwise records a fault. */
    String outgoing(String column, String text) {
        int flaw = OutgoingText.flawAt(text);
        if (flaw >= 0) {
            fault(OutgoingText.problem(column, text, flaw));
        }
        return text;
    }
}
