package org.catalogdrop.journal;

import java.util.Optional;
import org.catalogdrop.journal.RowState.Doubtful;
import org.catalogdrop.journal.RowState.Settled;
import org.catalogdrop.model.Status;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * The numbers of the rows of a drop of which nobody knows whether they were applied.
 *
 * @param open those without an outcome
 * @param ended those that ended so
 */
record UnsureRows(Roaring64Bitmap open, Roaring64Bitmap ended) {

    static UnsureRows of(Progress progress) {
        UnsureRows rows = new UnsureRows(new Roaring64Bitmap(), new Roaring64Bitmap());
        for (Optional<RowState> row = progress.next(); row.isPresent(); row = progress.next()) {
            if (row.get() instanceof Doubtful) {
                rows.open.addLong(progress.last());
            } else if (row.get() instanceof Settled settled && settled.status() == Status.IN_DOUBT) {
                rows.ended.addLong(progress.last());
            }
        }
        return rows;
    }
}
