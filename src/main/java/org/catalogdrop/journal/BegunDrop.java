package org.catalogdrop.journal;

import org.catalogdrop.journal.codec.RowState;
import org.catalogdrop.journal.postgres.Databases;
import org.catalogdrop.journal.store.JournalPlace;

/** Reads the state of the rows of a drop whose load has begun, also while another process loads it. Used by one thread. */
public final class BegunDrop implements AutoCloseable {

    private final JournalReader reading;
    private final DropProgress progress;

    private BegunDrop(JournalReader reading, long drop) {
        this.reading = reading;
        this.progress = reading.progress(drop);
    }

    /**
     * Opens a journal.
     *
     * @param drop the journal's number of the drop
     */
    public static BegunDrop open(JournalPlace place, long drop) {
        return new BegunDrop(new JournalReader(Databases.of(place)), drop);
    }

    /**
     * Returns the state of a row.
     *
     * @param row from 1; greater than all rows asked for before
     */
    public RowState state(long row) {
        return progress.of(row);
    }

    @Override
    public void close() {
        reading.close();
    }
}
