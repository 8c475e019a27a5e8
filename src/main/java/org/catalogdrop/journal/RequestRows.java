package org.catalogdrop.journal;

import java.util.Optional;
import org.catalogdrop.journal.codec.RequestLine;
import org.catalogdrop.journal.codec.RowNumbers;
import org.catalogdrop.journal.codec.RowState;
import org.catalogdrop.journal.codec.RowState.Doubtful;
import org.catalogdrop.journal.codec.RowStateCodec;

/** Iterates over the rows of one request and their states. Used by one thread. */
final class RequestRows {
    private final RequestLine request;
    private final RowNumbers rows;
    private final Optional<RowStateCodec> words;
    private final Doubtful unanswered;
    private long row;
    private RowState state;

    RequestRows(RequestLine request) {
        this.request = request;
        rows = new RowNumbers(request.rows());
        unanswered = new Doubtful(request.intended());
        state = unanswered;
        words = request.words().length == 0
                ? Optional.empty()
                : Optional.of(new RowStateCodec(request.words(), request.intended()));
    }

    boolean advance() {
        if (!rows.hasNext()) {
            return false;
        }
        row = rows.next();
        state = words.isPresent() ? words.get().next() : unanswered;
        return true;
    }

    RequestLine request() {
        return request;
    }

    long row() {
        return row;
    }

    /** Returns the state; {@link RowState.Open} means that this request certainly was not applied to the row. */
    RowState state() {
        return state;
    }
}
