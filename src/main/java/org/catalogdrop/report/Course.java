package org.catalogdrop.report;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Records how a load goes over time, in at most {@value #MOST} spans of equal length. When there would be more, two become one, so that
 * its memory does not grow with the load. Safe for many threads.
 */
public final class Course {

    static final int MOST = 120;

    /** The initial length of a span. */
    private static final long SHORTEST = Duration.ofMillis(250).toNanos();

    private final LongSupplier nanos;
    private final long start;
    private final CourseSample[] samples = new CourseSample[MOST];
    private long span = SHORTEST;
    private int used;

    /** Begins to record now. */
    public Course() {
        this(System::nanoTime);
    }

    /** @param nanos a clock that never goes back */
    Course(LongSupplier nanos) {
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    /**
     * Records that a request was answered, or that no answer came.
     *
     * @param status the HTTP status; 0 for no answer
     * @param took the time since it was sent
     */
    public void answered(int status, Duration took) {
        long millis = took.toMillis();
        add(new CourseSample(0, 1, 0, 0, status == 429 ? 1 : 0, status == 0 || status >= 500 ? 1 : 0, millis, millis));
    }

    /** Records a request with this many rows. */
    public void sent(int rows) {
        add(new CourseSample(0, 0, rows, 1, 0, 0, 0, 0));
    }

    /** Records that an answer gave this many rows their outcome. */
    public void settled(int rows) {
        add(new CourseSample(rows, 0, 0, 0, 0, 0, 0, 0));
    }

    private synchronized void add(CourseSample sample) {
        int place = place();
        while (place >= MOST) {
            halve();
            place = place();
        }
        for (; used <= place; used++) {
            samples[used] = CourseSample.NOTHING;
        }
        samples[place] = samples[place].plus(sample);
    }

    private int place() {
        return (int) Math.min((nanos.getAsLong() - start) / span, Integer.MAX_VALUE);
    }

    /** Makes one span of two. */
    private void halve() {
        for (int i = 0; 2 * i < used; i++) {
            samples[i] = 2 * i + 1 < used ? samples[2 * i].plus(samples[2 * i + 1]) : samples[2 * i];
        }
        used = (used + 1) / 2;
        span *= 2;
    }

    /** Returns the length of a span. */
    public synchronized Duration span() {
        return Duration.ofNanos(span);
    }

    /** Returns the spans so far, the first one first. */
    public synchronized List<CourseSample> samples() {
        return IntStream.range(0, used).mapToObj(i -> samples[i]).toList();
    }
}
