package org.catalogdrop.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.catalogdrop.journal.DropEntry.State;
import org.catalogdrop.journal.store.Sql;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.Marker;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;

/** Writes drops and their states, on the writer's thread only. */
final class DropStore {
    private static final String ENTRY = "select id, state, folder, settings, row_count,"
            + " (select count(*) from requests where drop_id = drops.id and sent = 1),"
            + " (select coalesce(sum(retry), 0) from requests where drop_id = drops.id and sent = 1),"
            + " (select count(*) from abandoned_drops where drop_id = drops.id and reopened = 0) from drops";
    private static final Set<State> UNDER_WAY = EnumSet.of(State.OPEN, State.PUBLISHING);

    private final Sql sql;
    private long lastId;

    DropStore(Sql sql) throws SQLException {
        this.sql = sql;
        lastId = sql.number("select max(id) from drops");
    }

    long lastId() {
        return lastId;
    }

    static Optional<DropEntry> latest(Sql sql, String digest) throws SQLException {
        return sql.one(ENTRY + " where digest = ? order by id desc limit 1", DropStore::entry, digest);
    }

    static List<DropEntry> all(Sql sql, String digest) throws SQLException {
        return sql.list(ENTRY + " where digest = ? order by id desc", DropStore::entry, digest);
    }

    static DropEntry entry(Sql sql, long drop) throws SQLException {
        return sql.one(ENTRY + " where id = ?", DropStore::entry, drop).orElseThrow(() -> unknown(drop));
    }

    private static DropEntry entry(ResultSet result) throws SQLException {
        return new DropEntry(
                result.getLong(1),
                State.valueOf(result.getString(2).toUpperCase(Locale.ROOT)),
                result.getString(3),
                result.getString(4),
                result.getLong(5),
                result.getLong(6),
                result.getLong(7),
                result.getLong(8) > 0);
    }

    DropEntry enter(Drop drop, String settings, Instant now) throws SQLException {
        Optional<DropEntry> known = latest(sql, drop.digest());
        if (known.isEmpty()) {
            return again(drop, settings, now);
        }
        DropEntry entry = known.get();
        if (entry.state() != State.OPEN) {
            return entry;
        }
        sql.update("update drops set name = ? where id = ?", drop.name(), entry.id());
        return settings(entry, settings);
    }

    DropEntry again(Drop drop, String settings, Instant now) throws SQLException {
        sql.update(
                "insert into drops (id, digest, name, size, settings, state, folder, row_count, entered_at)"
                        + " values (?, ?, ?, ?, ?, 'open', '', -1, ?)",
                lastId + 1,
                drop.digest(),
                drop.name(),
                drop.size(),
                settings,
                now.toEpochMilli());
        lastId++;
        return entry(sql, lastId);
    }

    /** Records the current meaning of a drop, as long as nothing was sent. */
    DropEntry recordSettings(long drop, String settings) throws SQLException {
        return settings(entry(sql, drop), settings);
    }

    /** Opens a drop that was refused, is done, or died before its results were published. */
    DropEntry reopen(long drop, String settings) throws SQLException {
        require(drop, EnumSet.of(State.PUBLISHING, State.REFUSED, State.DONE), "opened again");
        open(drop);
        return settings(entry(sql, drop), settings);
    }

    void reopenDoubts(long drop, long lastRequest, Instant now) throws SQLException {
        require(drop, EnumSet.allOf(State.class), "opened again");
        sql.update(
                "insert into reopenings (drop_id, last_request, reopened_at) values (?, ?, ?)",
                drop,
                lastRequest,
                now.toEpochMilli());
        sql.update("update abandoned_drops set reopened = 1 where drop_id = ?", drop);
        open(drop);
    }

    /** Abandons a drop. From now on each of its rows has an outcome, also after a crash. */
    void abandon(long drop, Instant now) throws SQLException {
        require(drop, UNDER_WAY, "abandoned");
        sql.update(
                "insert into abandoned_drops (drop_id, reopened, abandoned_at) values (?, 0, ?)"
                        + " on conflict (drop_id) do update set reopened = 0, abandoned_at = excluded.abandoned_at",
                drop,
                now.toEpochMilli());
    }

    private void open(long drop) throws SQLException {
        sql.update(
                "update drops set state = 'open', finished_at = null, problem_code = null, problem_column = null,"
                        + " problem_message = null where id = ?",
                drop);
    }

    /** Replaces the settings, as long as nothing was sent or read instead: until then no row has a meaning that must be kept. */
    private DropEntry settings(DropEntry entry, String settings) throws SQLException {
        boolean begun = sql.number("select count(*) from requests where drop_id = ?", entry.id()) > 0;
        if (begun || entry.settings().equals(settings)) {
            return entry;
        }
        sql.update("update drops set settings = ?, row_count = -1 where id = ?", settings, entry.id());
        return entry(sql, entry.id());
    }

    void recordRowCount(long drop, long rows) throws SQLException {
        require(drop, UNDER_WAY, "surveyed");
        sql.update("update drops set row_count = ? where id = ?", rows, drop);
    }

    /**
     * Returns the marker of a drop. A drop whose adds were sent without a marker never gets one, because their elements would count as
     * absent.
     */
    Optional<Marker> marker(long drop, OptionalLong field, String load) throws SQLException {
        String digest = sql.one("select digest from drops where id = ?", result -> result.getString(1), drop)
                .orElseThrow(() -> unknown(drop));
        Optional<Marker> known = sql.one(
                "select field, load from drop_markers where drop_id = ?",
                result -> new Marker(result.getLong(1), digest, result.getString(2)),
                drop);
        boolean begun = sql.number("select count(*) from requests where drop_id = ? and action = 'add'", drop) > 0;
        if (known.isPresent() || begun || field.isEmpty()) {
            return known;
        }
        sql.update("insert into drop_markers (drop_id, field, load) values (?, ?, ?)", drop, field.getAsLong(), load);
        return Optional.of(new Marker(field.getAsLong(), digest, load));
    }

    void clocksApart(long drop, Duration seen) throws SQLException {
        sql.update(
                "insert into drop_clocks (drop_id, apart) values (?, ?)"
                        + " on conflict (drop_id) do update set apart = excluded.apart",
                drop,
                seen.toMillis());
    }

    void publishing(long drop, String folder) throws SQLException {
        require(drop, UNDER_WAY, "published");
        sql.update("update drops set state = 'publishing', folder = ? where id = ?", folder, drop);
    }

    void published(long drop, Summary summary) throws SQLException {
        require(drop, UNDER_WAY, "published");
        StringBuilder counts = new StringBuilder();
        Arrays.stream(Status.values())
                .forEach(status -> counts.append(", ").append(status.word()).append(" = ?"));
        Object[] values = new Object[Status.values().length + 3];
        values[0] = summary.folder();
        values[1] = summary.rows();
        for (Status status : Status.values()) {
            values[2 + status.ordinal()] = summary.count(status);
        }
        values[values.length - 1] = drop;
        sql.update(
                "update drops set state = 'published', folder = ?, row_count = ?" + counts + " where id = ?", values);
        sql.update("delete from drop_halts where drop_id = ?", drop);
    }

    /** Finishes a drop. A finished drop is left as it is: the load and the inbox may both finish it. */
    void finish(long drop, Instant now) throws SQLException {
        require(drop, EnumSet.of(State.PUBLISHED, State.DONE), "finished");
        sql.update(
                "update drops set state = 'done', finished_at = ? where id = ? and state = 'published'",
                now.toEpochMilli(),
                drop);
    }

    static void halted(Sql sql, long drop, Problem problem, Instant now) throws SQLException {
        sql.update(
                "insert into drop_halts (drop_id, code, message, halted_at) values (?, ?, ?, ?)"
                        + " on conflict (drop_id) do update set code = excluded.code, message = excluded.message,"
                        + " halted_at = excluded.halted_at",
                drop,
                problem.code().word(),
                problem.message(),
                now.toEpochMilli());
    }

    static Map<Long, DropHalt> halts(Sql sql) throws SQLException {
        Map<Long, DropHalt> halts = new HashMap<>();
        sql.list(
                "select drop_id, code, message, halted_at from drop_halts",
                result -> halts.put(
                        result.getLong(1),
                        new DropHalt(
                                result.getString(2), result.getString(3), Instant.ofEpochMilli(result.getLong(4)))));
        return halts;
    }

    void locate(long drop, String path) throws SQLException {
        sql.update(
                "insert into drop_places (drop_id, path) values (?, ?)"
                        + " on conflict (drop_id) do update set path = excluded.path",
                drop,
                path);
    }

    void refuse(long drop, Problem problem, Instant now) throws SQLException {
        require(drop, EnumSet.complementOf(EnumSet.of(State.DONE)), "refused");
        sql.update(
                "update drops set state = 'refused', finished_at = ?, problem_code = ?, problem_column = ?,"
                        + " problem_message = ? where id = ?",
                now.toEpochMilli(),
                problem.code().word(),
                problem.column(),
                problem.message(),
                drop);
        sql.update("delete from drop_halts where drop_id = ?", drop);
    }

    void require(long drop, Set<State> states, String verb) throws SQLException {
        String word = sql.one("select state from drops where id = ?", result -> result.getString(1), drop)
                .orElseThrow(() -> unknown(drop));
        if (!states.contains(State.valueOf(word.toUpperCase(Locale.ROOT)))) {
            throw new IllegalStateException("drop " + drop + " cannot be " + verb + ": it is " + word);
        }
    }

    private static IllegalArgumentException unknown(long drop) {
        return new IllegalArgumentException("drop " + drop + " is not in this journal");
    }
}
