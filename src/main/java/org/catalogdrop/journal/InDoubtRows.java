package org.catalogdrop.journal;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.journal.codec.RequestLine;
import org.catalogdrop.journal.codec.RowState;
import org.catalogdrop.journal.codec.RowState.Doubtful;
import org.catalogdrop.journal.codec.RowState.Settled;
import org.catalogdrop.journal.codec.RowStateCodec;
import org.catalogdrop.journal.store.Database;
import org.catalogdrop.journal.store.Sql;
import org.catalogdrop.model.Status;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * The numbers of the rows of a drop in doubt.
 *
 * @param open rows without an outcome
 * @param ended rows whose outcome is in doubt
 */
record InDoubtRows(Roaring64Bitmap open, Roaring64Bitmap ended) {

    /** @param behind rows up to this one are known not to be in doubt */
    static InDoubtRows of(Sql sql, Database database, long drop, long behind) throws SQLException {
        Roaring64Bitmap suspects = suspects(sql, drop, behind);
        InDoubtRows rows = new InDoubtRows(new Roaring64Bitmap(), new Roaring64Bitmap());
        if (suspects.isEmpty()) {
            return rows;
        }
        DropProgress progress =
                new DropProgress(sql, database, drop).behind(behind).among(suspects);
        for (Optional<RowState> row = progress.next(); row.isPresent(); row = progress.next()) {
            if (row.get() instanceof Doubtful) {
                rows.open.addLong(progress.last());
            } else if (row.get() instanceof Settled settled && settled.status() == Status.IN_DOUBT) {
                rows.ended.addLong(progress.last());
            }
        }
        return rows;
    }

    /**
     * Returns all rows that some request left in doubt; another request may have settled them since. Merging a million certain ones takes
     * a second.
     */
    private static Roaring64Bitmap suspects(Sql sql, long drop, long behind) throws SQLException {
        Roaring64Bitmap suspects = new Roaring64Bitmap();
        RequestPages pages = new RequestPages(sql, drop);
        pages.behind(behind);
        for (List<RequestLine> page = pages.next(); !page.isEmpty(); page = pages.next()) {
            for (RequestLine request : page) {
                if (!RowStateCodec.areSure(request.words())) {
                    request.addRows(suspects);
                }
            }
        }
        return suspects;
    }
}
