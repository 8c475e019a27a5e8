package org.catalogdrop.app;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** How far a load is: a bar that is drawn anew on a terminal, a line now and then elsewhere. */
final class Progress implements AutoCloseable {

    private static final int WIDTH = 30;
    private static final Duration EACH = Duration.ofMillis(200);
    private static final Duration EACH_ELSEWHERE = Duration.ofSeconds(10);

    private final Loads loads;
    private final PrintWriter out;
    private final boolean terminal;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "catalog-progress");
        thread.setDaemon(true);
        return thread;
    });

    private boolean drawn;
    private long firstRows = -1;
    private long begunNanos;
    private long nextNanos = System.nanoTime() + EACH_ELSEWHERE.toNanos();

    private Progress(Loads loads, PrintWriter out, boolean terminal) {
        this.loads = loads;
        this.out = out;
        this.terminal = terminal;
    }

    static Progress of(Loads loads, PrintWriter out) {
        Progress progress = new Progress(loads, out, System.console() != null);
        long each = EACH.toMillis();
        progress.ticks.scheduleAtFixedRate(progress::tick, each, each, TimeUnit.MILLISECONDS);
        return progress;
    }

    synchronized void begin() {
        firstRows = -1;
    }

    private synchronized void tick() {
        Optional<Load> load = loads.current();
        if (load.isEmpty() || load.get().rows() < 0 || load.get().results().isEmpty()) {
            return;
        }
        long rows = load.get().settled();
        if (firstRows < 0) {
            // Rows settled by an earlier run pass at once and would spoil the rate.
            firstRows = rows;
            begunNanos = System.nanoTime();
        }
        if (!terminal && System.nanoTime() - nextNanos < 0) {
            return;
        }
        nextNanos = System.nanoTime() + EACH_ELSEWHERE.toNanos();
        String text = text(load.get().drop().name(), rows, load.get().rows());
        if (terminal) {
            out.print("\r\033[K" + text);
            out.flush();
            drawn = true;
        } else {
            out.println(text);
        }
    }

    private String text(String name, long rows, long of) {
        double seconds = Math.max(0.001, (System.nanoTime() - begunNanos) / 1e9);
        double rate = (rows - firstRows) / seconds;
        String left = rate < 0.1 ? "…" : duration(Math.round((of - rows) / rate));
        int filled = of == 0 ? WIDTH : (int) (rows * WIDTH / of);
        String bar = "#".repeat(filled) + "-".repeat(WIDTH - filled);
        double percent = of == 0 ? 100 : 100.0 * rows / of;
        return String.format(
                Locale.ROOT,
                "%s [%s] %3.0f %% %d/%d rows, %.0f rows/s, %s left",
                name,
                bar,
                percent,
                rows,
                of,
                rate,
                left);
    }

    static String duration(long seconds) {
        return seconds < 60
                ? seconds + " s"
                : seconds < 3600
                        ? seconds / 60 + " min " + seconds % 60 + " s"
                        : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }

    synchronized void end() {
        if (drawn) {
            out.print("\r\033[K");
            out.flush();
            drawn = false;
        }
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        end();
    }
}
