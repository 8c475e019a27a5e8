package org.catalogdrop.results.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.catalogdrop.model.Outcome;

/** A file of the results that grows with the outcomes, in row order. */
public interface OutcomeFile extends Closeable {

    Path path();

    /** Takes an outcome; the file decides whether it writes a line for it. */
    void write(Outcome outcome) throws IOException;

    /** Ends the file; all of it is on disk when this returns. */
    void finish() throws IOException;

    /** Releases the file; an unfinished file is useless. */
    @Override
    void close() throws IOException;
}
