package org.catalogdrop.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.catalogdrop.inbox.DropFiles;
import org.catalogdrop.kommo.throttle.RateLimiterState;
import org.catalogdrop.load.ListReads;
import org.catalogdrop.load.LoadPhase;
import org.catalogdrop.load.RunningLoad;
import org.catalogdrop.model.SafeText;
import org.catalogdrop.model.Status;
import org.catalogdrop.page.http.ShownText;
import org.catalogdrop.report.DisplayText;

/** Looks at the loader, at most each second however many browsers watch, so that the page costs a load nothing. Safe for many threads. */
final class NowState {

    private static final long EACH_NANOS = Duration.ofMillis(900).toNanos();

    /** After a listing the inbox is left alone for so many times as long as the listing took. */
    private static final int REST = 19;

    private static final int SHOWN = 20;
    private static final double LEAST_RATE = 0.1;

    private final LoaderParts loader;
    private final PageTasks tasks;
    private Optional<NowView> last = Optional.empty();
    private long lookedNanos;
    private List<NowView.Queued> queue = List.of();
    private int queued;
    private long nextListing = System.nanoTime();
    private Optional<LoadPhase> watched = Optional.empty();
    private long firstDone;
    private long begunNanos;

    NowState(LoaderParts loader, PageTasks tasks) {
        this.tasks = tasks;
        this.loader = loader;
    }

    synchronized NowView now() {
        long now = System.nanoTime();
        if (last.isEmpty() || now - lookedNanos >= EACH_NANOS) {
            lookedNanos = now;
            last = Optional.of(look());
        }
        return last.get();
    }

    private NowView look() {
        Optional<LoadPhase> current = loader.loads().current();
        if (System.nanoTime() - nextListing >= 0) {
            list(current);
        }
        double limit = loader.health().rateLimit();
        String sent = ShownText.decimal(loader.health().traffic().rate());
        return new NowView(
                current.map(this::load),
                hints(),
                limit == 0 ? sent : sent + " of " + ShownText.decimal(limit),
                loader.health().traffic().inFlight(),
                loader.health().chunkRows(),
                queue,
                queued);
    }

    private NowView.Load load(LoadPhase phase) {
        long rows = Math.max(0, phase.rows());
        long done = phase instanceof RunningLoad running ? running.settled() : 0;
        boolean isNew = watched.filter(known -> known == phase).isEmpty();
        if (isNew) {
            // Rows settled by an earlier run pass at once and would falsify the rate.
            watched = Optional.of(phase);
            firstDone = done;
            begunNanos = System.nanoTime();
        }
        double seconds = (System.nanoTime() - begunNanos) / 1e9;
        double rate = seconds < 1 ? 0 : (done - firstDone) / seconds;
        boolean known = phase instanceof RunningLoad && rate >= LEAST_RATE;
        return new NowView.Load(
                DisplayText.of(phase.displayName()),
                step(phase),
                done,
                rows,
                rows == 0 ? 0 : (int) Math.min(100, 100 * done / rows),
                known ? ShownText.decimal(rate) : "",
                known ? duration(Math.round((rows - done) / rate)) : "",
                DisplayText.of(phase.opened().started()),
                phase instanceof RunningLoad running ? outcomes(running) : List.of());
    }

    private String step(LoadPhase phase) {
        Optional<String> reading = loader.reads().current().map(ListReads.Read::describe);
        if (reading.isPresent()) {
            return reading.get();
        }
        return phase instanceof RunningLoad ? "sending its rows" : "reading the file";
    }

    private static List<NowView.Amount> outcomes(RunningLoad running) {
        List<NowView.Amount> outcomes = new ArrayList<>();
        for (Status status : Status.values()) {
            long count = running.results().counts().count(status);
            if (count > 0) {
                outcomes.add(new NowView.Amount(status.word().replace('_', ' '), count));
            }
        }
        return outcomes;
    }

    static String duration(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }

    private List<NowView.Hint> hints() {
        List<NowView.Hint> hints = new ArrayList<>();
        loader.health().checks().forEach((name, check) -> {
            var finding = check.get();
            if (!finding.good()) {
                hints.add(new NowView.Hint("bad", SafeText.of(finding.message())));
            }
        });
        Duration pause = loader.health().pauseLeft();
        if (!pause.isZero()) {
            hints.add(new NowView.Hint(
                    "warning", "The API asked to wait (429). Nothing is sent for " + (pause.toSeconds() + 1) + " s."));
        }
        RateLimiterState pace = loader.health().pace();
        if (pace.share() < 1 && pace.block().isEmpty()) {
            hints.add(new NowView.Hint(
                    "warning",
                    "After a 429 the loader sends more slowly for a while: " + Math.round(100 * pace.share())
                            + " % of the allowed rate."));
        }
        Duration hold = loader.runs().holdLeft();
        if (!hold.isZero()) {
            hints.add(new NowView.Hint(
                    "bad",
                    "The last load stopped before its end. The log says why. The next try is in "
                            + (hold.toSeconds() + 1) + " s."));
        }
        tasks.current().ifPresent(words -> hints.add(new NowView.Hint("warning", DisplayText.of(words, 1000) + " …")));
        tasks.ended()
                .forEach(flash ->
                        hints.add(new NowView.Hint(flash.good() ? "good" : "bad", DisplayText.of(flash.text(), 1000))));
        return List.copyOf(hints);
    }

    private void list(Optional<LoadPhase> current) {
        long begun = System.nanoTime();
        try {
            List<Path> found = DropFiles.drops(loader.folders().inbox()).stream()
                    .sorted(Comparator.comparingLong(NowState::modified))
                    .toList();
            Set<String> waiting =
                    loader.drops().approve() ? new HashSet<>(loader.approvals().waitingDrops()) : Set.of();
            String loading = current.map(phase -> phase.drop().name()).orElse("");
            queue = found.stream()
                    .limit(SHOWN)
                    .map(drop -> queued(drop, loading, waiting))
                    .toList();
            queued = found.size();
        } catch (IOException unreadable) {
            // The health check of the inbox says so.
            queue = List.of();
            queued = -1;
        }
        long now = System.nanoTime();
        nextListing = now + Math.max(EACH_NANOS, REST * (now - begun));
    }

    private static NowView.Queued queued(Path drop, String loading, Set<String> waiting) {
        String name = drop.getFileName().toString();
        String state = waiting.contains(SafeText.of(name))
                ? "waits for approval"
                : name.equals(loading) ? "is being loaded" : "waits for its turn";
        return new NowView.Queued(DisplayText.of(name), size(drop), state);
    }

    private static long modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException gone) {
            return 0;
        }
    }

    private static String size(Path file) {
        try {
            return ShownText.size(Files.size(file));
        } catch (IOException gone) {
            return "";
        }
    }
}
