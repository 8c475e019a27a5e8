package org.catalogdrop.kommo.throttle;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.catalogdrop.kommo.Reply;

/** The permission for one request to leave, and what is known of that request. Guarded by the lock of {@link RateLimiter}. */
final class Permit {

    /** How many bytes {@link #write} takes. */
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

    /** @param outer the one the same thread holds already, itself if none */
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

    /** Reads what another process, or another pace of this one, has written about a request. */
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

    /** Returns whether it was given by the pace that asks. */
    boolean isOwn() {
        return own;
    }

    /** Returns whether its process is gone, so that nobody will say when the request left. */
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

    /** It has left: only now is it known when. */
    void recordDeparture(long now) {
        at = now;
        departed = true;
    }

    /** What it asks for, in short. */
    void ask(String what) {
        asked = what;
    }

    /** Its answer begins to come. */
    void recordResponse(long now) {
        if (!heard) {
            heardAt = now;
            heard = true;
        }
    }

    /** When its answer began to come; the time given if none did. */
    long respondedAt(long otherwise) {
        return heard ? heardAt : otherwise;
    }

    /** Its answer is there. An empty page comes sooner than a full one, so its size counts too. */
    void describe(Reply.Received reply) {
        exchange = Optional.of(asked + " " + reply.status() + " " + magnitude(reply.content().length));
    }

    /** Returns what was asked and answered; empty if there was no answer. Alike ones take about the same time. */
    Optional<String> exchange() {
        return exchange;
    }

    private static int magnitude(long bytes) {
        return Long.SIZE - Long.numberOfLeadingZeros(bytes);
    }

    /** One that left after it was answered at that time, so the way was open. */
    void overtake(long now) {
        overtaken = Math.min(overtaken, now);
    }

    boolean isOvertaken() {
        return overtaken != NEVER;
    }

    /** When the first one that left after it was answered. */
    long overtaken() {
        return overtaken;
    }

    void end(long now) {
        endedAt = now;
        ended = true;
    }

    /** What its answer time tells, as the pace that gave this permit knows it. */
    void setView(ResponseTimes.View known) {
        view = known;
    }

    ResponseTimes.View view() {
        return view;
    }

    void setKind(String known) {
        kind = known;
    }

    /** Of what kind it was, null until it is answered. */
    String kind() {
        return kind;
    }

    /** When it was over; not yet over is over now at the earliest. */
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

    /** When it left; until it has, when it was given leave. */
    long at() {
        return at;
    }
}
