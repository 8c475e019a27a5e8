package org.catalogdrop.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.catalogdrop.accounts.AccountListener;
import org.catalogdrop.accounts.AccountLoader;
import org.catalogdrop.accounts.AccountState;
import org.catalogdrop.accounts.AccountSupervisor;
import org.catalogdrop.accounts.AccountsRun;
import org.catalogdrop.camel.Installation;
import org.catalogdrop.camel.Management;
import org.catalogdrop.camel.PageOpening;
import org.catalogdrop.cli.output.ExitStatus;
import org.catalogdrop.cli.output.ProgressBar;
import org.catalogdrop.config.AccountFiles;
import org.catalogdrop.config.Settings;
import org.catalogdrop.observability.Finding;
import org.catalogdrop.observability.LoaderHealth;
import org.catalogdrop.page.AccountsPage;
import org.catalogdrop.page.AccountsView;
import org.catalogdrop.page.http.PageLogins;
import org.catalogdrop.page.http.PageServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The stand-alone process with many accounts: a supervisor of their loaders, one port for health and metrics, and one log. */
final class AccountsProgram implements AccountListener {

    private static final Logger LOG = LoggerFactory.getLogger(AccountsProgram.class);

    /** How often the folder of accounts is looked at. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** How many seconds without a load are a rest. */
    private static final int IDLE_TICKS = 30;

    /** How long a command that was stopped may take to report that. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    /** Accounts without a loader in which nothing is wrong. */
    private static final Set<AccountState.Phase> GOOD_WITHOUT_LOADER =
            EnumSet.of(AccountState.Phase.STARTING, AccountState.Phase.STANDING_BY);

    /** Accounts that are no fault of the process. */
    private static final Set<AccountState.Phase> AS_IT_SHOULD =
            EnumSet.of(AccountState.Phase.RUNNING, AccountState.Phase.ENDED, AccountState.Phase.STANDING_BY);

    /** Returns the exit status of a loader with nothing left to take. */
    interface Verdict {
        int of(Installation drop) throws IOException;
    }

    private final AccountFiles files;
    private final boolean once;
    private final Consumer<AccountLoader> prepare;
    private final Verdict verdict;
    /** A loader that runs, and its progress. */
    private record Shown(AccountLoader loader, LoaderHealth health, ProgressBar progress) {}

    /** What the pages of all accounts share. */
    private record Site(Settings.Page page, int port, PageLogins logins) {}

    private final Map<String, Shown> running = new ConcurrentHashMap<>();
    private boolean hasLoaded;
    private int idleTicks;
    private Optional<Management> management = Optional.empty();
    private Optional<Site> site = Optional.empty();
    private volatile Supplier<List<AccountState>> accounts = List::of;

    /**
     * @param once whether the run ends when all inboxes are empty
     * @param prepare is called for each loader before its first drop is taken
     */
    AccountsProgram(AccountFiles files, boolean once, Consumer<AccountLoader> prepare, Verdict verdict) {
        this.files = files;
        this.once = once;
        this.prepare = prepare;
        this.verdict = verdict;
    }

    /** Runs until all inboxes are empty, or until the process is stopped. Returns the exit status. */
    int run() throws IOException, InterruptedException {
        management = open(files.ofProcess().drops());
        ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "catalog-progress");
            thread.setDaemon(true);
            return thread;
        });
        AccountSupervisor supervisor =
                AccountSupervisor.start(files, new AccountsRun(once, LOOK, Program.routes(), prepare, this));
        accounts = supervisor::accounts;
        Thread onSignal = new Thread(() -> stopOnSignal(supervisor), "catalog-drop-stop");
        try {
            Runtime.getRuntime().addShutdownHook(onSignal);
            management.ifPresent(port -> port.showMissing(() -> missing(supervisor)));
            ticks.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
            if (once) {
                return supervisor.awaitEnd();
            }
            supervisor.awaitStarted();
            if (supervisor.isMisconfigured()) {
                return ExitStatus.USAGE;
            }
            Thread.currentThread().join();
            return 0;
        } finally {
            end(onSignal);
            ticks.shutdownNow();
            supervisor.close();
            management.ifPresent(Management::close);
        }
    }

    /** Opens the port, if one is set, with the page, if it is wanted. */
    private Optional<Management> open(Settings.Drops settings) {
        if (settings.management().isEmpty()) {
            return Optional.empty();
        }
        InetSocketAddress address = settings.management().get();
        site = PageOpening.safePage(settings.page(), address)
                .map(page -> new Site(page, address.getPort(), new PageLogins(page)));
        return Management.open(
                address,
                site.map(one -> new PageServer(
                        one.page(), one.port(), "", List.of(new AccountsPage(this::lines)), "", one.logins())));
    }

    private List<AccountsView.Line> lines() {
        return accounts.get().stream().map(this::line).toList();
    }

    private AccountsView.Line line(AccountState account) {
        Shown shown = running.get(account.name());
        if (shown == null) {
            return new AccountsView.Line(
                    account.name(), "", GOOD_WITHOUT_LOADER.contains(account.phase()), account.message());
        }
        List<String> wrong = shown.health().checks().values().stream()
                .map(Supplier::get)
                .filter(finding -> !finding.good())
                .map(Finding::message)
                .toList();
        String does = shown.loader()
                .drop()
                .loads()
                .current()
                .map(load -> "loads " + load.displayName())
                .orElse("waits for drops");
        return new AccountsView.Line(
                account.name(),
                base(account.name()) + "/",
                wrong.isEmpty(),
                wrong.isEmpty() ? does : String.join(" ", wrong));
    }

    private static String base(String account) {
        return "/accounts/" + account;
    }

    private static void end(Thread onSignal) {
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException signalled) {
            // The process is being stopped, and the hook does the same.
        }
    }

    /** Stops in a shutdown hook. The process ends after it, so a run with an end must have reported before. */
    private void stopOnSignal(AccountSupervisor supervisor) {
        LOG.info("stopping all accounts");
        supervisor.close();
        if (once) {
            try {
                ProcessEnd.awaitCommand(LAST_WORDS);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Returns why each account that does not run does not. */
    private static Map<String, String> missing(AccountSupervisor supervisor) {
        Map<String, String> missing = new TreeMap<>();
        supervisor.accounts().stream()
                .filter(one -> !AS_IT_SHOULD.contains(one.phase()))
                .forEach(one -> missing.put(one.name(), one.message()));
        return missing;
    }

    @Override
    public Runnable onStart(AccountLoader loader) {
        String account = loader.account();
        ProgressBar bar = ProgressBar.inLog(loader.drop());
        LoaderHealth health = loader.drop().vitals();
        running.put(account, new Shown(loader, health, bar));
        List<Runnable> hide = new ArrayList<>();
        management.ifPresent(port -> {
            hide.add(port.show(Optional.of(account), loader.context(), health));
            site.ifPresent(one -> hide.add(port.showPages(base(account), () -> loader.drop()
                    .page(one.page(), one.port(), account, base(account), one.logins()))));
        });
        return () -> {
            running.remove(account);
            bar.close();
            hide.forEach(Runnable::run);
        };
    }

    @Override
    public int onIdle(AccountLoader loader) throws IOException {
        return verdict.of(loader.drop());
    }

    private void tick() {
        running.forEach((account, one) -> {
            MDC.put(AccountLoader.LOG_KEY, account);
            try {
                one.progress().tick();
            } finally {
                MDC.remove(AccountLoader.LOG_KEY);
            }
        });
        giveBackMemory();
    }

    /** Frees what loads have used when all have ended, since the collector would leave it as it is for hours. */
    private void giveBackMemory() {
        boolean loading = running.values().stream()
                .anyMatch(one -> one.loader().drop().loads().current().isPresent());
        hasLoaded |= loading;
        idleTicks = loading ? 0 : idleTicks + 1;
        if (hasLoaded && idleTicks == IDLE_TICKS) {
            hasLoaded = false;
            System.gc();
        }
    }
}
