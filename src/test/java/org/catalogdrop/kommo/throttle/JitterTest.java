package org.catalogdrop.kommo.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schedule before a server that counts arrivals, behind a way that delays each request by chance; all in a time of its own. */
class JitterTest {

    private static final double MILLI = 1e6;
    private static final long SECOND = 1_000_000_000;
    private static final int RATE = 7;
    private static final int REQUESTS = 10_000;
    private static final long LOOK_AGAIN = 20_000_000;

    /** Each gives a time in milliseconds. */
    private interface Span {
        double millis(Random random);
    }

    private static Span upTo(double most) {
        return random -> most * random.nextDouble();
    }

    private static Span always(double time) {
        return random -> time;
    }

    /** A busy machine: mostly quick, now and then the processor is given to others for a while. */
    private static Span busy() {
        return random -> random.nextInt(20) == 0 ? 80 * random.nextDouble() : 2 * random.nextDouble();
    }

    /** Turns away what is more than the rate in any second, as the sandbox does. */
    private static final class Server {
        private final Deque<Long> taken = new ArrayDeque<>();
        private int warnings;

        boolean arrive(long now) {
            while (!taken.isEmpty() && taken.peekFirst() <= now - SECOND) {
                taken.removeFirst();
            }
            if (taken.size() < RATE) {
                taken.addLast(now);
                return true;
            }
            warnings++;
            return false;
        }
    }

    /** One thing that happens at its time. */
    private record Event(long at, long order, Runnable what) {}

    /** A process with a schedule of its own; the file shows each what the others did. */
    private final class Sender {
        private final Schedule schedule = new Schedule(RATE);
        private final List<long[]> connections = new ArrayList<>();
        private int sent;
        private int open;
        private long wakes;

        void shared(Runnable work) {
            if (file != null) {
                schedule.read(file.duplicate(), now);
            }
            work.run();
            if (senders.size() > 1) {
                file = ByteBuffer.allocate(schedule.bytes());
                schedule.write(file);
                file.flip();
            }
        }

        /** Sends what may leave, else sleeps until it may, or the next answer. */
        void look() {
            if (senders.stream().mapToInt(one -> one.sent).sum() >= requests || open >= mostOpen) {
                return;
            }
            long[] next = {0};
            shared(() -> {
                next[0] = schedule.next(now, 1);
                if (next[0] <= now) {
                    send();
                }
            });
            if (next[0] <= now) {
                at(now, this::look);
                return;
            }
            long wake = senders.size() > 1 ? Math.min(next[0], now + LOOK_AGAIN) : next[0];
            if (wakes <= now || wake < wakes) {
                wakes = wake;
                at(wake + nanos(waking), () -> {
                    wakes = wakes == wake ? now : wakes;
                    look();
                });
            }
        }

        private void send() {
            Permit permit = new Permit(null);
            schedule.granted(permit, now, 1);
            sent++;
            open++;
            long[] connection = connections.stream()
                    .filter(one -> one[1] == 0)
                    .findFirst()
                    .orElseGet(() -> {
                        long[] opened = new long[2];
                        connections.add(opened);
                        return opened;
                    });
            connection[1] = 1;
            long left = now + nanos(leaving);
            at(left, () -> shared(() -> permit.recordDeparture(left)));
            long arrival = Math.max(Math.max(connection[0], open(left)), left + nanos(way));
            connection[0] = arrival;
            at(arrival, () -> {
                if (!server.arrive(arrival)) {
                    schedule.warned();
                }
            });
            boolean isRead = random.nextDouble() < reads;
            long answer = arrival + nanos(isRead ? reading : processing);
            at(answer, () -> {
                shared(() -> schedule.answered(permit, now, isRead ? "GET" : "POST"));
                connection[1] = 0;
                open--;
                look();
            });
            last = Math.max(last, arrival);
        }
    }

    private final Random random = new Random(42);
    private final Server server = new Server();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final List<Sender> senders = new ArrayList<>();
    private ByteBuffer file;
    private long now = Long.MAX_VALUE / 2;
    private final long begun = now;
    private double stall;
    private long last;
    private long order;
    private int requests = REQUESTS;
    private int mostOpen = 32;
    private Span way = always(0);
    private Span processing = always(5);
    private Span reading = always(50);
    private double reads;
    private Span waking = upTo(0.25);
    private Span leaving = upTo(0.5);

    private long nanos(Span span) {
        return (long) (span.millis(random) * MILLI);
    }

    /** Every minute, and at the very beginning, nothing gets through for up to a second and a half. */
    private long open(long left) {
        long minute = (left - begun) / (60 * SECOND);
        long until = begun + minute * 60 * SECOND + (long) (stall * SECOND * (1 + minute % 3) / 3);
        return Math.max(left, until);
    }

    private void at(long time, Runnable what) {
        events.add(new Event(time, order++, what));
    }

    /** Returns how much of the rate was used. */
    private double run(int processes) {
        for (int i = 0; i < processes; i++) {
            senders.add(new Sender());
        }
        senders.forEach(one -> at(now, one::look));
        while (!events.isEmpty()) {
            Event event = events.remove();
            now = event.at();
            event.what().run();
        }
        return (double) requests / RATE * SECOND / (last - begun);
    }

    @ParameterizedTest
    @CsvSource({"0,99", "50,97.2", "150,92.5", "300,86.4"})
    void given_delay_before_the_server_when_the_full_rate_is_requested_then_none_is_warned_and_the_rate_is_used(
            int most, double percent) {
        way = upTo(most);
        double used = run(1);
        assertThat(server.warnings).isZero();
        assertThat(100 * used).isBetween(percent, 100.0);
    }

    @ParameterizedTest
    @CsvSource({"0,98.5", "50,96", "150,91.5", "300,85.5"})
    void given_busy_processors_when_the_full_rate_is_requested_then_none_is_warned_and_the_rate_is_used(
            int most, double percent) {
        way = random -> upTo(most).millis(random) + busy().millis(random);
        processing = random -> 5 + busy().millis(random);
        waking = busy();
        leaving = busy();
        double used = run(1);
        assertThat(server.warnings).isZero();
        assertThat(100 * used).isBetween(percent, 100.0);
    }

    @ParameterizedTest
    @CsvSource({"0,99", "50,97.2", "150,92.5", "300,86.4"})
    void given_two_processes_when_both_request_the_full_rate_then_none_is_warned_and_the_rate_is_used(
            int most, double percent) {
        way = upTo(most);
        double used = run(2);
        assertThat(server.warnings).isZero();
        assertThat(100 * used).isBetween(percent, 100.0);
        assertThat(senders).allMatch(one -> one.sent > REQUESTS / 4);
    }

    /** Answers later than any request is on its way tell of a server that takes its time. */
    @Test
    void given_server_of_any_speed_when_the_full_rate_is_requested_then_it_is_used() {
        processing = upTo(900);
        double used = run(1);
        assertThat(server.warnings).isZero();
        assertThat(100 * used).isBetween(98.7, 100.0);
    }

    @Test
    void given_slow_server_when_many_requests_are_under_way_then_the_rate_is_used() {
        processing = random -> 2000 + 20 * random.nextDouble();
        double used = run(1);
        assertThat(server.warnings).isZero();
        assertThat(100 * used).isBetween(98.7, 100.0);
    }

    /** Whether a delay is before or behind the arrival nobody can see, so a server that is now quick and now slow costs as much as the way. */
    @Test
    void given_server_as_unsteady_as_a_network_when_the_full_rate_is_requested_then_it_costs_as_much() {
        processing = upTo(150);
        double used = run(1);
        assertThat(server.warnings).isZero();
        assertThat(100 * used).isBetween(92.5, 93.5);
    }

    @Test
    void given_slow_writes_and_quick_reads_when_mixed_then_the_rate_is_used() {
        processing = random -> 700 + 5 * random.nextDouble();
        reading = random -> 50 + 5 * random.nextDouble();
        reads = 0.5;
        double used = run(1);
        assertThat(server.warnings).isZero();
        assertThat(100 * used).isBetween(98.7, 100.0);
    }

    @Test
    void given_slow_writes_and_quick_reads_over_a_delaying_network_when_mixed_then_none_is_warned() {
        way = upTo(150);
        processing = random -> 700 + 5 * random.nextDouble();
        reads = 0.5;
        double used = run(1);
        assertThat(server.warnings).isZero();
        assertThat(100 * used).isBetween(92.0, 100.0);
    }

    /** The first requests all wait for a server that only just starts, for instance. Then they arrive together. */
    @ParameterizedTest
    @CsvSource({"0,98", "50,96", "150,91.5"})
    void given_network_that_stalls_now_and_then_when_it_recovers_then_none_is_warned(int most, double percent) {
        way = upTo(most);
        stall = 1.5;
        double used = run(1);
        assertThat(server.warnings).isZero();
        assertThat(100 * used).isBetween(percent, 100.0);
    }

    /** A request without an answer for a minute is taken for lost; others go on meanwhile. */
    @Test
    void given_requests_answered_after_a_minute_when_others_are_answered_at_once_then_the_rate_is_used() {
        mostOpen = 40;
        processing = random -> random.nextInt(50) == 0 ? 60_000 : 5;
        double used = run(1);
        assertThat(server.warnings).isZero();
        assertThat(100 * used).isBetween(97.0, 100.0);
    }

    @Test
    void given_server_that_becomes_slow_when_it_stays_slow_then_the_rate_is_used_again() {
        processing = random -> order < 6_000 ? 200 : 2000 + 1000 * random.nextDouble();
        double used = run(1);
        assertThat(server.warnings).isZero();
        assertThat(100 * used).isBetween(96.0, 100.0);
    }

    /** At the time of the next request nothing is known of the last ones then. A warning shows that they are late. */
    @Test
    void given_delaying_network_before_a_slow_server_when_one_is_warned_then_none_is_warned_again() {
        way = upTo(150);
        processing = always(2000);
        double used = run(1);
        assertThat(server.warnings).isEqualTo(1);
        assertThat(100 * used).isBetween(85.0, 100.0);
    }

    /** The way becomes 100 ms longer for good: that costs for some minutes only. */
    @Test
    void given_network_that_gets_slower_when_it_stays_slow_then_the_rate_is_used_again() {
        way = random -> order < 6_000 ? 0 : 100;
        double used = run(1);
        assertThat(server.warnings).isZero();
        assertThat(100 * used).isBetween(96.0, 100.0);
    }

    @Test
    void given_network_that_gets_faster_when_noticed_then_hardly_any_is_warned() {
        way = random -> order < 6_000 ? 60 : 0;
        double used = run(1);
        assertThat(server.warnings).isLessThanOrEqualTo(1);
        assertThat(100 * used).isBetween(98.0, 100.0);
    }

    @Test
    void given_sequential_requests_and_busy_processors_when_the_full_rate_is_requested_then_none_is_warned() {
        mostOpen = 1;
        way = busy();
        waking = busy();
        leaving = busy();
        double used = run(1);
        assertThat(server.warnings).isZero();
        assertThat(100 * used).isBetween(98.0, 100.0);
    }
}
