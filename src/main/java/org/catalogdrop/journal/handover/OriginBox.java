package org.catalogdrop.journal.handover;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.journal.postgres.PostgresDatabase;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.journal.store.Sql;

/**
 * The files that were handed over, as a machine sees them that has an inbox, whoever the owner is. What it writes is not fenced: each row
 * belongs to the one process that holds its inbox. Used by one thread.
 */
public final class OriginBox implements AutoCloseable {

    private static final String ALL = "select " + HandedFile.COLUMNS + " from handed_files";

    /** One machine after the other reserves room, so that the limit holds. */
    private static final String ALONE = "select 1 from pg_advisory_xact_lock(1128559217, hashtext(current_schema()))";

    /**
     * What is to be loaded counts for all machines; results that wait count for the one that has to collect them. Of a machine that has
     * been storing a file for so long it is not known whether it ever returns.
     */
    private static final String USED = "select coalesce(sum(case when state = 'ended' then results else size end), 0)"
            + " from handed_files where inbox = ? or state in ('waiting', 'loading')"
            + " or (state = 'coming' and handed_at > clock_timestamp() - interval '1 hour')";

    private static final String CLAIM = "insert into handed_inboxes (inbox, holder, place) values (?, ?, ?)"
            + " on conflict (inbox) do update set holder = excluded.holder, place = excluded.place, seen = excluded.seen"
            + " where handed_inboxes.holder = excluded.holder"
            + " or handed_inboxes.seen < clock_timestamp() - ? * interval '1 millisecond'";

    private final Sql sql;
    private final PostgresDatabase database;

    private OriginBox(Sql sql, PostgresDatabase database) {
        this.sql = sql;
        this.database = database;
    }

    /** Connects; empty if no process has set the journal up yet. */
    public static Optional<OriginBox> open(JournalPlace.Postgres place) {
        PostgresDatabase database = new PostgresDatabase(place);
        return database.openAnywhere().map(sql -> new OriginBox(sql, database));
    }

    private <T> T commit(Sql.Work<T> work) {
        try {
            T result = work.with(sql);
            sql.commit();
            return result;
        } catch (SQLException fault) {
            throw database.faultOf(fault);
        }
    }

    /** Returns what tells the journal from all others, the current name first. */
    public List<String> identities() {
        return commit(database::identities);
    }

    /**
     * Takes an inbox for a while, so that nobody uses a copy of it at the same time.
     *
     * @param holder who takes it
     * @param where the machine and the folder, for people
     * @param patience how long it stays with one that does not take it again
     * @return where the one is that has it; empty if it was taken
     */
    public Optional<String> claim(String inbox, String holder, String where, Duration patience) {
        return commit(one -> one.update(CLAIM, inbox, holder, where, patience.toMillis()) == 1
                ? Optional.empty()
                : one
                        .list("select place from handed_inboxes where inbox = ?", line -> line.getString(1), inbox)
                        .stream()
                        .findFirst());
    }

    /** Gives an inbox up that {@link #claim} has taken. */
    public void release(String inbox, String holder) {
        commit(one -> one.update("delete from handed_inboxes where inbox = ? and holder = ?", inbox, holder));
    }

    /** Returns the files of all inboxes, the oldest first. */
    public List<HandedFile> all() {
        return commit(one -> one.list(ALL + " order by handed_at, name", HandedFile::of));
    }

    /** Returns the files of an inbox. */
    public List<HandedFile> files(String inbox) {
        return commit(one -> one.list(ALL + " where inbox = ? order by modified, name", HandedFile::of, inbox));
    }

    /** Returns the bytes that count for the limit of an inbox. */
    public long used(String inbox) {
        return commit(one -> one.number(USED, inbox));
    }

    /** Reserves room for a file. Returns false if there is none. */
    public boolean reserve(HandedFile file, long limit) {
        return commit(one -> {
            one.number(ALONE);
            if (one.number(USED, file.inbox()) + file.size() > limit) {
                return false;
            }
            one.update(
                    "insert into handed_files (id, inbox, place, name, size, digest, modified, state)"
                            + " values (?, ?, ?, ?, ?, ?, ?, 'coming')",
                    file.id(),
                    file.inbox(),
                    file.place(),
                    file.name(),
                    file.size(),
                    file.digest(),
                    file.modified());
            return true;
        });
    }

    /** Stores the bytes of a file for which room is reserved. Returns false, and removes the file, if they are other ones by now. */
    public boolean isStored(HandedFile file, Path from) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream content = new DigestInputStream(Files.newInputStream(from), digest)) {
            Pieces.cut(content, (number, piece) -> sql.update(Pieces.INSERT, file.id(), false, "", number, piece));
            if (HexFormat.of().formatHex(digest.digest()).equals(file.digest())) {
                sql.update("update handed_files set state = 'waiting' where id = ? and state = 'coming'", file.id());
                sql.commit();
                return true;
            }
            remove(file.id());
            return false;
        } catch (SQLException fault) {
            throw database.faultOf(fault);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Removes what a crash has left of a file that was being stored. */
    public void removeComing(String id) {
        commit(one -> one.update("delete from handed_files where id = ? and state = 'coming'", id));
    }

    /** Withdraws a file that has left its inbox, or was replaced there. If its load has begun, the owner removes it when it is not under way. */
    public void withdraw(String id) {
        commit(one -> {
            if (one.update("delete from handed_files where id = ? and state in ('coming', 'waiting')", id) == 0) {
                one.update("update handed_files set withdrawn = true where id = ? and state = 'loading'", id);
            }
            return true;
        });
    }

    /** Writes the results of a file into a folder. */
    public void collect(HandedFile file, Path folder) throws IOException {
        List<String> names = commit(one -> one.list(
                "select distinct name from handed_pieces where file_id = ? and of_results order by name",
                result -> result.getString(1),
                file.id()));
        try {
            for (String name : names) {
                Path to = folder.resolve(name);
                if (!folder.equals(to.getParent())
                        || !to.getFileName().toString().equals(name)) {
                    throw new IOException("the database has results with the name " + name);
                }
                Pieces.join(work -> work.with(sql), file.id(), true, name, to);
            }
            sql.commit();
        } catch (SQLException fault) {
            throw database.faultOf(fault);
        }
    }

    /** Records the name that the results get, before they get it. */
    public void reveal(String id, String folder) {
        commit(one -> one.update("update handed_files set revealed = ? where id = ?", folder, id));
    }

    /** Records that the results are in the outbox, from where anybody may take them at once. */
    public void forgetResults(String id) {
        commit(one -> {
            one.update("update handed_files set folder = '', results = 0 where id = ?", id);
            return one.update("delete from handed_pieces where file_id = ? and of_results", id);
        });
    }

    /** Records where the file is moved to, before it is. */
    public void move(String id, String place) {
        commit(one -> one.update("update handed_files set moved = ? where id = ?", place, id));
    }

    /** Removes a file and all that belongs to it. */
    public void remove(String id) {
        commit(one -> one.update("delete from handed_files where id = ?", id));
    }

    /** Ends the connection. What was not committed is gone. */
    @Override
    public void close() {
        try {
            sql.close();
        } catch (SQLException broken) {
            // It is not used again.
        }
    }
}
