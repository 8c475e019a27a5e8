package org.catalogdrop.journal.codec;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.catalogdrop.model.Action;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * A request in its stored form.
 *
 * @param words the packed states of its rows; empty while it is not settled
 */
public record RequestLine(
        long id, boolean sent, long firstRow, Instant intended, byte[] rows, byte[] words, Action action) {

    public static final String COLUMNS = "id, sent, first_row, intended_at, row_numbers, words, action";

    public void addRows(Roaring64Bitmap numbers) {
        RowNumbers each = new RowNumbers(rows);
        while (each.hasNext()) {
            numbers.addLong(each.next());
        }
    }

    /** Returns whether it has any of these rows. */
    public boolean containsAny(Roaring64Bitmap numbers) {
        RowNumbers each = new RowNumbers(rows);
        while (each.hasNext()) {
            if (numbers.contains(each.next())) {
                return true;
            }
        }
        return false;
    }

    public static RequestLine of(ResultSet result) throws SQLException {
        byte[] words = result.getBytes(6);
        return new RequestLine(
                result.getLong(1),
                result.getInt(2) == 1,
                result.getLong(3),
                Instant.ofEpochMilli(result.getLong(4)),
                result.getBytes(5),
                words == null ? new byte[0] : words,
                Action.of(result.getString(7)).orElseThrow());
    }
}
