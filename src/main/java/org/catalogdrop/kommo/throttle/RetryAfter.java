package org.catalogdrop.kommo.throttle;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catalogdrop.kommo.Reply;

/**
 * Reads how long an answer says to wait: {@code Retry-After} of RFC 9110 in seconds or as a date, or {@code retry_after} in a JSON body,
 * as in the vendor's page on HTTP codes. Stateless.
 */
final class RetryAfter {

    /** The longest time that is believed. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final Pattern IN_BODY = Pattern.compile("\"retry_after\"\\s*:\\s*\"?(\\d{1,9})");

    private RetryAfter() {}

    /** Returns the time to wait; zero if the answer has none. */
    static Duration of(Reply.Received reply, Instant now) {
        Duration wait = requestedWait(reply, now);
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static Duration requestedWait(Reply.Received reply, Instant now) {
        String header = reply.retryAfter().strip();
        if (header.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(header));
        }
        if (!header.isEmpty()) {
            try {
                return Duration.between(
                        now,
                        ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                                .toInstant());
            } catch (DateTimeException noDate) {
                // The body may still have it.
            }
        }
        Matcher body = IN_BODY.matcher(new String(reply.content(), StandardCharsets.UTF_8));
        return body.find() ? Duration.ofSeconds(Long.parseLong(body.group(1))) : Duration.ZERO;
    }
}
