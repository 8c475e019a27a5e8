package org.catalogdrop.kommo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the times that answers tell say about the clocks. */
class ClockSkewTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    private final ClockSkew clocks = new ClockSkew(() -> NOW);

    private static String seconds(Duration later) {
        return Long.toString(NOW.plus(later).getEpochSecond());
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT5M", "PT-2M, PT5M", "PT-6M, PT12M", "PT6M, PT12M", "PT-48H, PT96H"})
    void allowance_is_twice_the_difference_seen_and_at_least_five_minutes(Duration ahead, Duration allowance) {
        clocks.onResponse(seconds(ahead), "");
        assertThat(clocks.allowance()).isEqualTo(allowance);
    }

    @Test
    void largest_difference_counts_and_is_reported_once() {
        assertThat(clocks.onResponse(seconds(Duration.ZERO), "")).isEmpty();
        assertThat(clocks.onResponse(seconds(Duration.ofMinutes(-6)), "")).contains(Duration.ofMinutes(6));
        assertThat(clocks.onResponse(seconds(Duration.ofMinutes(7)), "")).isEmpty();
        assertThat(clocks.onResponse(seconds(Duration.ZERO), "")).isEmpty();
        assertThat(clocks.allowance()).isEqualTo(Duration.ofMinutes(14));
    }

    @Test
    void date_header_counts_only_without_a_timestamp() {
        clocks.onResponse(seconds(Duration.ZERO), "Sat, 28 Nov 2026 11:00:00 GMT");
        assertThat(clocks.allowance()).isEqualTo(Duration.ofMinutes(5));
        clocks.onResponse("soon", "Sat, 28 Nov 2026 11:50:00 GMT");
        assertThat(clocks.allowance()).isEqualTo(Duration.ofMinutes(20));
    }

    @Test
    void answer_without_a_time_changes_nothing() {
        assertThat(clocks.onResponse("", "")).isEmpty();
        assertThat(clocks.onResponse("", "yesterday")).isEmpty();
        assertThat(clocks.allowance()).isEqualTo(Duration.ofMinutes(5));
    }

    /** It is kept and given back time and again. */
    @Test
    void earlier_difference_counts_and_does_not_grow() {
        clocks.onResponse(seconds(Duration.ofSeconds(-3601)), "");
        assertThat(clocks.apart()).isEqualTo(Duration.ofMinutes(61));
        clocks.were(clocks.apart());
        assertThat(clocks.apart()).isEqualTo(Duration.ofMinutes(61));
        clocks.were(Duration.ofMinutes(3));
        assertThat(clocks.allowance()).isEqualTo(Duration.ofMinutes(122));
    }

    @Test
    void difference_that_is_always_allowed_is_not_kept() {
        clocks.onResponse(seconds(Duration.ofSeconds(150)), "");
        assertThat(clocks.apart()).isZero();
    }

    @Test
    void given_a_time_from_an_answer_when_our_clock_is_set_then_the_time_of_the_api_advances_evenly() {
        AtomicReference<Instant> ours = new AtomicReference<>(NOW);
        AtomicLong nanos = new AtomicLong();
        ClockSkew set = new ClockSkew(ours::get, nanos::get);
        assertThat(set.apiNow()).isEqualTo(NOW);
        assertThat(set.apiAhead()).isEmpty();

        set.onResponse(seconds(Duration.ofMinutes(2)), "");
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        ours.set(NOW.minus(Duration.ofHours(3)));

        assertThat(set.apiNow()).isEqualTo(NOW.plusSeconds(130));
        assertThat(set.apiAhead()).contains(Duration.ofHours(3).plusSeconds(130));
    }

    @Test
    void given_answers_in_whole_seconds_when_one_is_a_little_behind_then_the_latest_counts() {
        AtomicLong nanos = new AtomicLong();
        ClockSkew told = new ClockSkew(() -> NOW, nanos::get);
        told.onResponse(seconds(Duration.ofSeconds(60)), "");
        nanos.addAndGet(Duration.ofMillis(1900).toNanos());
        told.onResponse(seconds(Duration.ofSeconds(61)), "");
        assertThat(told.apiNow()).isEqualTo(NOW.plusMillis(61_900));

        told.onResponse(seconds(Duration.ofSeconds(30)), "");
        assertThat(told.apiNow()).isEqualTo(NOW.plusSeconds(30));
    }
}
