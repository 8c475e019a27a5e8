package org.catalogdrop.send;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.catalogdrop.kommo.read.ListWatermarks;
import org.catalogdrop.kommo.read.PageBody;
import org.catalogdrop.kommo.read.PageRequest;
import org.catalogdrop.load.RunningLoad;
import org.catalogdrop.model.Action;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of the route {@code catalog-mark-lists}. Before the first add to a list its newest elements are read, once a process. An add
 * without an answer is then looked for above them, whatever any clock says. If they cannot be read, the add is sent anyway. Safe for many
 * threads.
 */
public final class WatermarkSteps {

    private static final Logger LOG = LoggerFactory.getLogger(WatermarkSteps.class);

    private final ListWatermarks marks;
    private final Semaphore turn = new Semaphore(1, true);

    public WatermarkSteps(ListWatermarks marks) {
        this.marks = marks;
    }

    /** The lists that are still to be read. It is not a record, because Camel would compute its hash code at every step. */
    public static final class Look {

        private final RunningLoad load;
        private final Deque<Long> lists;

        private Look(RunningLoad load, Set<Long> lists) {
            this.load = load;
            this.lists = new ArrayDeque<>(lists);
        }

        public boolean isUnfinished() {
            return !lists.isEmpty();
        }
    }

    /** Returns whether a list must be read before the chunk is sent. */
    public boolean isWatermarkMissing(ChunkDelivery sending) {
        return sending.chunk().action() == Action.ADD && !missing(sending).isEmpty();
    }

    private Set<Long> missing(ChunkDelivery sending) {
        Set<Long> lists = marks.missing(sending.chunk());
        lists.removeAll(sending.load().unmarkedLists());
        return lists;
    }

    /** Waits for chunks that read the same lists, then begins with the lists that they left. */
    public Look beginRead(ChunkDelivery sending) throws InterruptedException {
        turn.acquire();
        sending.marking(true);
        return new Look(sending.load(), missing(sending));
    }

    public PageRequest nextPage(Look look) {
        return PageRequest.ofTop(look.lists.peek());
    }

    /** Takes the top of the list that was requested; the watermarks have it already. */
    public void takePage(Look look, PageBody page) {
        long list = look.lists.remove();
        if (!marks.hasMark(list)) {
            look.load.unmarkedLists().add(list);
            LOG.warn(
                    "{}: list {} {} before the first row was added to it. If an add gets no answer, it can only be found by its time."
                            + " If the program is killed as well, such a row may stay in doubt.",
                    look.load.displayName(),
                    list,
                    page.whole() ? "was not returned newest first" : "could not be read");
        }
    }

    /** Lets other chunks go on. */
    public void endRead(ChunkDelivery sending) {
        if (sending.marking(false)) {
            turn.release();
        }
    }
}
