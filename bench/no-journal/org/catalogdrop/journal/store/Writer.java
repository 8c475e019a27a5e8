package org.catalogdrop.journal.store;

import java.nio.file.Path;
import java.sql.SQLException;

/** For {@code bench/journal} only: work is done at once, on the caller's thread, without a group or another thread to wait for. */
public final class Writer implements AutoCloseable {

    private final Sql sql;
    private final Path file;

    public Writer(Sql sql, Path file) {
        this.sql = sql;
        this.file = file;
    }

    public synchronized <T> T write(Sql.Work<T> work) {
        try {
            T done = work.with(sql);
            sql.commit();
            return done;
        } catch (SQLException fault) {
            throw JournalFaults.of(fault, file);
        }
    }

    public <T> void writeSoon(Sql.Work<T> work) {
        write(work);
    }

    public void run(Sql.Step work) {
        write(work.work());
    }

    public void runSoon(Sql.Step work) {
        write(work.work());
    }

    @Override
    public void close() {
        try {
            sql.close();
        } catch (SQLException fault) {
            throw JournalFaults.of(fault, file);
        }
    }
}
