package org.catalogdrop.send;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Isolates the rows that make the API reject a chunk.
 *
 * <p>A rejected part is retried once, because the rejection may be transient, and then bisected until the rows at fault are alone. If the
 * first half succeeds, the second half must contain a bad row and is split again without being sent. So a bad row among n costs at most
 * 2·log2(n) requests for the halves, one for the retry of the whole and one for the retry of the row. Used by one thread.
 */
final class BisectionQueue {

    private final Deque<SubChunk> open = new ArrayDeque<>();
    private Optional<SubChunk> other = Optional.empty();

    boolean isEmpty() {
        return open.isEmpty();
    }

    void add(SubChunk part) {
        open.addLast(part);
    }

    /** Returns whether the next part is larger than this many operations. */
    boolean isLarger(int most) {
        return open.getFirst().size() > most;
    }

    /** Returns the next part, with at most this many operations, and removes it from the queue. */
    SubChunk next(int most) {
        SubChunk first = open.removeFirst();
        while (first.guilty() && first.size() > 1) {
            halve(first);
            first = open.removeFirst();
        }
        if (first.size() > most) {
            other = Optional.empty();
            // The rest stays whole: more may be sent at once when its turn comes.
            List<SubChunk> cut = first.cut(most);
            open.addFirst(cut.get(1));
            first = cut.get(0);
        }
        return first;
    }

    /** Returns a part to the queue for a reason that is not its rows'. */
    void again(SubChunk part) {
        open.addFirst(part);
    }

    /** Records that all of the part last sent is settled, and that it was not rejected as a whole. */
    void accepted() {
        if (other.isPresent() && open.peekFirst() == other.get()) {
            open.addFirst(open.removeFirst().foundGuilty());
        }
        other = Optional.empty();
    }

    /** Records that the part was rejected as a whole and is not given up; returns whether that brings it nearer to its end. */
    boolean refused(SubChunk part) {
        other = Optional.empty();
        if (part.checked() && part.size() > 1) {
            halve(part);
            return true;
        }
        open.addFirst(part.checkedOnce());
        return false;
    }

    /** Records that the part was given up. */
    void givenUp() {
        other = Optional.empty();
    }

    private void halve(SubChunk part) {
        List<SubChunk> halves = part.halves();
        open.addFirst(halves.get(1));
        open.addFirst(halves.get(0));
        other = Optional.of(halves.get(1));
    }
}
