package org.catalogdrop.results;

import java.io.IOException;
import java.nio.file.Path;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.results.file.JsonText;
import org.catalogdrop.results.file.OutcomeTextFile;
import org.catalogdrop.results.file.Utf8File;

/** {@code mapping.json}: request_id and id for every accepted row, one pair on each line. */
final class MappingPairs extends OutcomeTextFile {

    private boolean any;

    MappingPairs(Path folder) throws IOException {
        super(new Utf8File(folder.resolve("mapping.json")));
        sink.put('{');
    }

    @Override
    public void write(Outcome outcome) throws IOException {
        boolean missing = !outcome.row().isInDrop() && outcome.requestId().isEmpty();
        if (!outcome.status().accepted() || missing) {
            return;
        }
        if (outcome.requestId().isEmpty() || outcome.id() == 0) {
            throw new IllegalStateException("row " + outcome.row().number() + " is "
                    + outcome.status().word() + " but has request_id '" + outcome.requestId() + "' and id "
                    + outcome.id() + ": an accepted row has both");
        }
        sink.text(any ? ",\n  " : "\n  ");
        any = true;
        JsonText.string(sink, outcome.requestId());
        sink.put(':').put(' ').number(outcome.id());
    }

    @Override
    public void finish() throws IOException {
        sink.text(any ? "\n}\n" : "}\n");
        super.finish();
    }
}
