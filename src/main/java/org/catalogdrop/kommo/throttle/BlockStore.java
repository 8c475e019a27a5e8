package org.catalogdrop.kommo.throttle;

import java.util.Optional;
import org.catalogdrop.model.Problem;

/** What is kept of a block beyond the end of the process, so that the next one does not go on knocking. */
public interface BlockStore {

    /** Returns the block; none if there is none, or if a person has lifted it. */
    Optional<ApiBlock> recall();

    void keep(ApiBlock block);

    void forget();

    /** Returns the file whose deletion lifts the block, empty if there is none. */
    default String place() {
        return "";
    }

    /** Returns what to tell the operator. */
    default Problem problem(ApiBlock block) {
        return problem(block, place());
    }

    /** Returns what to tell the operator, if deleting {@code place} lifts the block: another process of this machine may have seen it. */
    Problem problem(ApiBlock block, String place);
}
