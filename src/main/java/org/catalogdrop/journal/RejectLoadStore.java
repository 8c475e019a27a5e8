package org.catalogdrop.journal;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.catalogdrop.journal.RejectLoad.LoadedReject;
import org.catalogdrop.journal.store.Sql;

/** Reads and writes which rows of rejects files were loaded from their table. Stateless. */
final class RejectLoadStore {

    private RejectLoadStore() {}

    static RejectLoad record(Sql sql, RejectLoad load, Instant now) throws SQLException {
        long id = sql.number("select max(id) from reject_loads") + 1;
        sql.update(
                "insert into reject_loads (id, folder, file, source, name, digest, loaded_at) values (?, ?, ?, ?, ?, ?, ?)",
                id,
                load.folder(),
                load.file(),
                load.source(),
                load.name(),
                load.digest(),
                now.toEpochMilli());
        sql.insertAll(
                "insert into reject_load_rows (load_id, row_number, content) values {(?, ?, ?)}",
                load.rows().stream()
                        .map(row -> new Object[] {id, row.number(), row.content()})
                        .toList());
        return load.with(id, now);
    }

    static void rename(Sql sql, long id, String name) throws SQLException {
        sql.update("update reject_loads set name = ? where id = ?", name, id);
    }

    static void forget(Sql sql, long id) throws SQLException {
        sql.update("delete from reject_load_rows where load_id = ?", id);
        sql.update("delete from reject_loads where id = ?", id);
    }

    /** Returns the loads of a rejects file, the oldest first. */
    static List<RejectLoad> of(Sql sql, String folder, String file) throws SQLException {
        List<RejectLoad> bare = sql.list(
                "select id, source, name, digest, loaded_at from reject_loads where folder = ? and file = ? order by id",
                result -> new RejectLoad(
                        result.getLong(1),
                        folder,
                        file,
                        result.getString(2),
                        result.getString(3),
                        result.getString(4),
                        Instant.ofEpochMilli(result.getLong(5)),
                        List.of()),
                folder,
                file);
        List<RejectLoad> loads = new ArrayList<>();
        for (RejectLoad load : bare) {
            loads.add(load.with(sql.list(
                    "select row_number, content from reject_load_rows where load_id = ? order by row_number",
                    result -> new LoadedReject(result.getLong(1), result.getString(2)),
                    load.id())));
        }
        return loads;
    }
}
