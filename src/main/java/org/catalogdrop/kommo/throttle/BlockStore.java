package org.catalogdrop.kommo.throttle;

import java.util.Optional;
import org.catalogdrop.model.Problem;

/** Keeps a block beyond the end of the process, so that the next one does not send requests into it. */
public interface BlockStore {

    /** Returns the block; empty if there is none, or if a person has lifted it. */
    Optional<ApiBlock> recall();

    /** Returns whether a person, or another process, has lifted the block that was kept. */
    default boolean isLifted() {
        return recall().isEmpty();
    }

    void keep(ApiBlock block);

    void forget();

    /** Returns the file whose deletion lifts the block, or the address of the database that has it; empty if there is none. */
    default String place() {
        return "";
    }

    /** Returns the message for the operator. */
    default Problem problem(ApiBlock block) {
        return problem(block, place());
    }

    /** Returns the message for the operator if the block is kept in {@code place}: another process of this machine may have seen it. */
    Problem problem(ApiBlock block, String place);
}
