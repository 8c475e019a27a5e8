package org.catalogdrop.results.reject;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.RejectMark;
import org.catalogdrop.model.Row;
import org.catalogdrop.results.file.JsonText;
import org.catalogdrop.results.file.OutcomeTextFile;
import org.catalogdrop.results.file.SafeCell;
import org.catalogdrop.results.file.Utf8File;

/** Rejected rows as JSON objects, one on each line, framed like the drop. */
final class JsonRejects extends OutcomeTextFile {

    /** The text around the objects. */
    enum Frame {
        LINES,
        ARRAY,
        /** {@code {"add":[…],"update":[…],"delete":[…]}}, in the drop's order. */
        DOCUMENT
    }

    private static final String ACTION = "action";

    private final Frame frame;
    private final String mapping;
    private final Set<Action> sections = EnumSet.noneOf(Action.class);
    private Action section = Action.ADD;
    private boolean any;

    JsonRejects(Utf8File sink, Frame frame, String mapping) {
        super(sink);
        this.mapping = mapping;
        this.frame = frame;
    }

    @Override
    public void write(Outcome outcome) throws IOException {
        switch (frame) {
            case LINES -> {}
            case ARRAY -> sink.text(any ? ",\n" : "[\n");
            case DOCUMENT -> enter(sectionOf(outcome));
        }
        any = true;
        object(outcome);
        if (frame == Frame.LINES) {
            sink.put('\n');
        }
    }

    private void enter(Action action) throws IOException {
        if (any && action == section) {
            sink.text(",\n");
            return;
        }
        if (!sections.add(action)) {
            throw new IllegalStateException("section '" + action.word() + "' comes back after '" + section.word()
                    + "': rows of an API document come section by section");
        }
        section = action;
        sink.text(any ? "\n]," : "{");
        JsonText.key(sink, action.word());
        sink.text("[\n");
    }

    /** Returns the array of a row: rows of an API document start with a cell for it. */
    private static Action sectionOf(Outcome outcome) {
        Row row = outcome.row();
        String word = startsWithSection(row) ? row.cells().get(0).toString() : outcome.action();
        return Action.of(word)
                .orElseThrow(() -> new IllegalStateException(
                        "row " + row.number() + " of an API document is in no section: '" + word + "'"));
    }

    private static boolean startsWithSection(Row row) {
        return !row.columns().isEmpty()
                && !row.cells().isEmpty()
                && row.columns().get(0).equals(ACTION);
    }

    private void object(Outcome outcome) throws IOException {
        Row row = outcome.row();
        int first = frame == Frame.DOCUMENT && startsWithSection(row) ? 1 : 0;
        int count = Math.min(row.columns().size(), row.cells().size());
        sink.put('{');
        for (int i = first; i < count; i++) {
            String column = row.columns().get(i);
            if (!RejectColumns.isOurs(column)) {
                JsonText.key(sink, column);
                JsonText.value(sink, row.cells().get(i));
                sink.put(',');
            }
        }
        why(outcome.problem()
                .map(SafeCell::clean)
                .map(problem -> words(problem, row))
                .orElse(List.of("", "", "")));
        sink.put('}');
    }

    private static List<String> words(Problem problem, Row row) {
        return List.of(problem.code().word(), problem.column(), RejectMark.write(problem, row.columns(), row.cells()));
    }

    private void why(List<String> words) throws IOException {
        for (int i = 0; i < words.size(); i++) {
            sink.text(i == 0 ? "" : ",");
            JsonText.key(sink, RejectColumns.ours().get(i));
            JsonText.string(sink, words.get(i));
        }
        if (!mapping.isEmpty()) {
            sink.put(',');
            JsonText.key(sink, RejectColumns.MAPPING);
            JsonText.string(sink, mapping);
        }
    }

    @Override
    public void finish() throws IOException {
        switch (frame) {
            case LINES -> {}
            case ARRAY -> sink.text("\n]\n");
            case DOCUMENT -> sink.text("\n]}\n");
        }
        super.finish();
    }
}
