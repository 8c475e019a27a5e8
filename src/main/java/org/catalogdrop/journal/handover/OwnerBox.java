package org.catalogdrop.journal.handover;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.catalogdrop.journal.store.Sql;
import org.catalogdrop.journal.store.Writer;
import org.catalogdrop.model.Problem;

/**
 * The files that were handed over, as the owner of the journal sees them. All that it writes is fenced by its lease. Safe for many threads.
 */
public final class OwnerBox {

    private static final String OPEN = "select " + HandedFile.COLUMNS
            + " from handed_files where state in ('waiting', 'loading') order by modified, name, inbox";

    private static final String BEGIN =
            "update handed_files set state = 'loading' where id = ? and state in ('waiting', 'loading') and not withdrawn";

    private static final String END =
            "update handed_files set state = 'ended', folder = ?, code = ?, field = ?, message = ?,"
                    + " results = (select coalesce(sum(octet_length(content)), 0) from handed_pieces where file_id = ? and of_results)"
                    + " where id = ?";

    /** Reads what is committed. */
    public interface Reading {
        <T> T read(Sql.Work<T> work);
    }

    private final Writer writer;
    private final Reading reading;

    public OwnerBox(Writer writer, Reading reading) {
        this.writer = writer;
        this.reading = reading;
    }

    /** Returns the files whose load has not ended, the oldest first. */
    public List<HandedFile> open() {
        return reading.read(sql -> sql.list(OPEN, HandedFile::of));
    }

    /** Returns the names of the files of an inbox, however far they are. */
    public List<String> names(String inbox) {
        return reading.read(sql -> sql.list(
                "select name from handed_files where inbox = ? order by name", line -> line.getString(1), inbox));
    }

    /** Writes the bytes of a file to a new file. */
    public void fetch(HandedFile file, Path to) throws IOException {
        try {
            Pieces.join(reading::read, file.id(), false, "", to);
        } catch (SQLException never) {
            throw new IllegalStateException(never);
        }
    }

    /** Returns how many files are in the database, however far they are. */
    public static long count(Sql sql) throws SQLException {
        return sql.number("select count(*) from handed_files");
    }

    /** Begins the load of a file. Returns false if it was withdrawn before. */
    public boolean begin(String id) {
        return writer.write(sql -> sql.update(BEGIN, id)) == 1;
    }

    /** Removes a file that was withdrawn, whose load is not under way. */
    public void removeWithdrawn(String id) {
        writer.run(sql -> sql.update("delete from handed_files where id = ? and withdrawn and state <> 'ended'", id));
    }

    /** Stores the files of a results folder, in place of what an earlier try has stored. They count from the {@link HandedEnd} on. */
    public void upload(String id, Path folder) throws IOException {
        writer.run(sql -> sql.update("delete from handed_pieces where file_id = ? and of_results", id));
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            try (InputStream content = Files.newInputStream(file)) {
                Pieces.cut(
                        content,
                        (number, piece) -> writer.run(sql -> sql.update(Pieces.INSERT, id, true, name, number, piece)));
            } catch (SQLException never) {
                throw new IllegalStateException(never);
            }
        }
    }

    /** Ends the load of a file, for those who wait for it. */
    public void end(HandedEnd end) {
        writer.run(sql -> end(sql, end));
    }

    /** Ends the load of a file within a transaction of the owner. */
    public static void end(Sql sql, HandedEnd end) throws SQLException {
        sql.update(
                END,
                end.folder(),
                end.refusal().map(problem -> problem.code().name()).orElse(""),
                end.refusal().map(Problem::column).orElse(""),
                end.refusal().map(Problem::message).orElse(""),
                end.id(),
                end.id());
        sql.update("delete from handed_pieces where file_id = ? and not of_results", end.id());
    }
}
