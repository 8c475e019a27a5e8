package org.catalogdrop.kommo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.RunHalted;

/**
 * The one pace of all requests of this process. Whoever sends one, of whatever kind, calls {@link #await} before it and {@link #end}
 * after it, on the same thread, and shows the answer to {@link #heard} in between. Safe for many threads; first come, first served.
 */
public final class Pace {

    /** So many web pages in a row where the API's own answer should be are a block too; a single one may be an accident. */
    private static final int PAGES = 3;

    private final ReentrantLock turn = new ReentrantLock(true);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private final ThreadLocal<Permit> current = new ThreadLocal<>();
    private final AtomicInteger underWay = new AtomicInteger();

    private final double rate;
    private final InstantSource clock;
    private final BlockMemory memory;
    private final Schedule schedule;
    private final Warnings warnings =
            new Warnings(() -> ThreadLocalRandom.current().nextDouble());

    private Optional<Block> block;
    private Optional<Problem> stopped = Optional.empty();
    private int pages;
    private volatile Runnable listener = () -> {};

    /** @param rate requests a second; 0 for no pace */
    public Pace(double rate, InstantSource clock, BlockMemory memory) {
        this.rate = rate;
        this.clock = clock;
        this.memory = memory;
        this.schedule = new Schedule(Math.max(rate, 1e-3));
        this.block = memory.recall();
    }

    /** Is told, on any thread, when {@link #underWay} has changed. */
    public void listen(Runnable told) {
        listener = told;
    }

    /** Waits for the turn of a request that nothing else keeps back. */
    public void await() throws InterruptedException {
        await(Gate.OPEN);
    }

    /**
     * Waits for this request's turn.
     *
     * @param gate what it must pass when its turn has come; if it does not, the turn goes to the next and it queues anew. Null if there is none
     * @throws RunHalted if nothing may be sent: the API blocks us, or the program was told to stop. It is not sent then
     */
    public void await(Gate gate) throws InterruptedException {
        Permit permit = new Permit(current.get());
        current.set(permit);
        Gate own = gate == null ? Gate.OPEN : gate;
        while (!hasTurn(permit, own)) {
            own.await();
        }
        listener.run();
    }

    private boolean hasTurn(Permit permit, Gate gate) throws InterruptedException {
        turn.lockInterruptibly();
        try {
            lock.lockInterruptibly();
            try {
                for (long wait = untilTurn(); wait > 0; wait = untilTurn()) {
                    change.awaitNanos(wait);
                }
                boolean passed = gate.enter();
                if (passed) {
                    take(permit);
                }
                return passed;
            } finally {
                lock.unlock();
            }
        } finally {
            turn.unlock();
        }
    }

    /** How long it is to the next turn at least; none if it has come. */
    private long untilTurn() {
        checkOpen();
        long now = System.nanoTime();
        long next = warnings.until(now);
        if (rate > 0) {
            next = Math.max(next, schedule.next(now, warnings.share(now)));
        }
        if (block.isPresent() && underWay.get() > 0) {
            // One request shows whether the block is lifted; the others wait for its answer.
            next = Math.max(next, now + TimeUnit.SECONDS.toNanos(1));
        }
        return next - now;
    }

    private void take(Permit permit) {
        underWay.incrementAndGet();
        long now = System.nanoTime();
        if (rate > 0) {
            schedule.granted(permit, now, warnings.share(now));
        } else {
            permit.grant(now);
        }
    }

    private void checkOpen() {
        stopped.ifPresent(problem -> {
            throw new RunHalted(problem);
        });
        Optional<Block> standing = standing();
        if (standing.isPresent() && clock.instant().isBefore(standing.get().until())) {
            throw new RunHalted(memory.problem(standing.get()));
        }
    }

    private Optional<Block> standing() {
        if (block.isPresent() && memory.recall().isEmpty()) {
            block = Optional.empty();
        }
        return block;
    }

    /** The request of this thread has just left, or more of it; without that it counts as having left when it ends. */
    public void departed() {
        locked(() -> {
            Permit permit = current.get();
            if (permit != null && permit.isGranted()) {
                permit.depart(System.nanoTime());
            }
        });
    }

    /** The request of this thread is over, or was not sent at all. */
    public void end() {
        Permit permit = current.get();
        if (permit == null) {
            return;
        }
        if (permit.isOutermost()) {
            current.remove();
        } else {
            current.set(permit.outer());
        }
        locked(() -> {
            if (permit.isGranted()) {
                underWay.decrementAndGet();
                long now = System.nanoTime();
                if (!permit.isDeparted()) {
                    permit.depart(now);
                }
                schedule.ended(permit, now);
            }
        });
        listener.run();
    }

    /**
     * Takes note of an answer.
     *
     * @return how long nothing is sent because of it; zero unless it is a new warning
     */
    public Duration heard(Reply.Received reply) {
        lock.lock();
        try {
            pages = reply.isWebPage() ? pages + 1 : 0;
            if (isBlock(reply)) {
                blocked("HTTP " + reply.status() + ": " + reply.excerpt());
            } else if (Meaning.of(reply).code() == Code.TOO_MANY_REQUESTS) {
                return warned(reply);
            } else if (reply.status() < 500 && pages == 0) {
                warnings.fine();
                block.ifPresent(lifted -> memory.forget());
                block = Optional.empty();
            }
            return Duration.ZERO;
        } finally {
            change.signalAll();
            lock.unlock();
        }
    }

    private boolean isBlock(Reply.Received reply) {
        return Meaning.of(reply).code() == Code.BLOCKED || pages >= PAGES;
    }

    private Duration warned(Reply.Received reply) {
        long now = System.nanoTime();
        Permit permit = current.get();
        Duration pause = warnings.heard(now, permit == null ? now : permit.at(), RetryAfter.of(reply, clock.instant()));
        if (!pause.isZero()) {
            schedule.warned();
        }
        return pause;
    }

    private void blocked(String said) {
        Instant now = clock.instant();
        // Requests that were under way together are turned away together: that is one block.
        boolean news = block.isEmpty() || !now.isBefore(block.get().until());
        if (news) {
            block = Optional.of(block.map(before -> before.again(now, said)).orElseGet(() -> Block.first(now, said)));
            memory.keep(block.get());
        }
    }

    /** The block, while nothing may be sent because of it. */
    public Optional<Problem> blocked() {
        lock.lock();
        try {
            return standing()
                    .filter(standing -> clock.instant().isBefore(standing.until()))
                    .map(memory::problem);
        } finally {
            lock.unlock();
        }
    }

    /** Waits; ends early when the program is told to stop, with {@link RunHalted}. */
    public void pause(Duration time) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = time.toNanos();
            while (left > 0 && stopped.isEmpty()) {
                left = change.awaitNanos(left);
            }
            stopped.ifPresent(problem -> {
                throw new RunHalted(problem);
            });
        } finally {
            lock.unlock();
        }
    }

    /** From now on nothing is sent; whoever waits is told so. What is under way comes to its end. */
    public void stop() {
        locked(() ->
                stopped = Optional.of(Problem.of(Code.STOPPED, "the program was told to stop. Run again to go on.")));
    }

    /** After a stop, requests are sent again. */
    public void open() {
        locked(() -> stopped = Optional.empty());
    }

    /** Requests on their way; takes no lock. */
    public int underWay() {
        return underWay.get();
    }

    /** How the pace stands now. */
    public PaceState state() {
        lock.lock();
        try {
            long now = System.nanoTime();
            long left = warnings.until(now) - now;
            Optional<Instant> paused = left > 0 ? Optional.of(clock.instant().plusNanos(left)) : Optional.empty();
            return new PaceState(
                    rate,
                    warnings.share(now),
                    underWay.get(),
                    paused,
                    warnings.count(),
                    standing(),
                    stopped.isPresent());
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
