package org.catalogdrop.kommo.throttle;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.catalogdrop.kommo.Reply;
import org.catalogdrop.kommo.ResponseRule;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.RunHalted;

/**
 * The rate limiter of an account. For each request, of whatever kind, call {@link #awaitTurn()} before it and {@link #endTurn} after it,
 * on the same thread, and pass the answer to {@link #onResponse} in between. With a {@link RateLimitFile} it shares the limit, the pauses
 * after warnings and a block with all processes of the machine. Safe for many threads. In a process, turns are given in the order of the
 * calls.
 */
public final class RateLimiter {

    /** The number of consecutive web pages instead of the API's own answer that count as a block. A single one may be chance. */
    private static final int PAGES = 3;

    /** How long a process counts among those that ask for turns after its last request for one. */
    private static final long ASKS = Duration.ofSeconds(2).toNanos();

    /** How often it reads what other processes did, while that may bring its turn nearer, and otherwise. */
    private static final long SOON = Duration.ofMillis(20).toNanos();

    private static final long NOW_AND_THEN = Duration.ofMillis(500).toNanos();

    /** The time after which a process that tests whether a block is lifted has an answer or has died. */
    private static final long LOOKING = Duration.ofMinutes(1).toNanos();

    private final ReentrantLock turn = new ReentrantLock(true);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private final ThreadLocal<Permit> current = new ThreadLocal<>();
    private final AtomicInteger underWay = new AtomicInteger();

    private final double rate;
    private final InstantSource clock;
    private final BlockStore memory;
    private final Schedule schedule;
    private final Cooldown warnings =
            new Cooldown(() -> ThreadLocalRandom.current().nextDouble());

    private final Optional<RateLimitFile> file;
    private final MonotonicClock ticks;

    private Optional<ApiBlock> block;
    private Optional<SharedBlock> common = Optional.empty();
    private Instant lifted = Instant.MIN;
    private long blockedAt = Long.MIN_VALUE;
    private long lookedAt;
    private long looks;
    private double lowest;
    private long lowestUntil;
    private Optional<Problem> stopped = Optional.empty();
    private int pages;
    private volatile Runnable listener = () -> {};

    /** @param rate requests a second; 0 for no limit */
    public RateLimiter(double rate, InstantSource clock, BlockStore memory) {
        this(rate, clock, memory, Optional.empty());
    }

    /**
     * @param rate requests a second; 0 for no limit, which is not shared either
     * @param shared the file through which other processes share the limit
     */
    public RateLimiter(double rate, InstantSource clock, BlockStore memory, Optional<RateLimitFile> shared) {
        this.rate = rate;
        this.file = rate > 0 ? shared : Optional.empty();
        this.ticks = file.isPresent() ? MonotonicClock.SHARED : new MonotonicClock(System::nanoTime, 0);
        this.lowest = rate;
        this.clock = clock;
        this.memory = memory;
        this.schedule = new Schedule(Math.max(rate, 1e-3));
        this.block = memory.recall();
    }

    /** Registers a listener that is called, on any thread, when {@link #underWay} has changed. */
    public void listen(Runnable told) {
        listener = told;
    }

    /** Waits for the turn of a request without a gate. */
    public void awaitTurn() throws InterruptedException {
        awaitTurn(AdmissionGate.OPEN);
    }

    /**
     * Waits for this request's turn.
     *
     * @param gate what it must pass when its turn has come. If it does not, the turn goes to the next request, and this one queues again.
     *     Null if there is none
     * @throws RunHalted if nothing may be sent, because the API blocks us or the program is stopping; the request is then not sent
     */
    public void awaitTurn(AdmissionGate gate) throws InterruptedException {
        Permit permit = new Permit(current.get());
        current.set(permit);
        AdmissionGate own = gate == null ? AdmissionGate.OPEN : gate;
        while (!hasTurn(permit, own)) {
            own.await();
        }
        listener.run();
    }

    private boolean hasTurn(Permit permit, AdmissionGate gate) throws InterruptedException {
        turn.lockInterruptibly();
        try {
            lock.lockInterruptibly();
            try {
                while (true) {
                    long wait;
                    Sharing sharing = share();
                    try {
                        wait = untilTurn();
                        if (wait <= 0) {
                            boolean passed = gate.enter();
                            if (passed) {
                                take(permit);
                            }
                            return passed;
                        }
                    } finally {
                        sharing.close();
                    }
                    change.awaitNanos(wait);
                }
            } finally {
                lock.unlock();
            }
        } finally {
            turn.unlock();
        }
    }

    /** Returns the least time to the next turn; zero if it has come. */
    private long untilTurn() {
        checkOpen();
        long now = now();
        long next = warnings.until(now);
        if (rate > 0) {
            next = Math.max(next, schedule.next(now, warnings.share(now)));
        }
        if (isBlocked() && (underWay.get() > 0 || isLookedAt(now))) {
            // One request tests whether the block is lifted. The others wait for its answer.
            next = Math.max(next, now + TimeUnit.SECONDS.toNanos(1));
        }
        long wait = next - now;
        return file.isEmpty() ? wait : Math.min(wait, schedule.waitsForOthers() ? SOON : NOW_AND_THEN);
    }

    private boolean isBlocked() {
        return block.isPresent() || common.isPresent();
    }

    private boolean isLookedAt(long now) {
        return looks != 0 && now >= lookedAt && now - lookedAt < LOOKING;
    }

    private long now() {
        return ticks.now().getAsLong();
    }

    private void take(Permit permit) {
        underWay.incrementAndGet();
        long now = now();
        if (isBlocked()) {
            looks = permit.id();
            lookedAt = now;
        }
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
        problemNow().ifPresent(problem -> {
            throw new RunHalted(problem);
        });
    }

    private Optional<Problem> problemNow() {
        return standing()
                .filter(standing -> clock.instant().isBefore(standing.block().until()))
                .map(standing -> memory.problem(standing.block(), standing.place()));
    }

    /** Returns the block that lasts longer, of ours and the one that all processes know. */
    private Optional<SharedBlock> standing() {
        if (block.isPresent() && memory.recall().isEmpty()) {
            block = Optional.empty();
            lift(memory.place());
        }
        if (common.isPresent() && common.get().isLifted()) {
            lift(common.get().place());
        }
        if (block.isPresent() && common.isEmpty() && block.get().since().isBefore(lifted)) {
            // Another process has seen that it is lifted.
            memory.forget();
            block = Optional.empty();
        }
        Optional<SharedBlock> own = block.map(one -> new SharedBlock(one, memory.place()));
        boolean ours = common.isEmpty()
                || (own.isPresent()
                        && !own.get()
                                .block()
                                .until()
                                .isBefore(common.get().block().until()));
        return ours ? own : common;
    }

    /** Lifts a block whose file a person has deleted. */
    private void lift(String place) {
        if (common.isPresent() && common.get().place().equals(place)) {
            common = Optional.empty();
            lifted = clock.instant();
        }
    }

    /** Records that the request of this thread, or more of it, has just left. Without this call it counts as having left when it ends. */
    public void requestSent() {
        requestSent("");
    }

    /**
     * Records that the request of this thread, or more of it, has just left. Without this call it counts as having left when it ends.
     *
     * @param asked what it asks for, in short; such requests take about the same time
     */
    public void requestSent(String asked) {
        long now = now();
        Permit permit = current.get();
        if (permit != null && permit.isGranted()) {
            shared(() -> {
                permit.ask(asked);
                permit.recordDeparture(now);
            });
        }
    }

    /**
     * Records that the answer to the request of this thread begins. Without this call it counts as having begun when the answer is passed
     * on.
     */
    public void answered() {
        long now = now();
        Permit permit = current.get();
        if (permit != null) {
            locked(() -> permit.recordResponse(now));
        }
    }

    /** Ends the turn of this thread's request, whether it was sent or not. */
    public void endTurn() {
        Permit permit = current.get();
        if (permit == null) {
            return;
        }
        if (permit.isOutermost()) {
            current.remove();
        } else {
            current.set(permit.outer());
        }
        if (permit.isGranted()) {
            shared(() -> {
                underWay.decrementAndGet();
                long at = permit.respondedAt(now());
                permit.exchange()
                        .ifPresentOrElse(
                                exchange -> schedule.answered(permit, at, exchange), () -> schedule.lost(permit, at));
                looks = looks == permit.id() ? 0 : looks;
            });
        }
        listener.run();
    }

    /**
     * Learns from an answer.
     *
     * @return how long nothing is sent because of it; zero unless it is a new warning
     */
    public Duration onResponse(Reply.Received reply) {
        long now = now();
        lock.lock();
        Sharing sharing = share();
        try {
            note(reply, now);
            pages = reply.isWebPage() ? pages + 1 : 0;
            if (isBlock(reply)) {
                blocked("HTTP " + reply.status() + ": " + reply.excerpt());
            } else if (ResponseRule.of(reply).code() == Code.TOO_MANY_REQUESTS) {
                return warned(reply);
            } else if (reply.status() < 500 && pages == 0) {
                warnings.fine();
                fine();
            }
            return Duration.ZERO;
        } finally {
            sharing.close();
            change.signalAll();
            lock.unlock();
        }
    }

    private void note(Reply.Received reply, long now) {
        Permit permit = current.get();
        if (permit != null) {
            permit.recordResponse(now);
            permit.describe(reply);
        }
    }

    /** Learns that the API accepts requests, unless this request was already under way when another was refused. */
    private void fine() {
        Permit permit = current.get();
        if (isBlocked() && (permit == null || permit.at() >= blockedAt)) {
            block.ifPresent(over -> memory.forget());
            block = Optional.empty();
            common = Optional.empty();
            lifted = clock.instant();
        }
    }

    private boolean isBlock(Reply.Received reply) {
        return ResponseRule.of(reply).code() == Code.BLOCKED || pages >= PAGES;
    }

    private Duration warned(Reply.Received reply) {
        long now = now();
        Permit permit = current.get();
        Duration pause =
                warnings.onResponse(now, permit == null ? now : permit.at(), RetryAfter.of(reply, clock.instant()));
        if (!pause.isZero()) {
            schedule.warned();
        }
        return pause;
    }

    private void blocked(String said) {
        Instant now = clock.instant();
        // Requests that were under way together are refused together: that is one block.
        Optional<ApiBlock> before = standing().map(SharedBlock::block);
        boolean news = before.isEmpty() || !now.isBefore(before.get().until());
        if (news) {
            block = Optional.of(before.map(one -> one.again(now, said)).orElseGet(() -> ApiBlock.first(now, said)));
            memory.keep(block.get());
            common = block.map(one -> new SharedBlock(one, memory.place()));
            blockedAt = now();
        }
    }

    /** Returns the block, while nothing may be sent because of it. */
    public Optional<Problem> blocked() {
        lock.lock();
        Sharing sharing = share();
        try {
            return problemNow();
        } finally {
            sharing.close();
            lock.unlock();
        }
    }

    /** Waits. Ends early with {@link RunHalted} when the program is stopped. */
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

    /** Sends nothing from now on; waiting requests end with {@link RunHalted}. Requests under way finish. */
    public void stop() {
        locked(() ->
                stopped = Optional.of(Problem.of(Code.STOPPED, "the program was asked to stop. Run again to resume.")));
    }

    /** Allows requests again after a stop. */
    public void open() {
        locked(() -> stopped = Optional.empty());
    }

    /** Returns the number of requests under way. Takes no lock. */
    public int underWay() {
        return underWay.get();
    }

    /** Returns the current state, for monitoring. */
    public RateLimiterState state() {
        lock.lock();
        Sharing sharing = share();
        try {
            long now = now();
            long left = warnings.until(now) - now;
            Optional<Instant> paused = left > 0 ? Optional.of(clock.instant().plusNanos(left)) : Optional.empty();
            return new RateLimiterState(
                    rate,
                    warnings.share(now),
                    underWay.get(),
                    paused,
                    warnings.count(),
                    standing().map(SharedBlock::block),
                    stopped.isPresent());
        } finally {
            sharing.close();
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

    private void shared(Runnable work) {
        locked(() -> {
            Sharing sharing = share();
            try {
                work.run();
            } finally {
                sharing.close();
            }
        });
    }

    /** The time in which no other process reads or changes the shared state. */
    private interface Sharing extends AutoCloseable {

        @Override
        void close();
    }

    private Sharing share() {
        if (file.isEmpty()) {
            return () -> {};
        }
        RateLimitFile.Hold hold = file.get().hold(ticks.base(), this::read, this::write);
        return hold::close;
    }

    private void read(RateLimitFile.Content content) {
        if (content instanceof RateLimitFile.Content.Known known) {
            try {
                read(known.bytes());
            } catch (BufferUnderflowException | NegativeArraySizeException | DateTimeException garbage) {
                schedule.assumeFull(now());
            }
        } else if (content instanceof RateLimitFile.Content.Broken) {
            schedule.assumeFull(now());
        }
    }

    private void read(ByteBuffer from) {
        long now = now();
        lowest = from.getDouble();
        lowestUntil = from.getLong();
        boolean isLower = lowest > 0 && lowest < rate && lowestUntil > now && lowestUntil <= now + ASKS;
        lowest = isLower ? lowest : rate;
        schedule.setRate(lowest);
        warnings.read(from, now);
        lifted = Instant.ofEpochMilli(from.getLong());
        blockedAt = from.getLong();
        lookedAt = from.getLong();
        looks = from.getLong();
        common = from.get() == 0 ? Optional.empty() : Optional.of(SharedBlock.read(from));
        schedule.read(from, now);
    }

    private ByteBuffer write() {
        ByteBuffer to = ByteBuffer.allocate(6 * Long.BYTES + 1 + Cooldown.BYTES + SharedBlock.BYTES + schedule.bytes());
        boolean isOurs = lowest >= rate;
        to.putDouble(lowest).putLong(isOurs ? now() + ASKS : lowestUntil);
        warnings.write(to);
        to.putLong(lifted.isBefore(Instant.EPOCH) ? 0 : lifted.toEpochMilli());
        to.putLong(blockedAt).putLong(lookedAt).putLong(looks);
        to.put((byte) (common.isPresent() ? 1 : 0));
        common.ifPresent(one -> one.write(to));
        schedule.write(to);
        return to.flip();
    }
}
