package org.catalogdrop.journal.codec;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** The contents of a request of adds. */
public record ContentLine(long id, byte[] rows, byte[] contents) {

    public static final String SELECT =
            "select id, row_numbers, contents from requests where drop_id = ? and action = 'add' and id > ?"
                    + " and last_row >= ? and first_row <= ? order by id limit 256";

    public static ContentLine of(ResultSet result) throws SQLException {
        return new ContentLine(result.getLong(1), result.getBytes(2), result.getBytes(3));
    }

    /** Counts the contents of the wanted rows, each row once; a counted row is no longer wanted. */
    public void count(Roaring64Bitmap wanted, Map<Integer, Integer> counts) {
        RowNumbers numbers = new RowNumbers(rows);
        ByteBuffer each = ByteBuffer.wrap(contents);
        while (numbers.hasNext()) {
            long row = numbers.next();
            int content = each.getInt();
            if (wanted.contains(row)) {
                wanted.removeLong(row);
                counts.merge(content, 1, Integer::sum);
            }
        }
    }
}
