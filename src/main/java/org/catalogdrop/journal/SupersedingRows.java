package org.catalogdrop.journal;

import java.sql.SQLException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catalogdrop.journal.codec.RequestLine;
import org.catalogdrop.journal.codec.RowState.Settled;
import org.catalogdrop.journal.store.Sql;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Status;

/**
 * The rows of a drop that were applied to the elements of a chunk after its own rows. There are some only if rows that ended in doubt
 * were opened again; otherwise later rows wait. Used by one thread.
 */
public final class SupersedingRows {

    private static final Set<Status> APPLIED = EnumSet.of(Status.UPDATED, Status.DELETED, Status.UNCHANGED);

    /** The row of the chunk, by element. */
    private final Map<Long, Long> asked = new HashMap<>();

    /** The last later row, by the row of the chunk. */
    private final Map<Long, LaterRow> last = new HashMap<>();

    private SupersedingRows(Chunk chunk) {
        for (Operation operation : chunk.operations()) {
            operation
                    .element()
                    .ifPresent(element -> asked.put(element, operation.row().number()));
        }
    }

    /** Returns the last of them, by the row of the chunk. It reads the states of all later rows. */
    static Map<Long, LaterRow> of(Sql sql, long drop, Chunk chunk) throws SQLException {
        SupersedingRows rows = new SupersedingRows(chunk);
        boolean reopened = sql.number("select count(*) from reopenings where drop_id = ?", drop) > 0;
        if (!reopened || rows.asked.isEmpty()) {
            return Map.of();
        }
        RequestPages pages = new RequestPages(sql, drop);
        pages.behind(
                rows.asked.values().stream().mapToLong(Long::longValue).min().orElseThrow());
        for (List<RequestLine> page = pages.next(); !page.isEmpty(); page = pages.next()) {
            page.forEach(request -> rows.take(new RequestRows(request)));
        }
        return rows.last;
    }

    private void take(RequestRows request) {
        while (request.advance()) {
            if (request.state() instanceof Settled settled && APPLIED.contains(settled.status())) {
                take(request.row(), settled);
            }
        }
    }

    private void take(long number, Settled settled) {
        long earlier = asked.getOrDefault(settled.id(), Long.MAX_VALUE);
        if (number > earlier) {
            LaterRow row = new LaterRow(number, settled.status());
            last.merge(earlier, row, (one, other) -> one.number() > other.number() ? one : other);
        }
    }

    /**
     * A row of a drop that came after another one on its element, and was applied.
     *
     * @param number its number, from 1
     * @param status how it ended
     */
    public record LaterRow(long number, Status status) {}
}
