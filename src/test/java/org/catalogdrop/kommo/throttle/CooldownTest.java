package org.catalogdrop.kommo.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What warnings do to the pace, in a time of its own. */
class CooldownTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long NOW = Long.MAX_VALUE / 2;

    private final Cooldown warnings = new Cooldown(() -> 0.5);

    private Duration warn(long now) {
        return warnings.onResponse(now, now, Duration.ZERO);
    }

    @Test
    void given_one_warning_when_over_then_the_rate_recovers_step_by_step() {
        assertThat(warnings.share(NOW)).isEqualTo(1);
        long until = NOW + warn(NOW).toNanos();

        assertThat(warnings.until(NOW)).isEqualTo(until);
        assertThat(warnings.share(until)).isEqualTo(0.75);
        assertThat(warnings.share(until + SECOND / 2)).isEqualTo(0.875);
        assertThat(warnings.share(until + SECOND)).isEqualTo(1);
    }

    @Test
    void given_warning_during_recovery_when_over_then_the_rate_is_halved() {
        long until = NOW + warn(NOW).toNanos();
        assertThat(warnings.share(until + SECOND / 2)).isEqualTo(0.875);
        warnings.fine();
        long again = until + SECOND / 2;
        until = again + warn(again).toNanos();

        assertThat(warnings.share(until)).isEqualTo(0.4375);
        assertThat(warnings.share(until + SECOND)).isEqualTo(0.5625);
    }

    @Test
    void given_warning_before_any_accepted_request_when_warned_again_then_only_the_pause_grows() {
        long until = NOW + warn(NOW).toNanos();
        assertThat(warn(until)).isEqualTo(Duration.ofSeconds(2));

        assertThat(warnings.share(until + 2 * SECOND)).isEqualTo(0.75);
        assertThat(warnings.share(until + 3 * SECOND)).isEqualTo(1);
    }

    @Test
    void few_warnings_count_as_chance() {
        long now = NOW;
        for (double share : new double[] {0.75, 0.75, 0.5}) {
            long until = now + warn(now).toNanos();
            assertThat(warnings.share(until)).isEqualTo(share);
            warnings.fine();
            now = until + 10 * SECOND;
        }
        assertThat(warnings.share(now)).isEqualTo(1);

        // A hundred requests later two may be chance again.
        for (int i = 0; i < 100; i++) {
            warnings.fine();
        }
        for (double share : new double[] {0.75, 0.75, 0.5}) {
            long until = now + warn(now).toNanos();
            assertThat(warnings.share(until)).isEqualTo(share);
            warnings.fine();
            now = until + 10 * SECOND;
        }
    }

    @Test
    void pause_is_as_long_as_the_answer_says_or_grows_each_time() {
        assertThat(warnings.onResponse(NOW, NOW, Duration.ofMinutes(5))).isEqualTo(Duration.ofMinutes(5));
        long now = NOW + 400 * SECOND;
        assertThat(warn(now)).isEqualTo(Duration.ofSeconds(2));
        assertThat(warn(now + 10 * SECOND)).isEqualTo(Duration.ofSeconds(4));
        warnings.fine();
        assertThat(warn(now + 20 * SECOND)).isEqualTo(Duration.ofSeconds(1));
    }

    /** Its turn was given before the warning, but its connection had to be made first. */
    @Test
    void request_that_left_after_a_warning_does_not_shorten_its_pause() {
        warnings.onResponse(NOW, NOW - SECOND, Duration.ofMinutes(5));
        Duration pause = warnings.onResponse(NOW + SECOND, NOW + SECOND / 5, Duration.ZERO);

        assertThat(warnings.until(NOW + SECOND)).isEqualTo(NOW + 300 * SECOND);
        assertThat(pause).isEqualTo(Duration.ofSeconds(299));
    }

    @Test
    void requests_refused_together_are_one_warning() {
        warn(NOW);
        long until = warnings.until(NOW);
        assertThat(warnings.onResponse(NOW + 1, NOW - 1, Duration.ZERO)).isZero();
        assertThat(warnings.share(NOW)).isEqualTo(0.75);
        assertThat(warnings.until(NOW)).isEqualTo(until);
        assertThat(warnings.count()).isEqualTo(1);

        // But what it tells is heard.
        warnings.onResponse(NOW + 2, NOW - 1, Duration.ofSeconds(30));
        assertThat(warnings.until(NOW + 2)).isEqualTo(NOW + 2 + 30 * SECOND);
    }

    @Test
    void repeated_warnings_slow_the_recovery_down() {
        long now = NOW;
        long last = 0;
        for (int i = 0; i < 5; i++) {
            warn(now);
            warnings.fine();
            long until = warnings.until(now);
            double before = warnings.share(until);
            long step = 0;
            while (warnings.share(until + step) == before) {
                step += SECOND / 10;
            }
            assertThat(step).isGreaterThan(last);
            last = step;
            now = until + step;
        }
        assertThat(warnings.share(now)).isGreaterThanOrEqualTo(Cooldown.LEAST_SHARE);
    }
}
