package org.catalogdrop.inbox;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Stopwatch;
import org.catalogdrop.model.Summary;
import org.catalogdrop.results.NextStep;
import org.catalogdrop.results.SummaryLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of the run as a whole: its exit status so far, and whether it is on hold because the API cannot be used. Safe for many
 * threads.
 */
public final class RunState {

    private static final Logger LOG = LoggerFactory.getLogger(RunState.class);

    private final Supplier<Optional<Problem>> barred;
    private final DeferredDrops aside;
    private final NextStep nextStep;
    private final boolean once;
    private final CountDownLatch idle = new CountDownLatch(1);
    /** By the {@link Stopwatch}, so that a clock that is set back does not lengthen the pause. */
    private Instant holdUntil = Instant.EPOCH;

    private Duration pause = BackOff.FIRST;
    private int exitStatus;
    private boolean halted;
    private boolean blocked;

    /**
     * @param barred why nothing may be sent to the API; empty if it may
     * @param aside the drops that are deferred
     * @param once whether the run ends when it cannot continue
     */
    public RunState(Supplier<Optional<Problem>> barred, DeferredDrops aside, NextStep nextStep, boolean once) {
        this.once = once;
        this.nextStep = nextStep;
        this.aside = aside;
        this.barred = barred;
    }

    /**
     * Records that a load has ended.
     *
     * @param file where the drop's file is now
     */
    synchronized void finished(Summary summary, Path file) {
        pause = BackOff.FIRST;
        halted = false;
        exitStatus = Math.max(exitStatus, summary.exitStatus());
        summary.refusal()
                .ifPresent(problem -> LOG.error(
                        "{}: refused ({}): {}{}",
                        NormalizedName.show(summary.drop()),
                        problem.code().word(),
                        problem.message(),
                        nextStep.after(problem.code(), file)));
        if (!summary.folder().isEmpty()) {
            LOG.info("{}{}", SummaryLine.line(summary), nextStep.after(summary, file));
            if (!summary.undo().isEmpty()) {
                LOG.info(
                        "{}: {}",
                        NormalizedName.show(summary.drop()),
                        summary.undo().amounts());
            }
        }
    }

    /** Records that the run cannot continue for now. The drop stays where it is and is taken again after a growing pause. */
    public synchronized void halted(RuntimeException reason) {
        halted = true;
        if (reason instanceof RunHalted halt && halt.problem().code() == Code.STOPPED) {
            LOG.info("stopped; the drop stays in the inbox, and the next start resumes it");
            holdUntil = Instant.MAX;
            return;
        }
        if (reason instanceof RunHalted halt && halt.problem().code() == Code.BLOCKED) {
            blocked(Optional.of(halt.problem()));
            return;
        }
        holdUntil = Stopwatch.now().plus(pause);
        String code = reason instanceof RunHalted halt ? halt.problem().code().word() : "error";
        LOG.error(
                "stopped before the end ({}): {}{} The drop stays in the inbox{}.",
                code,
                reason.getMessage(),
                reason instanceof RunHalted halt ? nextStep.after(halt.problem().code()) : "",
                once ? "" : "; the next try is in " + pause.toSeconds() + " s");
        pause = BackOff.after(pause);
    }

    /** Ends the hold after a stop, so that drops in the inbox are taken again. */
    public synchronized void resume() {
        holdUntil = Instant.EPOCH;
    }

    /** Takes no further drop until {@link #resume}; the drop that is being loaded is finished. */
    public synchronized void hold() {
        holdUntil = Instant.MAX;
    }

    /** Returns whether the API is blocked; the inbox pauses as long, and that is reported once. */
    private boolean blocked(Optional<Problem> why) {
        if (why.isPresent() && !blocked) {
            halted = true;
            LOG.error("blocked: {} The drops stay in the inbox.", why.get().message());
        }
        blocked = why.isPresent();
        return blocked;
    }

    /** Records that a file stays in the inbox that cannot be handed over. */
    synchronized void leaveSome() {
        halted = true;
    }

    public synchronized boolean isOnHold() {
        return blocked(barred.get()) || Stopwatch.now().isBefore(holdUntil);
    }

    /** Returns how long the run pauses after a load that stopped before its end; zero if it does not, or is being stopped. */
    public synchronized Duration holdLeft() {
        Instant now = Stopwatch.now();
        return holdUntil.equals(Instant.MAX) || !now.isBefore(holdUntil)
                ? Duration.ZERO
                : Duration.between(now, holdUntil);
    }

    void idle() {
        idle.countDown();
    }

    public void awaitIdle() throws InterruptedException {
        idle.await();
    }

    /** Waits until nothing is left to take, or for this long. Returns whether nothing is left. */
    public boolean awaitIdle(Duration most) throws InterruptedException {
        return idle.await(most.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns 1 if the run stopped before its end, else the highest exit status of its drops. */
    public synchronized int exitStatus() {
        return halted || !aside.isEmpty() ? 1 : exitStatus;
    }
}
