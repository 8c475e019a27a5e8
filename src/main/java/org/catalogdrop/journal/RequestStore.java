package org.catalogdrop.journal;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.catalogdrop.journal.codec.RequestLine;
import org.catalogdrop.journal.codec.RowState;
import org.catalogdrop.journal.codec.RowState.Doubtful;
import org.catalogdrop.journal.codec.RowState.Open;
import org.catalogdrop.journal.codec.RowState.Settled;
import org.catalogdrop.journal.codec.RowStateCodec;
import org.catalogdrop.journal.store.Sql;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Intent;
import org.catalogdrop.model.Row;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Writes requests and their settlements, on the writer's thread only. */
final class RequestStore {
    private static final String INSERT = "insert into requests (id, drop_id, action, sent, retry, first_row, last_row,"
            + " row_numbers, request_ids, contents, intended_at, settled_at, words)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final Sql sql;
    private final long openedAfter;
    private long lastId;
    private long lastAt;

    /** By drop: rows of a request that did not settle them; usually none. */
    private final Map<Long, Roaring64Bitmap> unsettled = new HashMap<>();

    RequestStore(Sql sql) throws SQLException {
        this.sql = sql;
        lastId = sql.number("select max(id) from requests");
        lastAt = sql.number("select intended_at from requests where id = ?", lastId);
        openedAfter = lastId;
    }

    Intent intend(long drop, Chunk chunk, StoredChunk packed, Map<Long, Long> marks, Instant now) throws SQLException {
        Roaring64Bitmap sentBefore = unsettled(drop);
        boolean retry = chunk.doubtSince().isPresent()
                || (!sentBefore.isEmpty() && Arrays.stream(packed.rows()).anyMatch(sentBefore::contains));
        insert(drop, chunk, packed, retry ? 1 : 0, now, new Object[] {1, null, null});
        for (long list : chunk.lists()) {
            sql.update(
                    "insert into watermarks (request_id, catalog, highest, opened_after) values (?, ?, ?, ?)",
                    lastId,
                    list,
                    marks.getOrDefault(list, Watermark.NONE),
                    openedAfter);
        }
        return new Intent(lastId, drop, chunk, now);
    }

    /** Records what a look-up found: settled without a request. */
    void lookedUp(long drop, Chunk chunk, Map<Long, RowState> said, Instant now) throws SQLException {
        StoredChunk packed = StoredChunk.of(chunk);
        List<RowState> words = new ArrayList<>();
        for (long row : packed.rows()) {
            RowState word = said.remove(row);
            words.add(word == null ? new Doubtful(now) : word);
        }
        refuseStrangers(said);
        insert(drop, chunk, packed, 0, now, new Object[] {0, now.toEpochMilli(), RowStateCodec.pack(words)});
    }

    private void insert(long drop, Chunk chunk, StoredChunk packed, int retry, Instant now, Object[] sentSettledWords)
            throws SQLException {
        long[] rows = packed.rows();
        sql.update(
                INSERT,
                lastId + 1,
                drop,
                chunk.action().word(),
                sentSettledWords[0],
                retry,
                rows[0],
                rows[rows.length - 1],
                packed.rowNumbers(),
                packed.requestIds(),
                packed.contents(),
                now.toEpochMilli(),
                sentSettledWords[1],
                sentSettledWords[2]);
        lastId++;
        lastAt = now.toEpochMilli();
    }

    /**
     * Settles a request. If it is called again, the later state counts; but a row with an outcome changes only to another outcome. A row
     * that is not mentioned stays in doubt.
     */
    void settle(Intent intent, Map<Long, RowState> said, Instant now) throws SQLException {
        RequestLine request = sql.one(
                        "select " + RequestLine.COLUMNS + " from requests where id = ? and drop_id = ?",
                        RequestLine::of,
                        intent.id(),
                        intent.drop())
                .orElseThrow(() -> new IllegalArgumentException(
                        "intent " + intent.id() + " of drop " + intent.drop() + " is not in this journal"));
        List<RowState> words = new ArrayList<>();
        List<Long> open = new ArrayList<>();
        RequestRows before = new RequestRows(request);
        while (before.advance()) {
            RowState word = said.remove(before.row());
            boolean keeps = word == null || (before.state() instanceof Settled && !(word instanceof Settled));
            words.add(keeps ? before.state() : word);
            if (!(words.get(words.size() - 1) instanceof Settled)) {
                open.add(before.row());
            }
        }
        refuseStrangers(said);
        sql.update(
                "update requests set settled_at = ?, words = ? where id = ?",
                now.toEpochMilli(),
                RowStateCodec.pack(words),
                intent.id());
        open.forEach(unsettled(intent.drop())::addLong);
    }

    long lastId() {
        return lastId;
    }

    /** Returns when the last request was written, in milliseconds since 1970; 0 if there is none. */
    long lastAt() {
        return lastAt;
    }

    /** Forgets a drop that is done for now. */
    void forget(long drop) {
        unsettled.remove(drop);
    }

    private Roaring64Bitmap unsettled(long drop) throws SQLException {
        Roaring64Bitmap rows = unsettled.get(drop);
        if (rows == null) {
            rows = new Roaring64Bitmap();
            RequestPages pages = new RequestPages(sql, drop);
            for (List<RequestLine> page = pages.next(); !page.isEmpty(); page = pages.next()) {
                for (RequestLine request : page) {
                    addUnsettled(rows, new RequestRows(request));
                }
            }
            unsettled.put(drop, rows);
        }
        return rows;
    }

    private static void addUnsettled(Roaring64Bitmap rows, RequestRows request) {
        while (request.advance()) {
            if (request.request().sent() && !(request.state() instanceof Settled)) {
                rows.addLong(request.row());
            }
        }
    }

    /**
     * Returns what an answer says of each row.
     *
     * @param since when the doubt of a row began
     */
    static Map<Long, RowState> states(Answer answer, Instant since) {
        Map<Long, RowState> said = new HashMap<>();
        answer.untouched().forEach(operation -> sayOnce(said, operation.row(), new Open()));
        answer.doubtful().forEach(operation -> sayOnce(said, operation.row(), new Doubtful(since)));
        answer.settled()
                .forEach(outcome ->
                        sayOnce(said, outcome.row(), new Settled(outcome.status(), outcome.id(), outcome.problem())));
        return said;
    }

    private static void sayOnce(Map<Long, RowState> said, Row row, RowState state) {
        if (said.put(row.number(), state) != null) {
            throw new IllegalArgumentException("an answer speaks of row " + row.number() + " twice");
        }
    }

    private static void refuseStrangers(Map<Long, RowState> said) {
        if (!said.isEmpty()) {
            throw new IllegalArgumentException("an answer speaks of rows that were not sent: " + said.keySet());
        }
    }
}
