package org.catalogdrop.kommo.throttle;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.catalogdrop.kommo.Reply;

/** The permission for one request to leave, and the state of that request. Guarded by the lock of {@link RateLimiter}. */
final class Permit {

    /** The number of bytes that {@link #write} writes. */
    static final int BYTES = 6 * Long.BYTES + 1;

    private static final long NEVER = Long.MAX_VALUE;
    private static final int DEPARTED = 1;
    private static final int ENDED = 2;
    private static final int STEADY = 4;
    private static final long PROCESS = ProcessHandle.current().pid();

    private final Permit outer;
    private final long id;
    private final long process;
    private final boolean own;
    private long at;
    private boolean granted;
    private boolean departed;
    private long endedAt;
    private boolean ended;
    private String asked = "";
    private Optional<String> exchange = Optional.empty();
    private long heardAt;
    private long overtaken = NEVER;
    private boolean heard;
    private String kind;
    private ResponseTimes.View view = ResponseTimes.UNKNOWN;

    /** @param outer the permit that the same thread already holds; itself if none */
    Permit(Permit outer) {
        this.outer = outer == null ? this : outer;
        this.id = ThreadLocalRandom.current().nextLong();
        this.process = PROCESS;
        this.own = true;
    }

    private Permit(long id, long process) {
        this.outer = this;
        this.id = id;
        this.process = process;
        this.own = false;
    }

    /** Reads the permit of a request of another process, or of another rate limiter in this one. */
    static Permit read(ByteBuffer from) {
        Permit permit = new Permit(from.getLong(), from.getLong());
        permit.granted = true;
        permit.at = from.getLong();
        permit.endedAt = from.getLong();
        long least = from.getLong();
        permit.overtaken = from.getLong();
        byte flags = from.get();
        permit.view = new ResponseTimes.View(least, (flags & STEADY) != 0);
        permit.departed = (flags & DEPARTED) != 0;
        permit.ended = (flags & ENDED) != 0;
        return permit;
    }

    void write(ByteBuffer to) {
        to.putLong(id)
                .putLong(process)
                .putLong(at)
                .putLong(endedAt)
                .putLong(view.least())
                .putLong(overtaken);
        to.put((byte) ((departed ? DEPARTED : 0) | (ended ? ENDED : 0) | (view.isSteady() ? STEADY : 0)));
    }

    long id() {
        return id;
    }

    /** Returns whether this rate limiter gave it. */
    boolean isOwn() {
        return own;
    }

    /** Returns whether its process is gone, so that nobody will report when the request left. */
    boolean isOrphan() {
        return !own && process != PROCESS && ProcessHandle.of(process).isEmpty();
    }

    Permit outer() {
        return outer;
    }

    boolean isOutermost() {
        return outer == this;
    }

    void grant(long now) {
        at = now;
        granted = true;
    }

    /** Records when the request left. */
    void recordDeparture(long now) {
        at = now;
        departed = true;
    }

    /** Records what the request asks for, in short. */
    void ask(String what) {
        asked = what;
    }

    /** Records when its answer began. */
    void recordResponse(long now) {
        if (!heard) {
            heardAt = now;
            heard = true;
        }
    }

    /** Returns when its answer began; the given time if there was none. */
    long respondedAt(long otherwise) {
        return heard ? heardAt : otherwise;
    }

    /** Records the answer. An empty page comes sooner than a full one, so its size counts too. */
    void describe(Reply.Received reply) {
        exchange = Optional.of(asked + " " + reply.status() + " " + magnitude(reply.raw().length));
    }

    /** Returns request and answer in short; empty if there was no answer. Equal ones take about the same time. */
    Optional<String> exchange() {
        return exchange;
    }

    private static int magnitude(long bytes) {
        return Long.SIZE - Long.numberOfLeadingZeros(bytes);
    }

    /** Records that a request which left later was answered, so the connection worked at that time. */
    void overtake(long now) {
        overtaken = Math.min(overtaken, now);
    }

    boolean isOvertaken() {
        return overtaken != NEVER;
    }

    /** Returns when the first request that left later was answered. */
    long overtaken() {
        return overtaken;
    }

    void end(long now) {
        endedAt = now;
        ended = true;
    }

    /** Sets what the answer time means, as the rate limiter that gave this permit knows it. */
    void setView(ResponseTimes.View known) {
        view = known;
    }

    ResponseTimes.View view() {
        return view;
    }

    void setKind(String known) {
        kind = known;
    }

    /** Returns the kind of the exchange; null until it is answered. */
    String kind() {
        return kind;
    }

    /** Returns when it ended; if it has not, now is the earliest possible time. */
    long endedAt(long now) {
        return ended ? endedAt : now;
    }

    boolean isEnded() {
        return ended;
    }

    boolean isGranted() {
        return granted;
    }

    boolean isDeparted() {
        return departed;
    }

    /** Returns when it left; before that, when it was permitted to leave. */
    long at() {
        return at;
    }
}
