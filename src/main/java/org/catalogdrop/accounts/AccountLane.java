package org.catalogdrop.accounts;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.catalogdrop.accounts.AccountState.Phase;
import org.catalogdrop.camel.Installation;
import org.catalogdrop.camel.RoutesFault;
import org.catalogdrop.config.AccountFiles;
import org.catalogdrop.config.Needs;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.SettingsFault;
import org.catalogdrop.inbox.BackOff;
import org.catalogdrop.inbox.DropFiles;
import org.catalogdrop.inbox.InboxCourier;
import org.catalogdrop.journal.postgres.JournalWatch;
import org.catalogdrop.journal.postgres.LeaseKeeper;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.results.NextStep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The life of one account: it is started, tried again if that fails, started again when its settings have changed, and stopped. It has a
 * thread of its own, so an account whose disk does not answer holds up no other. Its methods, except for {@link #run}, are safe for many
 * threads.
 */
final class AccountLane implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(AccountLane.class);

    private static final Duration LOOK = Duration.ofMillis(200);

    /** How often an account that another process could have is looked at until it is idle. */
    private static final Duration IDLE_LOOK = Duration.ofSeconds(1);

    /** Starts wait for each other, since each needs a core, but not for one that hangs. */
    private static final Semaphore STARTS =
            new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()));

    private static final long LONGEST_START_SECONDS = 30;

    /** How long it stands by before it looks again whether its settings can still be used. */
    private static final Duration LONGEST_STANDBY = Duration.ofSeconds(30);

    /** What the supervisor asks for. */
    private enum Wish {
        RUN,
        RESTART,
        END
    }

    private final String name;
    private final AccountFiles files;
    private final AccountClaims claims;
    private final AccountsRun run;
    private final Runnable moved;
    private Wish wish = Wish.RUN;
    private boolean news;
    /** Whether the loader that runs has lost its journal. */
    private boolean lost;
    /** After which time to try again, if that is known. */
    private Optional<Duration> tryAgain = Optional.empty();
    /** Follows who owns the journal, if other processes can own it. */
    private Optional<JournalWatch> watch = Optional.empty();

    /** How often the owner of the journal renews its lease, if other processes can own it. */
    private Optional<Duration> journalRenewal = Optional.empty();

    /** Whether the loader is closed so that another process takes the journal. */
    private boolean leaves;

    /** Hands the files of its inbox over, also while another process is the owner. */
    private Optional<InboxCourier> courier = Optional.empty();

    private Duration pause = BackOff.FIRST;
    private AccountState state;
    private volatile String reported = "";
    private int exitStatus;

    /** @param moved is called when folders or a Kommo account that it had meant may be free for another one */
    AccountLane(String name, AccountFiles files, AccountClaims claims, AccountsRun run, Runnable moved) {
        this.name = name;
        this.files = files;
        this.claims = claims;
        this.run = run;
        this.moved = moved;
        this.state = new AccountState(name, Phase.STARTING, "is being started", Optional.empty());
        claims.read(name);
    }

    synchronized AccountState state() {
        return state;
    }

    /** Returns the exit status of an account that has ended. */
    synchronized int exitStatus() {
        return exitStatus;
    }

    /** Starts the account again with the settings that its file has now. A drop that is being loaded is finished before. */
    synchronized void restart() {
        wish = wish == Wish.END ? wish : Wish.RESTART;
        pause = BackOff.FIRST;
        wake();
    }

    /** Tries at once to start an account that could not be started. */
    synchronized void tryAgain() {
        wake();
    }

    /** Stops the account when its requests under way have been answered. */
    synchronized void end() {
        wish = Wish.END;
        wake();
    }

    private void wake() {
        news = true;
        notifyAll();
    }

    private synchronized boolean isEnding() {
        return wish == Wish.END;
    }

    /** Waits for something new, or for this long. */
    private synchronized void awaitNews(Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        while (!news && !isEnding() && System.nanoTime() - end < 0) {
            wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        }
    }

    @Override
    public void run() {
        MDC.put(AccountLoader.LOG_KEY, name);
        try {
            while (!isEnding()) {
                liveOnce();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            endCourier();
            closeWatch();
            claims.forget(name);
            moved.run();
            set(Phase.ENDED, "has ended", Optional.empty());
        }
    }

    private void endCourier() {
        courier.ifPresent(InboxCourier::close);
        courier = Optional.empty();
    }

    private void handFilesOver(Settings settings) {
        if (!run.once() && settings.folders().handover().isPresent() && courier.isEmpty()) {
            NextStep advice = new NextStep();
            advice.nameCommands(name);
            courier = Optional.of(InboxCourier.share(settings.drops(), settings.folders(), advice));
        }
    }

    private synchronized boolean isRestarting() {
        return wish == Wish.RESTART;
    }

    private void liveOnce() throws InterruptedException {
        if (isRestarting()) {
            endCourier();
        }
        synchronized (this) {
            news = false;
            lost = false;
            if (state.phase() == Phase.STOPPING) {
                state = new AccountState(name, Phase.STARTING, "is being started", Optional.empty());
            }
            wish = wish == Wish.RESTART ? Wish.RUN : wish;
        }
        Optional<AccountLoader> started = start();
        if (started.isPresent()) {
            nextPause();
            serve(started.get());
        } else if (run.once()) {
            end();
        } else {
            awaitNews(tryAgain.orElseGet(this::nextPause));
        }
    }

    /** Returns how long to wait before the next try, which grows until the account has started. */
    private synchronized Duration nextPause() {
        Duration now = pause;
        pause = reported.isEmpty() ? BackOff.FIRST : BackOff.after(now);
        return now;
    }

    private Optional<AccountLoader> start() throws InterruptedException {
        try {
            tryAgain = Optional.empty();
            Settings settings = settings();
            handFilesOver(settings);
            if (standsBy(settings.folders().journal())) {
                return Optional.empty();
            }
            Optional<AccountLoader> loader = start(settings);
            reported = "";
            return loader;
        } catch (SettingsFault | RoutesFault fault) {
            failed(Phase.MISCONFIGURED, fault.getMessage(), Optional.empty());
        } catch (RunHalted fault) {
            halted(fault);
        } catch (InterruptedException stopped) {
            throw stopped;
        } catch (Exception fault) {
            failed(Phase.FAILED, "This is a fault of the program: " + fault, Optional.of(fault));
        }
        return Optional.empty();
    }

    private void halted(RunHalted fault) throws InterruptedException {
        if (fault.problem().code() == Code.OWNED && watch.isPresent()) {
            watch.get().refresh();
            if (isOwnedByAnother(watch.get())) {
                return;
            }
        }
        // A database that is back is noticed soon.
        tryAgain = journalRenewal;
        failed(Phase.FAILED, fault.getMessage(), Optional.empty());
    }

    /** Returns whether another process was faster. */
    private boolean isOwnedByAnother(JournalWatch open) throws InterruptedException {
        try {
            return standsBy(open);
        } catch (RunHalted away) {
            return false;
        }
    }

    /** Returns whether another process owns the journal, or is to own it. Then this one looks again when that has changed. */
    private boolean standsBy(JournalPlace journal) throws InterruptedException {
        if (watch.filter(open -> open.isOf(journal)).isEmpty()) {
            closeWatch();
        }
        journalRenewal = Optional.empty();
        if (run.once() || !(journal instanceof JournalPlace.Postgres there)) {
            return false;
        }
        journalRenewal = Optional.of(there.renewal());
        if (watch.isEmpty()) {
            watch = Optional.of(LeaseKeeper.watch(there, this::look));
        }
        return standsBy(watch.get());
    }

    private boolean standsBy(JournalWatch open) throws InterruptedException {
        Optional<String> reason = open.findReasonToWait();
        if (reason.isPresent()) {
            tryAgain = Optional.of(LONGEST_STANDBY);
            if (courier.isEmpty()) {
                claims.release(name);
            }
            String message = "stands by: " + reason.get();
            set(Phase.STANDING_BY, message, Optional.empty());
            if (!message.equals(reported)) {
                LOG.info("the account {}", message);
            }
            reported = message;
        }
        return reason.isPresent();
    }

    private synchronized void look() {
        wake();
    }

    private void closeWatch() {
        watch.ifPresent(JournalWatch::close);
        watch = Optional.empty();
    }

    /** Starts a loader; none if the account is stopped before its turn comes, or it would take what other machines give up as they stop. */
    private Optional<AccountLoader> start(Settings settings) throws Exception {
        boolean turn = STARTS.tryAcquire(LONGEST_START_SECONDS, TimeUnit.SECONDS);
        try {
            return isEnding()
                    ? Optional.empty()
                    : Optional.of(AccountLoader.start(
                            name, settings, new Installation.InboxMode(true, run.once()), run.routes(), run.prepare()));
        } finally {
            if (turn) {
                STARTS.release();
            }
        }
    }

    /** Reads the settings, and takes the folders and the Kommo account that they name. */
    private Settings settings() throws InterruptedException {
        claims.read(name);
        Optional<Settings> read = Optional.empty();
        Settings settings;
        try {
            settings = files.read(name, Needs.API);
            read = Optional.of(settings);
        } finally {
            if (claims.mean(name, read)) {
                moved.run();
            }
        }
        List<String> faults = claims.take(name);
        if (!faults.isEmpty()) {
            throw SettingsFault.ofAccount(files.file(name), faults);
        }
        return settings;
    }

    /** Reports a fault once, until another one comes. */
    private void failed(Phase phase, String message, Optional<Exception> bug) {
        // Another process may have the journal.
        closeWatch();
        claims.release(name);
        synchronized (this) {
            exitStatus = phase == Phase.MISCONFIGURED ? 2 : 1;
            state = new AccountState(name, phase, message, Optional.empty());
        }
        if (message.equals(reported)) {
            return;
        }
        reported = message;
        String next = run.once()
                ? ""
                : "\nThe account is started when " + files.file(name) + " is changed; it is tried again in any case.";
        LOG.error("the account is not running. {}{}", message, next, bug.orElse(null));
    }

    private synchronized void set(Phase phase, String message, Optional<AccountLoader> loader) {
        state = new AccountState(name, phase, message, loader);
    }

    private void serve(AccountLoader loader) throws InterruptedException {
        loader.drop().whenJournalLost(this::loseJournal);
        Runnable hide = run.listener().onStart(loader);
        try {
            set(Phase.RUNNING, "is running", Optional.of(loader));
            LOG.info("watching {}", loader.settings().folders().inbox());
            if (run.once()) {
                awaitIdle(loader);
            } else {
                awaitWish(loader);
                finishDrop(loader);
            }
            set(Phase.STOPPING, "ends what is under way", Optional.of(loader));
        } catch (IOException fault) {
            failed(Phase.FAILED, fault.toString(), Optional.empty());
        } finally {
            if (isEnding()) {
                closeWatch();
            }
            hide.run();
            loader.close();
            claims.release(name);
            // What it shows is of the time before.
            watch.ifPresent(JournalWatch::refresh);
        }
    }

    private void awaitIdle(AccountLoader loader) throws IOException, InterruptedException {
        while (!isEnding() && !loader.drop().runs().awaitIdle(LOOK)) {
            // Again until one of them is so.
        }
        int status = run.listener().onIdle(loader);
        synchronized (this) {
            exitStatus = status;
        }
        end();
    }

    /** Waits until the loader is to be closed: for a wish, a loss of the journal, or a process that owns fewer. */
    private void awaitWish(AccountLoader loader) throws InterruptedException {
        leaves = false;
        while (isWanted()) {
            boolean surplus = watch.filter(JournalWatch::isSurplus).isPresent();
            if (surplus && isIdle(loader) && watch.get().giveUp()) {
                leaves = true;
                return;
            }
            awaitChange(surplus ? IDLE_LOOK : Duration.ofDays(1));
        }
    }

    private synchronized boolean isWanted() {
        news = false;
        return wish == Wish.RUN && !lost;
    }

    private synchronized void awaitChange(Duration most) throws InterruptedException {
        if (wish == Wish.RUN && !lost) {
            awaitNews(most);
        }
    }

    /** Returns whether nothing is being loaded, and nothing waits. */
    private static boolean isIdle(AccountLoader loader) {
        try {
            return loader.drop().loads().one().awaitEnd(Duration.ZERO)
                    && DropFiles.drops(loader.settings().folders().ofLoads().inbox())
                            .isEmpty();
        } catch (IOException unknown) {
            return false;
        }
    }

    /** What another process may do from now on must not meet this one's loader: it is closed, and another one is made. */
    private synchronized void loseJournal() {
        lost = true;
        wake();
    }

    private synchronized boolean isLost() {
        return lost;
    }

    /** Before a restart the drop under way is finished with the settings with which it was begun. */
    private void finishDrop(AccountLoader loader) {
        if (isEnding()) {
            LOG.info("the account stops");
            return;
        }
        if (isLost()) {
            LOG.error(
                    "the journal is lost or away; the account is stopped, and starts again when it can have the journal");
            return;
        }
        if (leaves) {
            LOG.info("the account is left to another process, which owns fewer accounts");
        } else {
            LOG.info("{} has changed: the account starts again", files.file(name));
        }
        loader.drop().runs().hold();
        boolean idle = loader.drop().loads().one().awaitEnd(LOOK);
        if (!idle) {
            LOG.info("the drop that is being loaded is finished before");
        }
        while (!idle && !isEnding() && !isLost()) {
            idle = loader.drop().loads().one().awaitEnd(LOOK);
        }
    }
}
