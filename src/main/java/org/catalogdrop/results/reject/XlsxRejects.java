package org.catalogdrop.results.reject;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.RejectMark;
import org.catalogdrop.model.Row;
import org.catalogdrop.results.file.Csv;
import org.catalogdrop.results.file.OutcomeFile;
import org.catalogdrop.results.file.SafeCell;

/**
 * Rejected rows of a workbook as a workbook, with its header in the first row. Numbers, dates and booleans are cells of that type;
 * everything else is text, formulas too. A workbook has no more rows than a sheet holds, so its rejects fit into one sheet.
 */
final class XlsxRejects implements OutcomeFile {

    private static final String SHEET = "rejects";

    /** {@code _code}, {@code _column}, {@code _message} and {@code _mapping}. */
    private static final int ADDED = 4;

    /** Longer texts are never taken for a number, a date or a formula. */
    private static final int LONGEST_VALUE = 255;

    private final WorkbookFile file;
    private final String mapping;
    /** Which of the drop's columns are kept; the rows of a workbook share their columns. */
    private boolean[] kept = {};

    private boolean begun;

    XlsxRejects(Path path, String mapping) throws IOException {
        this.file = WorkbookFile.open(path, SHEET);
        this.mapping = mapping;
    }

    /** Returns whether a spreadsheet can hold a row without truncating it. */
    static boolean takes(Outcome outcome) {
        Row row = outcome.row();
        int message = outcome.problem()
                .map(why -> RejectMark.write(why, row.columns(), row.cells()).length())
                .orElse(0);
        return row.columns().size() + ADDED <= WorkbookFile.MOST_COLUMNS
                && message <= WorkbookFile.MOST_CHARACTERS
                && row.columns().stream().allMatch(XlsxRejects::fits)
                && row.cells().stream().map(Object::toString).allMatch(XlsxRejects::fits);
    }

    private static boolean fits(String text) {
        return text.length() <= WorkbookFile.MOST_CHARACTERS;
    }

    @Override
    public Path path() {
        return file.path();
    }

    @Override
    public void write(Outcome outcome) throws IOException {
        Row row = outcome.row();
        if (!begun) {
            begun = true;
            header(row.columns());
        }
        List<Object> cells = row.cells();
        file.beginRow();
        for (int i = 0; i < kept.length; i++) {
            if (kept[i]) {
                cell(
                        i < cells.size() ? cells.get(i) : "",
                        isToBecomeNumber(outcome, row.columns().get(i)));
            }
        }
        why(row, outcome.problem().map(SafeCell::clean));
        file.endRow();
    }

    private void header(List<String> columns) throws IOException {
        kept = RejectColumns.kept(columns);
        file.beginRow();
        for (int i = 0; i < kept.length; i++) {
            if (kept[i]) {
                file.text(SafeCell.clean(columns.get(i)), WorkbookStyles.HEADER);
            }
        }
        RejectColumns.ours().forEach(name -> file.text(name, WorkbookStyles.HEADER));
        if (!mapping.isEmpty()) {
            file.text(RejectColumns.MAPPING, WorkbookStyles.HEADER);
        }
        file.endRow();
    }

    /** Returns whether the row was rejected because a text in the column is no number or date. What is typed over it must become one. */
    private static boolean isToBecomeNumber(Outcome outcome, String column) {
        return outcome.problem()
                .filter(why -> why.code() == Code.BAD_NUMBER || why.code() == Code.BAD_DATE)
                .filter(why -> why.column().equals(column))
                .isPresent();
    }

    private void cell(Object cell, boolean isToBecomeNumber) {
        if (cell instanceof Row.Typed typed) {
            Optional<WorkbookNumber> number = WorkbookNumber.of(typed);
            if (number.isPresent()) {
                file.number(number.get());
                return;
            }
            if (typed.type() == Row.Type.BOOLEAN) {
                file.bool(typed.text());
                return;
            }
        }
        String text = SafeCell.clean(cell.toString());
        file.text(text, mayTurn(text) && !isToBecomeNumber ? WorkbookStyles.TEXT : WorkbookStyles.GENERAL);
    }

    /** Returns whether a spreadsheet might convert a text to a number, a date or a formula once someone edits its cell. */
    private static boolean mayTurn(String text) {
        return text.length() <= LONGEST_VALUE && (Csv.runs(text) || text.chars().anyMatch(Character::isDigit));
    }

    private void why(Row row, Optional<Problem> why) {
        file.text(why.map(problem -> problem.code().word()).orElse(""), WorkbookStyles.GENERAL);
        file.text(why.map(Problem::column).orElse(""), WorkbookStyles.GENERAL);
        file.text(
                why.map(problem -> RejectMark.write(problem, row.columns(), row.cells()))
                        .orElse(""),
                WorkbookStyles.GENERAL);
        if (!mapping.isEmpty()) {
            file.text(mapping, WorkbookStyles.GENERAL);
        }
    }

    @Override
    public void finish() throws IOException {
        file.finish();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
