package org.catalogdrop.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.catalogdrop.journal.codec.RequestLine;
import org.catalogdrop.journal.store.Sql;
import org.catalogdrop.model.Chunk;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * The high-water marks of lists before adds were sent for the first time.
 *
 * @param highest the highest element id seen in each list; lists of which nothing was seen are left out
 * @param after only requests after this one can have made elements above these
 */
public record Watermark(Map<Long, Long> highest, long after) {

    static final long NONE = -1;

    private static final String REQUESTS =
            "select requests.id, sent, first_row, intended_at, row_numbers, words, action, catalog, highest, opened_after"
                    + " from requests left join watermarks on request_id = requests.id"
                    + " where drop_id = ? and first_row <= ? and last_row >= ? and action = 'add' and sent = 1";

    /** @param catalog 0 if an earlier version sent the request */
    private record Line(RequestLine request, long catalog, long highest, long after) {

        static Line of(ResultSet result) throws SQLException {
            return new Line(RequestLine.of(result), result.getLong(8), result.getLong(9), result.getLong(10));
        }
    }

    static Watermark of(Sql sql, long drop, Chunk chunk) throws SQLException {
        Roaring64Bitmap rows = new Roaring64Bitmap();
        chunk.operations().forEach(operation -> rows.addLong(operation.row().number()));
        Map<Long, Long> highest = new HashMap<>();
        Set<Long> unknown = new HashSet<>();
        long after = Long.MAX_VALUE;
        for (Line line : sql.list(REQUESTS, Line::of, drop, rows.last(), rows.first())) {
            if (line.request().containsAny(rows)) {
                if (line.catalog() == 0) {
                    return new Watermark(Map.of(), 0);
                }
                after = Math.min(after, line.after());
                highest.merge(line.catalog(), line.highest(), Math::min);
                if (line.highest() == NONE) {
                    unknown.add(line.catalog());
                }
            }
        }
        highest.keySet().removeAll(unknown);
        return new Watermark(highest, highest.isEmpty() || !unknown.isEmpty() ? 0 : after);
    }
}
