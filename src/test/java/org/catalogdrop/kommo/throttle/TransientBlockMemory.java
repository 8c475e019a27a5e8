package org.catalogdrop.kommo.throttle;

import java.util.Optional;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;

/** Keeps a block as long as the process lives. Not safe for many threads. */
final class TransientBlockMemory implements BlockMemory {

    private Optional<Block> kept = Optional.empty();

    @Override
    public Optional<Block> recall() {
        return kept;
    }

    @Override
    public void keep(Block block) {
        kept = Optional.of(block);
    }

    @Override
    public void forget() {
        kept = Optional.empty();
    }

    @Override
    public Problem problem(Block block, String place) {
        return Problem.of(Code.BLOCKED, block.said() + " " + place);
    }
}
