package org.catalogdrop.mapping.value;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;

/** Parses times in drops: unix seconds, or ISO 8601 with an offset or in UTC. Stateless. */
public final class DateTimeText {

    // The last second of the year 9999. Larger numbers are milliseconds.
    private static final long LATEST = 253_402_300_799L;
    private static final int DATE_LENGTH = 10;

    private DateTimeText() {}

    /** Returns unix seconds; -1 if the text is no time between 1970 and 9999. */
    public static long of(String text) {
        long seconds = UnsignedNumber.isDigits(text) ? UnsignedNumber.of(text) : ofIso(text);
        return seconds > LATEST ? -1 : seconds;
    }

    private static long ofIso(String text) {
        try {
            if (text.length() == DATE_LENGTH) {
                return LocalDate.parse(text).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
            }
            boolean spaced = text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' ';
            TemporalAccessor moment = DateTimeFormatter.ISO_DATE_TIME.parseBest(
                    spaced ? text.replaceFirst(" ", "T") : text, OffsetDateTime::from, LocalDateTime::from);
            long seconds = moment instanceof OffsetDateTime offset
                    ? offset.toEpochSecond()
                    : LocalDateTime.from(moment).toEpochSecond(ZoneOffset.UTC);
            return Math.max(seconds, -1);
        } catch (DateTimeException e) {
            return -1;
        }
    }
}
