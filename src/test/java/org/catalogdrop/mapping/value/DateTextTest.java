package org.catalogdrop.mapping.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dates arrive as the day and second they say, or not at all. */
class DateTextTest {

    private static final List<String> PATTERNS = List.of(
            "dd.MM.yyyy",
            "d.M.yyyy",
            "yyyy/MM/dd",
            "MM-dd-yyyy",
            "yyyyMMdd",
            "d. MMMM yyyy",
            "dd.MM.yyyy HH:mm:ss",
            "yyyy-MM-dd'T'HH:mm:ss");

    private static ValueFormat format(String pattern, String zone, Locale locale) {
        return ValueFormat.PLAIN.withDates(
                pattern, Optional.of(zone).filter(one -> !one.isEmpty()).map(ZoneId::of), locale);
    }

    private static DateText dates(String pattern, String from, String to) {
        return new DateText(format(pattern, from, Locale.ROOT), ZoneId.of(to));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "dd.MM.yyyy,29.02.2024,2024-02-29",
                "dd.MM.yyyy,29.02.2023,-",
                "dd.MM.yyyy,31.04.2024,-",
                "dd.MM.yyyy,1.2.2024,-",
                "d.M.yyyy,1.2.2024,2024-02-01",
                "dd.MM.yyyy,01.02.24,-",
                "dd.MM.yyyy,01.02.12024,-",
                "dd.MM.yyyy,02/01/2024,-",
                "dd.MM.yyyy,01.02.2024 10:00,-",
                "dd.MM.yyyy HH:mm,01.02.2024 24:00,-",
                "dd.MM.yyyy HH:mm,01.02.2024 23:59,2024-02-01 23:59:00",
                "dd.MM.yyyy hh:mm a,01.02.2024 12:05 AM,2024-02-01 00:05:00",
                "yyyy-MM-dd HH:mm:ss.SSS,2024-02-01 10:00:00.000,2024-02-01 10:00:00",
                "yyyy-MM-dd HH:mm:ss.SSS,2024-02-01 10:00:00.001,-",
                "yyyy-MM-dd'T'HH:mm:ssXXX,2024-02-01T10:00:00+02:00,2024-02-01 08:00:00"
            })
    void examples(String pattern, String text, String expected) {
        assertThat(dates(pattern, "", "UTC").of(text)).isEqualTo(Optional.ofNullable(expected));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "Europe/Kyiv,UTC,2024-07-01 12:00,2024-07-01 09:00:00",
                "UTC,America/Sao_Paulo,2024-07-01 01:30,2024-06-30 22:30:00",
                // skipped and repeated by the clock of the drop
                "Europe/Berlin,UTC,2024-03-31 02:30,-",
                "Europe/Berlin,UTC,2024-10-27 02:30,-",
                // two moments that the account's clock would show alike
                "UTC,Europe/Berlin,2024-10-27 00:30,-",
                "UTC,Europe/Berlin,2024-10-27 02:30,2024-10-27 03:30:00"
            })
    void times_are_shown_in_the_zone_of_the_account(String from, String to, String text, String expected) {
        assertThat(dates("yyyy-MM-dd HH:mm", from, to).of(text)).isEqualTo(Optional.ofNullable(expected));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "2024-02-29,2024-02-29",
                "2024-02-29T10:00:00,2024-02-29 10:00:00",
                "2024-02-29 10:00:00,2024-02-29 10:00:00",
                "2024-02-29 10:00,2024-02-29 10:00:00",
                "2024-02-29T00:00:00.000,2024-02-29 00:00:00",
                "2024-02-29T10:00:00.5,-",
                "2024-02-29T24:00:00,-",
                "2024-02-30T10:00:00,-",
                "2024-02-29T10,-",
                "2024-02-29  10:00,-",
                "2024-02-29T10:00:00Z,-",
                "2024-02-29T10:00:00+02:00,-",
                "10:00:00,-",
                "20240229,-",
            })
    void given_no_pattern_when_read_then_iso_8601_is_taken_and_an_offset_needs_a_zone(String text, String expected) {
        assertThat(dates("", "", "UTC").of(text)).isEqualTo(Optional.ofNullable(expected));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "'',2024-07-01T12:00:00,2024-07-01 09:00:00",
                "'',2024-07-01T12:00:00Z,2024-07-01 12:00:00",
                "'',2024-07-01,2024-07-01",
                "yyyy-MM-dd HH:mm VV,2024-07-01 12:00 America/Sao_Paulo,2024-07-01 15:00:00",
            })
    void given_a_zone_when_read_then_a_written_zone_goes_before_it(String pattern, String text, String expected) {
        assertThat(dates(pattern, "Europe/Kyiv", "UTC").of(text)).isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void seconds() {
        assertThat(dates("dd.MM.yyyy HH:mm", "Europe/Kyiv", "UTC").seconds("01.07.2024 12:00"))
                .isEqualTo(OptionalLong.of(1_719_824_400));
        assertThat(dates("dd.MM.yyyy", "", "UTC").seconds("02.01.1970")).isEqualTo(OptionalLong.of(86_400));
        assertThat(dates("dd.MM.yyyy", "", "UTC").seconds("31.12.1969")).isEmpty();
    }

    @Test
    void what_was_written_in_a_pattern_is_the_same_day_and_second() {
        Random random = new Random(7);
        for (int i = 0; i < 5000; i++) {
            String pattern = PATTERNS.get(random.nextInt(PATTERNS.size()));
            Locale locale = List.of(Locale.ROOT, Locale.GERMAN, Locale.forLanguageTag("uk"))
                    .get(random.nextInt(3));
            LocalDateTime time =
                    LocalDateTime.ofEpochSecond(random.nextLong(-60_000_000_000L, 250_000_000_000L), 0, ZoneOffset.UTC);
            String text = DateTimeFormatter.ofPattern(pattern, locale).format(time);
            String sent = new DateText(format(pattern, "", locale), ZoneOffset.UTC)
                    .of(text)
                    .orElseThrow();
            if (DateText.hasTime(pattern)) {
                assertThat(LocalDateTime.parse(sent.replace(' ', 'T'))).as(text).isEqualTo(time);
            } else {
                assertThat(LocalDate.parse(sent)).as(text).isEqualTo(time.toLocalDate());
            }
        }
    }

    @Test
    void a_changed_digit_is_another_day_or_none_but_never_the_same() {
        Random random = new Random(8);
        DateText dates = dates("dd.MM.yyyy", "", "UTC");
        for (int i = 0; i < 5000; i++) {
            LocalDate day = LocalDate.ofEpochDay(random.nextInt(40_000));
            StringBuilder text =
                    new StringBuilder(DateTimeFormatter.ofPattern("dd.MM.yyyy").format(day));
            int at = random.nextInt(text.length());
            text.setCharAt(at, "0123456789./ -x".charAt(random.nextInt(15)));
            Optional<String> sent = dates.of(text.toString());
            sent.ifPresent(found -> assertThat(
                            DateTimeFormatter.ofPattern("dd.MM.yyyy").format(LocalDate.parse(found)))
                    .isEqualTo(text.toString()));
        }
    }
}
