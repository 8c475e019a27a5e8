package org.catalogdrop.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.catalogdrop.journal.codec.RowNumbers;

/** The request_ids with which the rows of a drop were sent, for results that must be made without its file. Used by one thread. */
public final class SentRows {

    private static final String SELECT = "select row_numbers, request_ids from requests where drop_id = ?"
            + " and first_row <= ? and last_row >= ? order by id";

    private final JournalReader reading;
    private final long drop;

    /** The rows of the request that was read last; neighbouring rows are mostly in it too. */
    private Map<Long, Long> known = Map.of();

    SentRows(JournalReader reading, long drop) {
        this.reading = reading;
        this.drop = drop;
    }

    /** Returns the greatest number of a row that was sent; 0 if none was. */
    public long last() {
        return reading.read(sql -> sql.number("select max(last_row) from requests where drop_id = ?", drop));
    }

    /** Returns the request_id of a row; its number if it was in no request. */
    public long requestId(long row) {
        if (!known.containsKey(row)) {
            known = reading.read(sql -> sql.list(SELECT, SentRows::requestIds, drop, row, row)).stream()
                    .filter(ids -> ids.containsKey(row))
                    .findFirst()
                    .orElse(Map.of());
        }
        return known.getOrDefault(row, row);
    }

    private static Map<Long, Long> requestIds(ResultSet result) throws SQLException {
        RowNumbers rows = new RowNumbers(result.getBytes(1));
        RowNumbers.Distances distances = new RowNumbers.Distances(result.getBytes(2));
        Map<Long, Long> ids = new HashMap<>();
        while (rows.hasNext()) {
            long row = rows.next();
            ids.put(row, row + distances.next());
        }
        return ids;
    }
}
