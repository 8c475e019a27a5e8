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

    /** How long a process counts among those that ask for turns after its last request for one. */
    private static final long ASKS = Duration.ofSeconds(2).toNanos();

    /** How often it reads what other processes did, while that may bring its turn nearer, and otherwise. */
    private static final long SOON = Duration.ofMillis(20).toNanos();

    private static final long NOW_AND_THEN = Duration.ofMillis(500).toNanos();

    private final ReentrantLock turn = new ReentrantLock(true);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private final ThreadLocal<Permit> current = new ThreadLocal<>();
    private final AtomicInteger underWay = new AtomicInteger();

    private final double rate;
    private final InstantSource clock;
    private final BlockBreaker breaker;
    private final Schedule schedule;
    private final Cooldown cooldown =
            new Cooldown(() -> ThreadLocalRandom.current().nextDouble());

    private final Optional<RateLimitFile> file;
    private final MonotonicClock ticks;

    private double lowest;
    private long lowestUntil;
    private Optional<Problem> stopped = Optional.empty();
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
        this.breaker = new BlockBreaker(clock, memory);
        this.schedule = new Schedule(Math.max(rate, 1e-3));
    }

    /** Registers a listener that is called, on any thread, when {@link #underWay} has changed. */
    public void listen(Runnable changed) {
        listener = changed;
    }

    /** Looks for a block that another process has kept. It is called when this process becomes the owner of a journal. */
    public void recallBlock() {
        lock.lock();
        try {
            breaker.recall();
        } finally {
            lock.unlock();
        }
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
        long next = cooldown.until(now);
        if (rate > 0) {
            next = Math.max(next, schedule.next(now, cooldown.share(now)));
        }
        if (breaker.isBlocked() && (underWay.get() > 0 || breaker.isProbed(now))) {
            // One request tests whether the block is lifted. The others wait for its answer.
            next = Math.max(next, now + TimeUnit.SECONDS.toNanos(1));
        }
        long wait = next - now;
        return file.isEmpty() ? wait : Math.min(wait, schedule.waitsForOthers() ? SOON : NOW_AND_THEN);
    }

    private long now() {
        return ticks.now().getAsLong();
    }

    private void take(Permit permit) {
        underWay.incrementAndGet();
        long now = now();
        breaker.sent(permit.id(), now);
        if (rate > 0) {
            schedule.granted(permit, now, cooldown.share(now));
        } else {
            permit.grant(now);
        }
    }

    private void checkOpen() {
        stopped.ifPresent(problem -> {
            throw new RunHalted(problem);
        });
        breaker.problem().ifPresent(problem -> {
            throw new RunHalted(problem);
        });
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
                breaker.ended(permit.id());
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
            if (breaker.onResponse(reply, now())) {
                return Duration.ZERO;
            }
            if (ResponseRule.of(reply).code() == Code.TOO_MANY_REQUESTS) {
                return warned(reply);
            }
            if (reply.status() < 500 && !breaker.isUnsure()) {
                cooldown.fine();
                Permit permit = current.get();
                breaker.close(permit == null ? Long.MAX_VALUE : permit.at());
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

    private Duration warned(Reply.Received reply) {
        long now = now();
        Permit permit = current.get();
        Duration pause =
                cooldown.onResponse(now, permit == null ? now : permit.at(), RetryAfter.of(reply, clock.instant()));
        if (!pause.isZero()) {
            schedule.warned();
        }
        return pause;
    }

    /** Returns the block, while nothing may be sent because of it. */
    public Optional<Problem> blocked() {
        lock.lock();
        Sharing sharing = share();
        try {
            return breaker.problem();
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
            long left = cooldown.until(now) - now;
            Optional<Instant> paused = left > 0 ? Optional.of(clock.instant().plusNanos(left)) : Optional.empty();
            return new RateLimiterState(
                    rate,
                    cooldown.share(now),
                    underWay.get(),
                    paused,
                    cooldown.count(),
                    breaker.block(),
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
        cooldown.read(from, now);
        breaker.read(from);
        schedule.read(from, now);
    }

    private ByteBuffer write() {
        ByteBuffer to = ByteBuffer.allocate(2 * Long.BYTES + Cooldown.BYTES + BlockBreaker.BYTES + schedule.bytes());
        boolean isOurs = lowest >= rate;
        to.putDouble(lowest).putLong(isOurs ? now() + ASKS : lowestUntil);
        cooldown.write(to);
        breaker.write(to);
        schedule.write(to);
        return to.flip();
    }
}
