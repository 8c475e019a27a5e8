package org.catalogdrop.kommo.throttle;

import java.util.Optional;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;

/** Keeps a block as long as the process lives. Not safe for many threads. */
final class TransientBlockMemory implements BlockStore {

    private Optional<ApiBlock> kept = Optional.empty();

    @Override
    public Optional<ApiBlock> recall() {
        return kept;
    }

    @Override
    public void keep(ApiBlock block) {
        kept = Optional.of(block);
    }

    @Override
    public void forget() {
        kept = Optional.empty();
    }

    @Override
    public Problem problem(ApiBlock block, String place) {
        return Problem.of(Code.BLOCKED, block.said() + " " + place);
    }
}
