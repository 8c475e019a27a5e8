package org.catalogdrop.kommo.throttle;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.catalogdrop.kommo.Reply;
import org.catalogdrop.kommo.ResponseRule;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;

/**
 * The circuit breaker of a block (403). It is open until the pause of the block is over: nothing is sent. Then a single request probes whether
 * the block is lifted, and closes it or opens it for longer. It counts our own block and the one that all processes of the machine share,
 * whichever lasts longer. A person lifts a block by deleting its file, or by a command. Not safe for many threads; {@link RateLimiter} holds its lock.
 */
final class BlockBreaker {

    /** So many web pages in a row where the API's own answer should be are a block too; a single one may be an accident. */
    private static final int PAGES = 3;

    /** A probe has an answer by then, or has died. */
    private static final long PROBE = Duration.ofMinutes(1).toNanos();

    /** How many bytes {@link #write} takes at most. */
    static final int BYTES = 4 * Long.BYTES + 1 + SharedBlock.BYTES;

    private final InstantSource clock;
    private final BlockStore store;
    private Optional<ApiBlock> own;
    private Optional<SharedBlock> shared = Optional.empty();
    private Instant lifted = Instant.MIN;
    private long blockedAt = Long.MIN_VALUE;
    private long probedAt;
    private long probe;
    private int pages;

    BlockBreaker(InstantSource clock, BlockStore store) {
        this.clock = clock;
        this.store = store;
        this.own = store.recall();
    }

    /** Returns why nothing may be sent now. */
    Optional<Problem> problem() {
        return standing()
                .filter(standing -> clock.instant().isBefore(standing.block().until()))
                .map(standing -> store.problem(standing.block(), standing.place()));
    }

    /** Returns the block that lasts longer, be its pause over or not. */
    Optional<ApiBlock> block() {
        return standing().map(SharedBlock::block);
    }

    /** Returns whether only a probe may be sent. */
    boolean isBlocked() {
        return own.isPresent() || shared.isPresent();
    }

    /** Returns whether a probe waits for its answer. */
    boolean isProbed(long now) {
        return probe != 0 && now >= probedAt && now - probedAt < PROBE;
    }

    /** A request goes out; the first one while there is a block is the probe. */
    void sent(long request, long now) {
        if (isBlocked()) {
            probe = request;
            probedAt = now;
        }
    }

    /** A request has come to its end. */
    void ended(long request) {
        probe = probe == request ? 0 : probe;
    }

    /** Takes note of an answer; returns whether it is a block. */
    boolean onResponse(Reply.Received reply, long now) {
        pages = reply.isWebPage() ? pages + 1 : 0;
        boolean isBlock = ResponseRule.of(reply).code() == Code.BLOCKED || pages >= PAGES;
        if (isBlock) {
            open("HTTP " + reply.status() + ": " + reply.excerpt(), now);
        }
        return isBlock;
    }

    /** Returns whether the last answer was a web page. */
    boolean isUnsure() {
        return pages > 0;
    }

    private void open(String said, long ticks) {
        Instant now = clock.instant();
        // Requests that were under way together are turned away together: that is one block.
        Optional<ApiBlock> before = block();
        boolean news = before.isEmpty() || !now.isBefore(before.get().until());
        if (news) {
            ApiBlock block = before.map(one -> one.again(now, said)).orElseGet(() -> ApiBlock.first(now, said));
            own = Optional.of(block);
            store.keep(block);
            shared = Optional.of(new SharedBlock(block, store.place()));
            blockedAt = ticks;
        }
    }

    /**
     * The API takes requests, unless this one was on its way already when another was turned away.
     *
     * @param sentAt when the request had left
     */
    void close(long sentAt) {
        if (isBlocked() && sentAt >= blockedAt) {
            own.ifPresent(over -> store.forget());
            own = Optional.empty();
            shared = Optional.empty();
            lifted = clock.instant();
        }
    }

    private Optional<SharedBlock> standing() {
        if (own.isPresent() && store.isLifted()) {
            own = Optional.empty();
            lift(store.place());
        }
        if (shared.isPresent() && isLifted(shared.get())) {
            lift(shared.get().place());
        }
        if (own.isPresent() && shared.isEmpty() && own.get().since().isBefore(lifted)) {
            // Another process has seen that it is lifted.
            store.forget();
            own = Optional.empty();
        }
        Optional<SharedBlock> ours = own.map(one -> new SharedBlock(one, store.place()));
        boolean isOurs = shared.isEmpty()
                || (ours.isPresent()
                        && !ours.get()
                                .block()
                                .until()
                                .isBefore(shared.get().block().until()));
        return isOurs ? ours : shared;
    }

    /** Another process of this machine may have kept the block in our database. */
    private boolean isLifted(SharedBlock block) {
        boolean ours = !block.place().isEmpty() && block.place().equals(store.place());
        return ours ? store.isLifted() : block.isLifted();
    }

    /** Looks again for a block that was kept, because another process may have kept one. */
    void recall() {
        if (own.isEmpty()) {
            own = store.recall();
        }
    }

    /** A person has lifted a block. */
    private void lift(String place) {
        if (shared.isPresent() && shared.get().place().equals(place)) {
            shared = Optional.empty();
            lifted = clock.instant();
        }
    }

    /** Takes over what all processes know. */
    void read(ByteBuffer from) {
        lifted = Instant.ofEpochMilli(from.getLong());
        blockedAt = from.getLong();
        probedAt = from.getLong();
        probe = from.getLong();
        shared = from.get() == 0 ? Optional.empty() : Optional.of(SharedBlock.read(from));
    }

    void write(ByteBuffer to) {
        to.putLong(lifted.isBefore(Instant.EPOCH) ? 0 : lifted.toEpochMilli());
        to.putLong(blockedAt).putLong(probedAt).putLong(probe);
        to.put((byte) (shared.isPresent() ? 1 : 0));
        shared.ifPresent(one -> one.write(to));
    }
}
