package org.catalogdrop.mapping.value;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Converts dates from the form in which people write them to the API's form, {@code 2024-02-29} or {@code 2024-02-29 14:05:00}. The 30th
 * of February, an hour that a zone skips or repeats, and fractions of a second are invalid: they could be sent only as something else. So
 * is a time with an offset if the account's zone is not known. Immutable.
 */
public final class DateText {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter ISO = iso();
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final LocalDateTime SAMPLE = LocalDateTime.of(2024, 11, 23, 14, 35, 46);
    private static final int LAST_YEAR = 9999;

    private final DateTimeFormatter formatter;
    private final Optional<ZoneId> from;
    private final ZoneId to;
    private final boolean shifts;
    private final boolean iso;

    /**
     * @param format how dates are written
     * @param to the zone for times, if they have one
     */
    public DateText(ValueFormat format, ZoneId to) {
        this.iso = format.pattern().isEmpty();
        this.formatter = iso ? ISO : formatter(format.pattern(), format.locale());
        this.from = format.zone();
        this.shifts = mayHaveTime(format.pattern());
        this.to = to;
    }

    /** Returns the date, or date and time, to send; empty if the text is invalid. */
    public Optional<String> of(String text) {
        return parse(text).flatMap(parsed -> {
            if (!parsed.isSupported(ChronoField.HOUR_OF_DAY)) {
                return Optional.of(LocalDate.from(parsed))
                        .filter(DateText::isUsual)
                        .map(DAY::format);
            }
            if (iso && from.isEmpty() && hasZone(parsed)) {
                return Optional.empty();
            }
            Optional<LocalDateTime> time = from.isEmpty() && !hasZone(parsed)
                    ? Optional.of(LocalDateTime.from(parsed))
                    : moment(parsed).flatMap(this::at);
            return time.filter(found -> isUsual(found.toLocalDate()) && found.getNano() == 0)
                    .map(SECOND::format);
        });
    }

    /**
     * Returns a local time in the zone of the format, as it is sent; empty if a zone skips or repeats it, or if it has a fraction of a
     * second.
     */
    Optional<String> sent(LocalDateTime time) {
        Optional<LocalDateTime> there =
                shifts && from.isPresent() ? only(time, from.get()).flatMap(this::at) : Optional.of(time);
        return there.filter(found -> isUsual(found.toLocalDate()) && found.getNano() == 0)
                .map(SECOND::format);
    }

    /** Returns unix seconds for a local time in the zone of the format, UTC if it has none. */
    OptionalLong seconds(LocalDateTime time) {
        Optional<OffsetDateTime> moment = only(time, from.orElse(ZoneOffset.UTC));
        return moment.isPresent() && moment.get().getNano() == 0 && moment.get().toEpochSecond() >= 0
                ? OptionalLong.of(moment.get().toEpochSecond())
                : OptionalLong.empty();
    }

    /** Returns unix seconds, for the start of the day in the zone if there is no time; empty if the text is invalid. */
    public OptionalLong seconds(String text) {
        Optional<OffsetDateTime> moment = parse(text).flatMap(this::moment);
        return moment.isPresent() && moment.get().getNano() == 0 && moment.get().toEpochSecond() >= 0
                ? OptionalLong.of(moment.get().toEpochSecond())
                : OptionalLong.empty();
    }

    private Optional<TemporalAccessor> parse(String text) {
        try {
            TemporalAccessor parsed = formatter.parse(text);
            LocalDate.from(parsed);
            return Optional.of(parsed);
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    private Optional<OffsetDateTime> moment(TemporalAccessor parsed) {
        if (parsed.isSupported(ChronoField.OFFSET_SECONDS) && parsed.isSupported(ChronoField.HOUR_OF_DAY)) {
            return Optional.of(OffsetDateTime.from(parsed));
        }
        ZoneId written = parsed.query(TemporalQueries.zone());
        LocalTime time = parsed.isSupported(ChronoField.HOUR_OF_DAY) ? LocalTime.from(parsed) : LocalTime.MIDNIGHT;
        return only(LocalDate.from(parsed).atTime(time), written == null ? from.orElse(ZoneOffset.UTC) : written);
    }

    /** Returns the instant of a local time, unless the zone skips or repeats it. */
    private static Optional<OffsetDateTime> only(LocalDateTime time, ZoneId zone) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
        return offsets.size() == 1 ? Optional.of(OffsetDateTime.of(time, offsets.get(0))) : Optional.empty();
    }

    private Optional<LocalDateTime> at(OffsetDateTime moment) {
        LocalDateTime time = moment.atZoneSameInstant(to).toLocalDateTime();
        return only(time, to).map(OffsetDateTime::toLocalDateTime);
    }

    private static boolean hasZone(TemporalAccessor parsed) {
        return parsed.query(TemporalQueries.zone()) != null;
    }

    private static boolean isUsual(LocalDate date) {
        return date.getYear() >= 1 && date.getYear() <= LAST_YEAR;
    }

    /** Returns whether a pattern has a time. */
    public static boolean hasTime(String pattern) {
        return unquoted(pattern).chars().anyMatch(c -> "HhKkA".indexOf(c) >= 0);
    }

    /** Returns whether texts of a pattern may have a time; ISO 8601, which has no pattern, may. */
    public static boolean mayHaveTime(String pattern) {
        return pattern.isEmpty() || hasTime(pattern);
    }

    /** Returns whether a pattern has a zone or an offset from UTC. */
    public static boolean hasZone(String pattern) {
        return hasTime(pattern) && unquoted(pattern).chars().anyMatch(c -> "XxZOVvz".indexOf(c) >= 0);
    }

    /** Returns what is wrong with a pattern, as a text after it; empty if it makes a date. */
    public static Optional<String> fault(String pattern, Locale locale) {
        if (!unquoted(pattern).matches("[^yu]*(yyyy|uuuu)[^yu]*")) {
            return Optional.of(" needs a year of four digits, yyyy: fewer do not say the century");
        }
        try {
            DateTimeFormatter formatter = formatter(pattern, locale);
            TemporalAccessor parsed = formatter.parse(formatter.format(SAMPLE.atOffset(ZoneOffset.UTC)));
            boolean day = LocalDate.from(parsed).equals(SAMPLE.toLocalDate());
            boolean time = !hasTime(pattern) || LocalTime.from(parsed).getHour() == SAMPLE.getHour();
            return day && time ? Optional.empty() : Optional.of(" has no complete day: it needs year, month and day");
        } catch (DateTimeException | IllegalArgumentException bad) {
            return Optional.of(
                    " is not a date pattern: it needs letters like yyyy, MM and dd, and HH:mm if there are times ("
                            + bad.getMessage() + ")");
        }
    }

    private static String unquoted(String pattern) {
        return pattern.replaceAll("'[^']*'", "'");
    }

    /** Parses a day, or a day and a time after a T or a blank, with or without an offset. */
    private static DateTimeFormatter iso() {
        DateTimeFormatterBuilder iso = new DateTimeFormatterBuilder().append(DateTimeFormatter.ISO_LOCAL_DATE);
        for (char before : new char[] {'T', ' '}) {
            iso.optionalStart()
                    .appendLiteral(before)
                    .append(DateTimeFormatter.ISO_LOCAL_TIME)
                    .optionalStart()
                    .appendOffsetId()
                    .optionalEnd()
                    .optionalEnd();
        }
        return iso.toFormatter(Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    }

    /** Parses a year without an era, which is what people mean by {@code yyyy}. */
    private static DateTimeFormatter formatter(String pattern, Locale locale) {
        StringBuilder years = new StringBuilder(pattern);
        boolean quoted = false;
        for (int i = 0; i < years.length(); i++) {
            quoted ^= years.charAt(i) == '\'';
            if (!quoted && years.charAt(i) == 'y') {
                years.setCharAt(i, 'u');
            }
        }
        return DateTimeFormatter.ofPattern(years.toString(), locale).withResolverStyle(ResolverStyle.STRICT);
    }
}
