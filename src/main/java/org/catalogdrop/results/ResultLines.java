package org.catalogdrop.results;

import java.io.IOException;
import java.nio.file.Path;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;
import org.catalogdrop.results.file.Csv;
import org.catalogdrop.results.file.CsvForm;
import org.catalogdrop.results.file.OutcomeTextFile;
import org.catalogdrop.results.file.SafeCell;

/** {@code results.csv}: a line for every row. */
final class ResultLines extends OutcomeTextFile {

    static final String HEADER = "request_id,row,line,action,outcome,id,key,code,column,message";

    private final Csv csv;
    private final char delimiter;

    ResultLines(Path folder, CsvForm.Settled form) throws IOException {
        super(form.open(folder.resolve("results.csv")));
        csv = form.csv();
        delimiter = form.delimiter();
        sink.text(HEADER.replace(',', delimiter)).put('\n');
    }

    @Override
    public void write(Outcome outcome) throws IOException {
        csv.shown(sink, SafeCell.clean(outcome.requestId()));
        sink.put(delimiter).number(outcome.row().number());
        sink.put(delimiter).number(outcome.row().line()).put(delimiter);
        csv.shown(sink, SafeCell.clean(outcome.action()));
        sink.put(delimiter).text(outcome.status().word()).put(delimiter);
        if (outcome.id() != 0) {
            sink.number(outcome.id());
        }
        sink.put(delimiter);
        if (outcome.key().isPresent()) {
            csv.shown(sink, SafeCell.clean(outcome.key().get().text()));
        }
        sink.put(delimiter);
        if (outcome.problem().isPresent()) {
            problem(SafeCell.clean(outcome.problem().get()));
        } else {
            sink.put(delimiter).put(delimiter);
        }
        sink.put('\n');
    }

    private void problem(Problem problem) throws IOException {
        sink.text(problem.code().word()).put(delimiter);
        csv.shown(sink, problem.column());
        sink.put(delimiter);
        csv.shown(sink, problem.message());
    }
}
