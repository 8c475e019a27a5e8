package org.catalogdrop.load;

import java.io.IOException;
import java.util.Optional;
import org.catalogdrop.decision.DropKeys;
import org.catalogdrop.model.Missing;

/** A drop whose rows were all read once, in this run or an earlier one, so that it may be sent. */
public final class CheckedDrop implements LoadPhase {

    private final OpenedDrop opened;
    private final Optional<DropKeys> keys;
    private final Missing missing;
    private final long rowsInDrop;

    /** Makes a checked drop without keys. */
    CheckedDrop(OpenedDrop opened, long rows) {
        this(opened, Optional.empty(), Missing.NONE, rows);
    }

    /**
     * @param keys its keys, if its rows are upserts
     * @param missing the missing elements, if it is a complete list
     * @param rowsInDrop the number of its own rows
     */
    CheckedDrop(OpenedDrop opened, Optional<DropKeys> keys, Missing missing, long rowsInDrop) {
        this.opened = opened;
        this.keys = keys;
        this.missing = missing;
        this.rowsInDrop = rowsInDrop;
    }

    @Override
    public OpenedDrop opened() {
        return opened;
    }

    Optional<DropKeys> keys() {
        return keys;
    }

    Missing missing() {
        return missing;
    }

    long rowsInDrop() {
        return rowsInDrop;
    }

    @Override
    public long rows() {
        return rowsInDrop + missing.elements();
    }

    @Override
    public void close() throws IOException {
        opened.close();
    }
}
