package org.catalogdrop.results;

import java.io.IOException;
import java.nio.file.Path;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;

/** {@code results.csv}: a line for every row. */
final class ResultLines implements OutcomeFile {

    private static final String HEADER = "request_id,row,line,action,outcome,id,key,code,column,message\n";

    private final Sink sink;

    ResultLines(Path folder) throws IOException {
        sink = new Sink(folder.resolve("results.csv"));
        sink.text(HEADER);
    }

    @Override
    public Path path() {
        return sink.path();
    }

    @Override
    public void write(Outcome outcome) throws IOException {
        Csv.shown(sink, Text.clean(outcome.requestId()));
        sink.put(',').number(outcome.row().number());
        sink.put(',').number(outcome.row().line()).put(',');
        Csv.shown(sink, Text.clean(outcome.action()));
        sink.put(',').text(outcome.status().word()).put(',');
        if (outcome.id() != 0) {
            sink.number(outcome.id());
        }
        sink.put(',');
        if (outcome.key().isPresent()) {
            Csv.shown(sink, Text.clean(outcome.key().get().text()));
        }
        sink.put(',');
        if (outcome.problem().isPresent()) {
            problem(Text.clean(outcome.problem().get()));
        } else {
            sink.put(',').put(',');
        }
        sink.put('\n');
    }

    private void problem(Problem problem) throws IOException {
        sink.text(problem.code().word()).put(',');
        Csv.shown(sink, problem.column());
        sink.put(',');
        Csv.shown(sink, problem.message());
    }

    @Override
    public void finish() throws IOException {
        sink.finish();
    }

    @Override
    public void close() throws IOException {
        sink.close();
    }
}
