package org.catalogdrop.journal;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.journal.codec.RequestLine;
import org.catalogdrop.journal.store.Sql;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Reads the requests of a drop by their first row, a page at a time: those that exist when it is made. Used by one thread. */
final class RequestPages {
    private static final int PAGE = 64;
    private static final String SELECT = "select " + RequestLine.COLUMNS + " from requests where drop_id = ?"
            + " and (first_row, id) > (?, ?) and id <= ? and last_row > ? order by first_row, id limit " + PAGE;

    private final Sql sql;
    private final long drop;
    private final long lastId;
    private long row;
    private long id;
    private long behind;
    private Optional<Roaring64Bitmap> rows = Optional.empty();

    RequestPages(Sql sql, long drop) throws SQLException {
        this.sql = sql;
        this.drop = drop;
        lastId = sql.number("select max(id) from requests");
    }

    /** Leaves out requests that have no rows greater than this one. */
    void behind(long earlier) {
        behind = earlier;
    }

    /** Leaves out requests that have none of these rows. */
    void among(Roaring64Bitmap wanted) {
        rows = Optional.of(wanted);
    }

    /** Returns the next page; empty at the end. */
    List<RequestLine> next() throws SQLException {
        List<RequestLine> page;
        List<RequestLine> wanted;
        do {
            page = sql.list(SELECT, RequestLine::of, drop, row, id, lastId, behind);
            if (!page.isEmpty()) {
                RequestLine last = page.get(page.size() - 1);
                row = last.firstRow();
                id = last.id();
            }
            wanted = rows.isEmpty()
                    ? page
                    : page.stream().filter(line -> line.containsAny(rows.get())).toList();
        } while (wanted.isEmpty() && !page.isEmpty());
        return wanted;
    }
}
