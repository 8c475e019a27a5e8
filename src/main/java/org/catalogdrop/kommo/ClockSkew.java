package org.catalogdrop.kommo;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Measures how far the API's clock is from ours, from the times in its answers. The API dates elements and we date requests. The largest
 * difference seen counts, because nobody knows which of the API's machines dated an element, or when a clock was set. Safe for many
 * threads.
 */
public final class ClockSkew {

    /** The difference that is always allowed for, whatever was seen. */
    private static final Duration LEAST = Duration.ofMinutes(5);

    /** Answers give whole seconds and take a while: a time that is behind by less than this proves nothing new. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final InstantSource clock;
    private final LongSupplier nanos;
    private Duration apart = Duration.ZERO;
    private Optional<Instant> heard = Optional.empty();
    private long heardAt;
    private String lastDate = "";
    private Optional<Instant> lastTime = Optional.empty();

    /** @param clock the clock of the intents */
    public ClockSkew(InstantSource clock) {
        this(clock, System::nanoTime);
    }

    /** @param nanos a clock that nobody can set */
    ClockSkew(InstantSource clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
    }

    /**
     * Learns from an answer that has just come.
     *
     * @param runtime its {@code Runtime-Timestamp}, unix seconds by the machine that answered; empty if there is none
     * @param date its {@code Date}, which may be that of a proxy; empty if there is none
     * @return the difference of the clocks, the first time that it is larger than expected
     */
    public synchronized Optional<Duration> onResponse(String runtime, String date) {
        Instant now = clock.instant();
        Optional<Instant> answered = apiTime(runtime, date);
        answered.ifPresent(this::note);
        Duration seen = answered.map(time -> Duration.between(time, now).abs()).orElse(Duration.ZERO);
        boolean news = apart.compareTo(LEAST) <= 0 && seen.compareTo(LEAST) > 0;
        apart = seen.compareTo(apart) > 0 ? seen : apart;
        return news ? Optional.of(seen) : Optional.empty();
    }

    /** Learns a lower bound of the API's time from an answer. The latest one counts, unless the API's clock was set back. */
    private void note(Instant answered) {
        Instant expected = apiNow();
        if (heard.isEmpty() || answered.isAfter(expected) || answered.isBefore(expected.minus(SLACK))) {
            heard = Optional.of(answered);
            heardAt = nanos.getAsLong();
        }
    }

    /** Returns the time by the API's clock, even if our clock is set meanwhile; our time before the first answer. */
    public synchronized Instant apiNow() {
        return heard.map(answered -> answered.plusNanos(nanos.getAsLong() - heardAt))
                .orElseGet(clock::instant);
    }

    /** Returns how far the API's clock is ahead of ours, negative if it is behind; empty before the first answer. */
    public synchronized Optional<Duration> apiAhead() {
        return heard.map(answered -> Duration.between(clock.instant(), apiNow()));
    }

    /** Takes the difference at a time when something was dated that is still in doubt. It stays the least difference from now on. */
    public synchronized void were(Duration before) {
        apart = before.compareTo(apart) > 0 ? before : apart;
    }

    /** Returns the difference of the clocks, rounded up to a whole minute; zero if it is within what is always allowed. */
    public synchronized Duration apart() {
        return allowance().equals(LEAST)
                ? Duration.ZERO
                : Duration.ofMinutes(apart.plusNanos(MINUTE - 1).toMinutes());
    }

    private Optional<Instant> apiTime(String runtime, String date) {
        if (runtime.strip().matches("\\d{1,12}")) {
            return Optional.of(Instant.ofEpochSecond(Long.parseLong(runtime.strip())));
        }
        if (!date.equals(lastDate)) {
            lastDate = date;
            lastTime = dateTime(date);
        }
        return lastTime;
    }

    private static Optional<Instant> dateTime(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    /**
     * Returns by how much an element may be dated before its request left. It is twice the difference seen, because an answer takes time
     * and a proxy may be wrong. Reading too much costs requests; reading too little makes elements twice.
     */
    public synchronized Duration allowance() {
        Duration twice = apart.plus(apart);
        return twice.compareTo(LEAST) > 0 ? twice : LEAST;
    }
}
