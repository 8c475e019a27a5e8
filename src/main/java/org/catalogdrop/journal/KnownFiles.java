package org.catalogdrop.journal;

import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.catalogdrop.journal.store.Writer;
import org.catalogdrop.model.Drop;

/**
 * The files of unfinished drops, so that a resumed load need not digest a large file once more. A file is recognised by its size, its
 * time of change and its key (on most systems device and inode), so also under another name. Safe for many threads.
 */
public final class KnownFiles {

    private static final String PUT =
            "insert into drop_files (drop_id, size, modified_at, file_key, checksum) values (?, ?, ?, ?, ?)"
                    + " on conflict (drop_id) do update set size = excluded.size, modified_at = excluded.modified_at,"
                    + " file_key = excluded.file_key, checksum = excluded.checksum";

    static final String FIND = "select digest, checksum from drop_files join drops on drops.id = drop_files.drop_id"
            + " where state in ('open', 'publishing', 'published') and drop_files.size = ? and modified_at = ? and file_key = ?"
            + " order by drops.id desc";

    private final Writer writer;
    private final JournalReader reading;

    KnownFiles(Writer writer, JournalReader reading) {
        this.writer = writer;
        this.reading = reading;
    }

    /**
     * What was known of a file.
     *
     * @param checksum the CRC-32C of its bytes
     * @param digest their SHA-256, in hex digits
     */
    public record Known(long checksum, String digest) {}

    /** Returns what is known of a file, if an unfinished drop was read from it. */
    public Optional<Known> of(BasicFileAttributes file) {
        if (file.fileKey() == null) {
            return Optional.empty();
        }
        return reading.read(sql -> sql.one(
                FIND,
                result -> new Known(result.getLong(2), result.getString(1)),
                file.size(),
                file.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                file.fileKey().toString()));
    }

    /** Records the file of a drop, unless it has changed since. Durable before whatever is written next. */
    public void remember(long entry, Drop drop, BasicFileAttributes file) {
        Instant modified = file.lastModifiedTime().toInstant();
        if (file.fileKey() == null || file.size() != drop.size() || !modified.equals(drop.modified())) {
            return;
        }
        writer.writeSoon(sql -> sql.update(
                PUT,
                entry,
                file.size(),
                file.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                file.fileKey().toString(),
                drop.checksum()));
    }
}
