package org.catalogdrop.kommo.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schedule in a time of its own. */
class ScheduleTest {

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1000 * MILLI;
    private static final long START = Long.MAX_VALUE / 2;

    private final Random random = new Random(7);
    private final List<Long> departures = new ArrayList<>();

    /** Requests without a break; each wakes a little late, and then takes its time to leave. */
    private void run(Schedule schedule, int requests, long late, long held) {
        long now = START;
        long lastDeparture = now;
        for (int i = 0; i < requests; i++) {
            for (long next = schedule.next(now, 1); next > now; next = schedule.next(now, 1)) {
                now = next + (long) (random.nextDouble() * late);
            }
            Permit permit = new Permit(null);
            schedule.granted(permit, now, 1);
            // One connection after the other: what leaves later does not overtake.
            lastDeparture = Math.max(lastDeparture, now + (held == 0 ? 0 : (long) (random.nextDouble() * held)));
            permit.recordDeparture(lastDeparture);
            schedule.answered(permit, lastDeparture + 50 * MILLI, "GET");
            departures.add(lastDeparture);
        }
    }

    private void assertNoSecondHasMoreThan(int most) {
        Collections.sort(departures);
        for (int i = most; i < departures.size(); i++) {
            assertThat(departures.get(i) - departures.get(i - most))
                    .as("between request %d and %d", i - most, i)
                    .isGreaterThan(SECOND);
        }
    }

    private long took() {
        return departures.get(departures.size() - 1) - departures.get(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 50, 333})
    void schedule_uses_the_rate_and_never_more(int rate) {
        int requests = 40 * rate + 1;
        run(new Schedule(rate), requests, MILLI / 4, 0);

        assertNoSecondHasMoreThan(rate);
        assertThat(40.0 * SECOND / took()).isBetween(0.99, 1.0);
    }

    @Test
    void schedule_is_even() {
        run(new Schedule(7), 500, MILLI, 0);
        for (int i = 1; i < departures.size(); i++) {
            assertThat(departures.get(i) - departures.get(i - 1)).isBetween(140 * MILLI, 150 * MILLI);
        }
    }

    @Test
    void request_that_is_held_up_does_not_arrive_together_with_the_next() {
        run(new Schedule(7), 2000, MILLI, 400 * MILLI);
        assertNoSecondHasMoreThan(7);
    }

    /** The way there takes 10 ms, now and then 60 more, and at first 150; answers come 50 ms after the arrival. */
    @Test
    void late_request_causes_no_warning() {
        Schedule schedule = new Schedule(7);
        List<Permit> open = new ArrayList<>();
        List<Long> answers = new ArrayList<>();
        long now = START;
        for (int i = 0; i < 2000; i++) {
            for (long next = schedule.next(now, 1); next > now; next = schedule.next(now, 1)) {
                boolean answerFirst = !answers.isEmpty() && answers.get(0) <= next;
                now = answerFirst ? Math.max(now, answers.remove(0)) : next;
                if (answerFirst) {
                    schedule.answered(open.remove(0), now, "GET");
                }
            }
            Permit permit = new Permit(null);
            schedule.granted(permit, now, 1);
            permit.recordDeparture(now);
            long late = i == 0 ? 150 : i % 40 == 0 ? 60 : 0;
            departures.add(now + (10 + late) * MILLI);
            open.add(permit);
            answers.add(now + (60 + late) * MILLI);
        }
        assertNoSecondHasMoreThan(7);
        assertThat(1999.0 / 7 * SECOND / took()).isBetween(0.99, 1.0);
    }

    @Test
    void after_a_break_there_is_no_burst() {
        Schedule schedule = new Schedule(7);
        run(schedule, 20, 0, 0);
        long later = departures.get(19) + 100 * SECOND;
        Permit first = new Permit(null);
        assertThat(schedule.next(later, 1)).isLessThanOrEqualTo(later);
        schedule.granted(first, later, 1);
        first.recordDeparture(later);
        assertThat(schedule.next(later, 1) - later).isGreaterThan(140 * MILLI);
    }

    @Test
    void request_that_never_reported_its_departure_holds_others_only_for_a_while() {
        Schedule schedule = new Schedule(1);
        schedule.granted(new Permit(null), START, 1);
        assertThat(schedule.next(START + 30 * SECOND, 1)).isGreaterThan(START + 30 * SECOND);
        assertThat(schedule.next(START + 61 * SECOND, 1)).isLessThanOrEqualTo(START + 61 * SECOND);
    }

    @Test
    void share_of_the_rate_is_proportionally_slower() {
        Schedule schedule = new Schedule(7);
        Permit permit = new Permit(null);
        schedule.granted(permit, START, 0.5);
        permit.recordDeparture(START);
        assertThat(schedule.next(START, 0.5) - START).isBetween(2 * 143 * MILLI, 2 * 145 * MILLI);
    }
}
