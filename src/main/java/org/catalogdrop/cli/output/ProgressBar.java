package org.catalogdrop.cli.output;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.catalogdrop.camel.Installation;
import org.catalogdrop.load.ListReads;
import org.catalogdrop.load.LoadPhase;
import org.catalogdrop.load.RunningLoad;
import org.catalogdrop.model.Plural;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the progress of a load, or of reading a list: a line that is redrawn on a terminal, a line now and then elsewhere. */
public final class ProgressBar implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProgressBar.class);

    private static final int WIDTH = 30;
    private static final int LONGEST_NAME = 40;

    /** Below this many rows a second neither the rate nor the time left is shown. */
    private static final double LEAST_RATE = 0.1;

    private static final Duration EACH = Duration.ofMillis(200);
    private static final Duration EACH_LINE = Duration.ofSeconds(10);
    private static final Duration EACH_LINE_OF_RUN = Duration.ofMinutes(1);

    private final Supplier<Optional<LoadPhase>> loads;
    private final ListReads reads;
    private final Optional<StatusLine> terminal;
    private final Lines lines;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "catalog-progress");
        thread.setDaemon(true);
        return thread;
    });

    private Optional<LoadPhase> watched = Optional.empty();
    private long firstRows = -1;
    private long lastRows;
    private long firstReads;
    private long begunNanos;
    private long nextNanos;

    /**
     * How progress is shown without a terminal.
     *
     * @param to takes the lines
     * @param each how often
     * @param atBegin whether each load is reported when it begins
     */
    public record Lines(Consumer<String> to, Duration each, boolean atBegin) {}

    public ProgressBar(
            Supplier<Optional<LoadPhase>> loads, ListReads reads, Optional<StatusLine> terminal, Lines lines) {
        this.loads = loads;
        this.reads = reads;
        this.terminal = terminal;
        this.lines = lines;
        this.nextNanos = System.nanoTime() + lines.each().toNanos();
    }

    /** Returns the progress bar of a command. */
    public static ProgressBar of(Installation drop, PrintWriter out) {
        return of(drop, new Lines(out::println, EACH_LINE, false));
    }

    /** Returns the progress bar of a run; without a terminal it logs when a load begins and then each minute. */
    public static ProgressBar ofRun(Installation drop) {
        return of(drop, new Lines(text -> LOG.info("{}", text), EACH_LINE_OF_RUN, true));
    }

    /** Returns the same for one of several loaders, which have no place on a terminal; its caller calls {@link #tick}. */
    public static ProgressBar inLog(Installation drop) {
        Lines lines = new Lines(text -> LOG.info("{}", text), EACH_LINE_OF_RUN, true);
        return new ProgressBar(drop.loads()::current, drop.reads(), Optional.empty(), lines);
    }

    private static ProgressBar of(Installation drop, Lines lines) {
        return new ProgressBar(drop.loads()::current, drop.reads(), StatusLine.ofTerminal(), lines);
    }

    /** Shows it from now on. */
    public void begin() {
        long each = EACH.toMillis();
        ticks.scheduleAtFixedRate(this::tick, each, each, TimeUnit.MILLISECONDS);
    }

    public synchronized void tick() {
        Optional<LoadPhase> load = loads.get();
        boolean news = load.isPresent() && !load.equals(watched) && load.get() instanceof RunningLoad;
        if (load.isEmpty() || news) {
            watched = load;
            firstRows = -1;
        }
        if (firstRows < 0 && load.orElse(null) instanceof RunningLoad running) {
            measureFrom(running);
        }
        boolean due = (news && lines.atBegin()) || System.nanoTime() - nextNanos >= 0;
        // A text that nobody sees is not made: for a short load it would be among the most expensive steps.
        Optional<String> text = due || terminal.isPresent() ? text(load) : Optional.empty();
        if (terminal.isPresent()) {
            text.ifPresentOrElse(terminal.get()::draw, terminal.get()::erase);
        } else if (text.isPresent()) {
            nextNanos = System.nanoTime() + lines.each().toNanos();
            lines.to().accept(text.get());
        }
    }

    /** Begins to measure the rate. Rows settled by an earlier run pass at once and would falsify the rate. */
    private void measureFrom(RunningLoad load) {
        firstRows = load.settled();
        lastRows = firstRows;
        firstReads = reads.first();
        begunNanos = System.nanoTime();
    }

    private Optional<String> text(Optional<LoadPhase> load) {
        Optional<String> reading = reads.current().map(ListReads.Read::describe);
        if (load.isEmpty()) {
            return reading;
        }
        String name = name(load.get());
        if (reading.isPresent()) {
            return Optional.of(name + ": " + reading.get());
        }
        return Optional.of(
                load.get() instanceof RunningLoad running ? bar(name, running) : name + ": reading the file");
    }

    private static String name(LoadPhase load) {
        String name = load.displayName();
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
    }

    private String bar(String name, RunningLoad load) {
        // Counted in two places: a row on its way from one to the other is in neither.
        long rows = Math.max(lastRows, load.settled());
        lastRows = rows;
        long of = load.rows();
        double seconds = Math.max(0.001, (System.nanoTime() - begunNanos) / 1e9);
        double rate = (rows - firstRows) / seconds;
        String left = duration(Math.round((of - rows) / Math.max(LEAST_RATE, rate)));
        int filled = of == 0 ? WIDTH : (int) (rows * WIDTH / of);
        String bar = "#".repeat(filled) + "-".repeat(WIDTH - filled);
        double percent = of == 0 ? 100 : 100.0 * rows / of;
        long readFirst = reads.first() - firstReads;
        return String.format(
                Locale.ROOT,
                "%s [%s] %3.0f %% %d/%d rows%s%s",
                name,
                bar,
                percent,
                rows,
                of,
                rate < LEAST_RATE ? "" : ", " + rate(rate) + ", " + left + " left",
                readFirst > 0 ? ", " + Plural.of(readFirst, "element") + " read before their change" : "");
    }

    /** Returns the rows a second as a text, with a decimal if there are few. */
    public static String rate(double rate) {
        return String.format(Locale.ROOT, rate < 9.95 ? "%.1f rows/s" : "%.0f rows/s", rate);
    }

    public static String duration(long seconds) {
        return seconds < 60
                ? seconds + " s"
                : seconds < 3600
                        ? seconds / 60 + " min " + seconds % 60 + " s"
                        : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        terminal.ifPresent(StatusLine::erase);
    }
}
