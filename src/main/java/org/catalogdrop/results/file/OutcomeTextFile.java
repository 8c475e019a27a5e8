package org.catalogdrop.results.file;

import java.io.IOException;
import java.nio.file.Path;

/** A file of the results that is text, written from its begin to its end. */
public abstract class OutcomeTextFile implements OutcomeFile {

    public final Utf8File sink;

    public OutcomeTextFile(Utf8File sink) {
        this.sink = sink;
    }

    @Override
    public final Path path() {
        return sink.path();
    }

    @Override
    public void finish() throws IOException {
        sink.finish();
    }

    @Override
    public final void close() throws IOException {
        sink.close();
    }
}
