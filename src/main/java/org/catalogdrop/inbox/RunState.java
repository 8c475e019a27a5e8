package org.catalogdrop.inbox;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
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

/** How the run as a whole stands: its exit status so far, and whether it is on hold because the API cannot be used. */
public final class RunState {

    private static final Logger LOG = LoggerFactory.getLogger(RunState.class);

    private final Supplier<Optional<Problem>> barred;
    private final DeferredDrops aside;
    private final NextStep nextStep;
    private final boolean once;
    private final CountDownLatch idle = new CountDownLatch(1);
    /** By the {@link Stopwatch}: a clock that is set back must not lengthen the rest. */
    private Instant holdUntil = Instant.EPOCH;

    private Duration pause = BackOff.FIRST;
    private int exitStatus;
    private boolean halted;
    private boolean blocked;

    /**
     * @param barred why the API may not be asked for anything, if that is so
     * @param aside drops that are left behind
     * @param once whether the run ends when it cannot go on
     */
    public RunState(Supplier<Optional<Problem>> barred, DeferredDrops aside, NextStep nextStep, boolean once) {
        this.once = once;
        this.nextStep = nextStep;
        this.aside = aside;
        this.barred = barred;
    }

    /**
     * A drop has come to its end.
     *
     * @param file where it lies now
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

    /** The run cannot go on for now: the drop stays where it is and is taken again after a pause that grows. */
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

    /** After a stop: what was left in the inbox is taken again. */
    public synchronized void resume() {
        holdUntil = Instant.EPOCH;
    }

    /** Returns the inbox rests for as long as nothing may be sent; that is told once. */
    private boolean blocked(Optional<Problem> why) {
        if (why.isPresent() && !blocked) {
            halted = true;
            LOG.error("blocked: {} The drops stay in the inbox.", why.get().message());
        }
        blocked = why.isPresent();
        return blocked;
    }

    public synchronized boolean isOnHold() {
        return blocked(barred.get()) || Stopwatch.now().isBefore(holdUntil);
    }

    void idle() {
        idle.countDown();
    }

    public void awaitIdle() throws InterruptedException {
        idle.await();
    }

    /** 1 if the run stopped before its end, else the highest of its drops. */
    public synchronized int exitStatus() {
        return halted || !aside.isEmpty() ? 1 : exitStatus;
    }
}
