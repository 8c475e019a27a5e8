package org.catalogdrop.send;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What of a chunk is still to be sent, part by part.
 *
 * <p>A part that is refused as a whole is sent once more, since such an answer may be an accident; then it is halved until the rows it was
 * refused for stand alone. When the first half is accepted the other one is known to be guilty and is halved unsent. So a bad row among n
 * costs at most 2·log2(n) requests for the halves, one for the repeat of the whole and one for that of the row.
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

    /** Returns whether the next part is larger than so many operations. */
    boolean isLarger(int most) {
        return open.getFirst().size() > most;
    }

    /** Returns the part that is to go out next, with at most so many operations; it is no longer among these. */
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

    /** The part has to be sent again, for a reason that is not its rows'. */
    void again(SubChunk part) {
        open.addFirst(part);
    }

    /** All of the part last sent is settled, and it was not refused as a whole. */
    void accepted() {
        if (other.isPresent() && open.peekFirst() == other.get()) {
            open.addFirst(open.removeFirst().foundGuilty());
        }
        other = Optional.empty();
    }

    /** The part was refused as a whole, and not given up; says whether it is nearer to its end by that. */
    boolean refused(SubChunk part) {
        other = Optional.empty();
        if (part.checked() && part.size() > 1) {
            halve(part);
            return true;
        }
        open.addFirst(part.checkedOnce());
        return false;
    }

    /** The part was given up. */
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
