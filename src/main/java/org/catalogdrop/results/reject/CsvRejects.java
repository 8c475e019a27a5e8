package org.catalogdrop.results.reject;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.PhysicalFormat;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.RejectMark;
import org.catalogdrop.model.Row;
import org.catalogdrop.results.file.Csv;
import org.catalogdrop.results.file.OutcomeTextFile;
import org.catalogdrop.results.file.SafeCell;
import org.catalogdrop.results.file.Utf8File;

/** Rejected rows under the drop's own header. Cells are unchanged, so that the fixed file loads. */
final class CsvRejects extends OutcomeTextFile {

    private final char delimiter;
    private final Csv csv;
    private final boolean sepLine;
    private final String mapping;
    private boolean typed;
    /** Which of the drop's columns are kept; the first row decides, because CSV rows share their columns. */
    private boolean[] kept = {};

    private boolean begun;

    CsvRejects(Utf8File sink, char delimiter, PhysicalFormat shape, String mapping, boolean typed) {
        super(sink);
        this.typed = typed;
        this.mapping = mapping;
        this.delimiter = delimiter;
        this.csv = new Csv(delimiter, shape.quote());
        this.sepLine = shape.sepLine();
    }

    @Override
    public void write(Outcome outcome) throws IOException {
        Row row = outcome.row();
        if (!begun) {
            begun = true;
            header(row.columns());
        }
        List<Object> cells = row.cells();
        for (int i = 0; i < kept.length; i++) {
            if (kept[i]) {
                csv.cell(sink, i < cells.size() ? cells.get(i).toString() : "");
                sink.put(delimiter);
            }
        }
        why(row, outcome.problem());
        if (typed) {
            sink.put(delimiter);
            csv.cell(sink, types(row));
        }
        sink.put('\n');
    }

    private void header(List<String> columns) throws IOException {
        if (sepLine && !Csv.isUsual(delimiter)) {
            // The line is left out if the header identifies the delimiter too, because spreadsheets ignore the mark
            // before such a line.
            sink.text("sep=").put(delimiter).put('\n');
        }
        typed |= columns.stream().anyMatch(column -> column.strip().equalsIgnoreCase(RejectColumns.TYPES));
        kept = RejectColumns.kept(columns);
        for (int i = 0; i < kept.length; i++) {
            if (kept[i]) {
                csv.header(sink, columns.get(i));
                sink.put(delimiter);
            }
        }
        sink.text(String.join(String.valueOf(delimiter), RejectColumns.ours()));
        if (!mapping.isEmpty()) {
            sink.put(delimiter).text(RejectColumns.MAPPING);
        }
        if (typed) {
            sink.put(delimiter).text(RejectColumns.TYPES);
        }
        sink.put('\n');
    }

    /** Returns the types of a row's cells by their columns, {@code Price=number|Since=date}. */
    private static String types(Row row) {
        StringBuilder types = new StringBuilder();
        for (int i = 0; i < Math.min(row.cells().size(), row.columns().size()); i++) {
            if (row.cells().get(i) instanceof Row.Typed cell) {
                types.append(types.length() == 0 ? "" : "|")
                        .append(row.columns().get(i).replace("|", "\\|"))
                        .append('=')
                        .append(cell.type().word());
            }
        }
        return types.toString();
    }

    private void why(Row row, Optional<Problem> why) throws IOException {
        if (why.isPresent()) {
            Problem problem = SafeCell.clean(why.get());
            sink.text(problem.code().word()).put(delimiter);
            csv.cell(sink, problem.column());
            sink.put(delimiter);
            csv.cell(sink, RejectMark.write(problem, row.columns(), row.cells()));
        } else {
            sink.put(delimiter).put(delimiter);
        }
        if (!mapping.isEmpty()) {
            sink.put(delimiter);
            csv.cell(sink, mapping);
        }
    }
}
