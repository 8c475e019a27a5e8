package org.catalogdrop.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long processes of this machine had to wait for a processor. A limit of time that was missed by no more than that was missed by this
 * machine, not by the program. On a quiet machine it is little. Safe for many threads.
 */
final class HarnessLag implements AutoCloseable {

    private static final long STEP_MILLIS = 5;

    /** Less is usual on a quiet machine too, and excuses nothing. */
    private static final long LEAST_MILLIS = 20;

    /** The waits in milliseconds, by their ends in milliseconds of the wall clock. */
    private final NavigableMap<Long, Long> waits = new ConcurrentSkipListMap<>();

    /** Says how long processes had to wait for a processor, as Linux counts it. */
    private static final Path PRESSURE = Path.of("/proc/pressure/cpu");

    private static final Pattern TOTAL = Pattern.compile("some .* total=(\\d+)");

    /** The sum in milliseconds of the times in which a process waited, by milliseconds of the wall clock. */
    private final NavigableMap<Long, Long> stalls = new ConcurrentSkipListMap<>();

    private final Thread thread = new Thread(this::measure, "harness-lag");

    HarnessLag() {
        thread.setDaemon(true);
        thread.start();
    }

    private void measure() {
        try {
            for (int step = 0; true; step++) {
                if (step % 10 == 0) {
                    readPressure(System.currentTimeMillis());
                }
                long before = System.nanoTime();
                Thread.sleep(STEP_MILLIS);
                long now = System.nanoTime();
                long late = (now - before) / 1_000_000 - STEP_MILLIS;
                if (late >= LEAST_MILLIS) {
                    waits.merge(System.currentTimeMillis(), late, Math::max);
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the longest wait that was under way between two times of the wall clock, in milliseconds. */
    long longest(long from, long to) {
        return waits.subMap(from, true, Math.max(from, to) + 1000, true).entrySet().stream()
                .filter(wait -> wait.getKey() - wait.getValue() <= to)
                .mapToLong(Map.Entry::getValue)
                .max()
                .orElse(0);
    }

    /** Returns for how much of the time between two times of the wall clock a process waited for a processor, in milliseconds. */
    long stalled(long from, long to) {
        Map.Entry<Long, Long> first = stalls.floorEntry(from);
        Map.Entry<Long, Long> last = stalls.floorEntry(to);
        return first == null || last == null ? longest(from, to) : last.getValue() - first.getValue();
    }

    private void readPressure(long now) {
        try {
            Matcher total = TOTAL.matcher(Files.readAllLines(PRESSURE).get(0));
            if (total.matches()) {
                stalls.put(now, Long.parseLong(total.group(1)) / 1000);
            }
        } catch (IOException none) {
            // Not every Linux counts it; what this thread waited is counted then.
        }
    }

    /** Returns the longest wait of all, in milliseconds. */
    long longest() {
        return waits.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
