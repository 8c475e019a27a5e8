package org.catalogdrop.kommo;

import java.util.Optional;
import org.catalogdrop.model.Problem;

/** What is kept of a block beyond the end of the process, so that the next one does not go on knocking. */
public interface BlockMemory {

    /** The block; none if there is none, or if a person has lifted it. */
    Optional<Block> recall();

    void keep(Block block);

    void forget();

    /** What to tell the operator. */
    Problem problem(Block block);
}
