package org.catalogdrop.load;

import java.io.IOException;
import org.catalogdrop.journal.DropEntry;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.resolve.ResolvedMapping;

/**
 * A load in one of its phases. Each phase is immutable and contains the one before it, so nothing can be asked for before it exists. A
 * step of the routes takes the phase that it needs and returns the next one; the last one is the {@link org.catalogdrop.model.Summary}.
 * State that threads change while chunks are under way has classes of its own: {@link LoadFailure}, {@link RequestCounter},
 * {@link PassReader}, and in a running load the resequencer, the locks and the indexes. No phase is a record, because Camel would compute
 * the hash code of all of it at every step.
 */
public sealed interface LoadPhase extends DropPass permits OpenedDrop, CheckedDrop, RunningLoad {

    /** The exchange variable with the phase, on all routes of the load. */
    String VARIABLE = "catalog-load";

    OpenedDrop opened();

    /** Returns how many rows the results will have, including those for missing elements; negative while that is not known. */
    long rows();

    /** Releases what it has opened, whether the load succeeded or not. */
    void close() throws IOException;

    @Override
    default Drop drop() {
        return opened().drop();
    }

    @Override
    default PassReader reader() {
        return opened().reader();
    }

    default DropEntry entry() {
        return opened().entry();
    }

    default ResolvedMapping meaning() {
        return opened().meaning();
    }

    default LoadFailure failure() {
        return opened().failure();
    }

    /** Returns the drop's name for log lines. */
    default String displayName() {
        return NormalizedName.show(drop().name());
    }

    /** Returns whether the whole file must still be checked before its first row is sent. */
    default boolean needsCheck() {
        return false;
    }

    /** Returns how many requests with rows were sent, in all runs. */
    default long sent() {
        return opened().cost().requests();
    }

    /** Counts a request that only reads for the load. */
    default void countRead() {
        opened().requests().countRead();
    }
}
