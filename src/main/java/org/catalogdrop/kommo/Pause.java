package org.catalogdrop.kommo;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * After "too many requests" nothing at all is sent for a while: the API blocks accounts that go on. The wait is what the answer says
 * ({@code Retry-After} of RFC 9110 in seconds or as a date, or {@code retry_after} in a JSON body, as the vendor's page on HTTP codes
 * has it), else 1 second, doubled each time in a row. Safe for many threads.
 */
public final class Pause {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Pattern IN_BODY = Pattern.compile("\"retry_after\"\\s*:\\s*\"?(\\d{1,6})");

    private final InstantSource clock;
    private Instant until = Instant.MIN;
    private Duration next = FIRST;

    public Pause(InstantSource clock) {
        this.clock = clock;
    }

    /** How long nothing may be sent yet; zero or less if something may. */
    public synchronized Duration left() {
        return until.equals(Instant.MIN) ? Duration.ZERO : Duration.between(clock.instant(), until);
    }

    /** Takes note of an answer. */
    public synchronized void heard(Reply.Received reply) {
        if (reply.status() != 429) {
            next = FIRST;
            return;
        }
        Duration told = told(reply);
        Duration wait = told.compareTo(next) > 0 ? told : next;
        Instant end = clock.instant().plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
        // Several requests under way may be turned away at once: that is one warning, not several.
        if (end.isAfter(until)) {
            if (left().isNegative() || left().isZero()) {
                next = next.multipliedBy(2);
            }
            until = end;
        }
    }

    private Duration told(Reply.Received reply) {
        String header = reply.retryAfter().strip();
        if (header.matches("\\d{1,6}")) {
            return Duration.ofSeconds(Long.parseLong(header));
        }
        if (!header.isEmpty()) {
            try {
                Instant at = ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                return Duration.between(clock.instant(), at);
            } catch (DateTimeException noDate) {
                return Duration.ZERO;
            }
        }
        Matcher body = IN_BODY.matcher(new String(reply.content(), StandardCharsets.UTF_8));
        return body.find() ? Duration.ofSeconds(Long.parseLong(body.group(1))) : Duration.ZERO;
    }
}
