package org.catalogdrop.camel;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.LifecycleStrategySupport;
import org.catalogdrop.camel.http.HttpClient;
import org.catalogdrop.camel.http.HttpExchangeAdapter;
import org.catalogdrop.camel.http.NotifyClient;
import org.catalogdrop.camel.http.TokenSteps;
import org.catalogdrop.config.Folders;
import org.catalogdrop.config.Needs;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.inbox.Approvals;
import org.catalogdrop.inbox.DeferredDrops;
import org.catalogdrop.inbox.HandedDrops;
import org.catalogdrop.inbox.Inbox;
import org.catalogdrop.inbox.InboxCourier;
import org.catalogdrop.inbox.InboxJournal;
import org.catalogdrop.inbox.RunState;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.Ownership;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.kommo.AnswerInterpreter;
import org.catalogdrop.kommo.ClockSkew;
import org.catalogdrop.kommo.SecretRedactor;
import org.catalogdrop.kommo.TrafficStats;
import org.catalogdrop.kommo.auth.RenewalSteps;
import org.catalogdrop.kommo.auth.TokenStore;
import org.catalogdrop.kommo.read.AccountReader;
import org.catalogdrop.kommo.read.ListWatermarks;
import org.catalogdrop.kommo.read.PageReader;
import org.catalogdrop.kommo.throttle.RateLimitFile;
import org.catalogdrop.kommo.throttle.RateLimiter;
import org.catalogdrop.load.DropMarkers;
import org.catalogdrop.load.KeyScanSteps;
import org.catalogdrop.load.LazyJournal;
import org.catalogdrop.load.ListReads;
import org.catalogdrop.load.LoadSteps;
import org.catalogdrop.load.ResultsDelivery;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.ForwardClock;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.observability.JournalHealth;
import org.catalogdrop.observability.LoaderHealth;
import org.catalogdrop.page.http.PageLogins;
import org.catalogdrop.page.http.PageServer;
import org.catalogdrop.plan.PlanSteps;
import org.catalogdrop.resolve.MappingResolver;
import org.catalogdrop.resolve.RecordedSettings;
import org.catalogdrop.results.NextStep;
import org.catalogdrop.results.OutboxReports;
import org.catalogdrop.send.InFlight;
import org.catalogdrop.send.PreReadSteps;
import org.catalogdrop.send.ReconcileSteps;
import org.catalogdrop.send.SendSteps;
import org.catalogdrop.send.Senders;
import org.catalogdrop.send.WatermarkSteps;
import org.catalogdrop.shared.SharedStores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One loader in a CamelContext. It makes the parts, binds them as beans named {@code catalog-…} and adds the routes. Hosts use it through
 * {@code org.catalogdrop.CatalogDrop}.
 * Its parts are safe for many threads; install and close it from one thread at a time.
 */
public final class Installation implements AutoCloseable {

    private static final String NAME = "catalog-drop";

    private static final Logger LOG = LoggerFactory.getLogger(Installation.class);

    /** The clock for intents and settlements; their times must never go back. */
    private final InstantSource forward = new ForwardClock(InstantSource.system());

    private final CamelContext context;
    private final Settings settings;
    private final RateLimiter pace;
    private final Optional<TokenStore> tokens;
    private final ExecutorService senders;
    private final LazyJournal journal;
    private final Approvals approvals;
    private final DropBody incoming;
    private final ListReads reads = new ListReads();
    private final KeyScanSteps looks;
    private final LoadSteps loads;
    private final DeferredDrops aside;
    private final NextStep nextStep = new NextStep();
    private final RunState runs;
    private final ClockSkew clocks = new ClockSkew(forward);
    private final TrafficStats traffic = new TrafficStats(InstantSource.system());
    private final Inbox inbox;
    private final Optional<HandedDrops> handed;
    private Optional<InboxCourier> courier = Optional.empty();
    private final Notifications notifications;
    private final HostLife hostLife = new HostLife();
    private final List<Ownership> owned = new ArrayList<>();
    private final InboxMode mode;
    private final Optional<Path> routes;
    private Optional<HostStandby> standby = Optional.empty();
    private Optional<Function<Installation, HostHealthBinding>> shown = Optional.empty();
    private Optional<HostHealthBinding> hostVitals = Optional.empty();
    private boolean selfInstalled;
    private boolean watching;
    private boolean closed;

    private Installation(Settings settings, CamelContext context, InboxMode mode, Optional<Path> routes) {
        this.context = context;
        this.mode = mode;
        this.routes = routes;
        this.settings = settings;
        this.pace = new RateLimiter(
                settings.api().requestsPerSecond(),
                InstantSource.system(),
                SharedStores.block(settings.api(), settings.folders().journal()),
                Optional.of(RateLimitFile.of(
                        settings.api().paceFolder(), settings.api().baseUrl(), LOG::warn)));
        this.tokens = SharedStores.tokens(settings.api(), settings.folders().journal());
        this.senders = Senders.of(settings.api().mostInFlight() + InFlight.MOST_RESTING);
        this.journal = new LazyJournal(settings.folders().journal(), forward, pace::recallBlock);
        this.approvals = new Approvals(
                settings.drops(),
                settings.folders(),
                MappingResolver.readOnly(settings.api(), settings.drops(), settings.folders()),
                this::isRepeat,
                this::isOver);
        RecordedSettings account = RecordedSettings.ofAccount(settings.api());
        this.aside = new DeferredDrops(journal, account, nextStep);
        this.runs = new RunState(pace::blocked, aside, nextStep, mode.once());
        this.handed = mode.watch() ? handed() : Optional.empty();
        OutboxReports reports =
                OutboxReports.of(settings.drops().reports(), settings.folders().outbox());
        this.inbox = new Inbox(
                settings.drops(),
                settings.folders().ofLoads(),
                account,
                runs,
                aside,
                journal,
                approvals,
                nextStep,
                reports,
                handed);
        this.notifications = new Notifications(context, settings.drops().webhook(), aside::hasEnded);
        this.incoming = new DropBody(settings.folders().spool());
        this.looks =
                new KeyScanSteps(settings.api(), settings.drops().undo(), journal, new KeyScanRoute(context), reads);
        this.loads = new LoadSteps(
                settings.api(),
                settings.drops(),
                settings.folders(),
                journal,
                approvals::require,
                looks,
                reports,
                handed.<ResultsDelivery>map(drops -> drops).orElse(ResultsDelivery.NONE),
                InstantSource.system());
    }

    private Optional<HandedDrops> handed() {
        return settings.folders().handover().isPresent()
                        && settings.folders().journal() instanceof JournalPlace.Postgres there
                ? Optional.of(new HandedDrops(settings.folders().ofLoads(), journal, there.renewal()))
                : Optional.empty();
    }

    /**
     * Installs the loader with the settings from a host's property placeholders. If the loader has installed itself at the start of the
     * context, returns that one.
     *
     * @throws org.catalogdrop.config.SettingsFault if settings are missing or wrong; its message lists all of them
     */
    public static Installation install(CamelContext context) throws Exception {
        Optional<Installation> there = in(context).filter(one -> one.selfInstalled);
        return there.isPresent() ? there.get() : install(context, new HostSettings(context));
    }

    /** Installs the loader at the start of a context, without a call by the host. */
    static Installation installItself(CamelContext context, HostSettings host) throws Exception {
        Installation drop = install(context, host);
        drop.selfInstalled = true;
        return drop;
    }

    private static Installation install(CamelContext context, HostSettings host) throws Exception {
        boolean watch = context.getPropertiesComponent()
                .resolveProperty("catalog-drop.watch")
                .map(Boolean::parseBoolean)
                .orElse(false);
        Settings settings = SettingsReader.read(host, host.misspelt(), Needs.API);
        Installation drop = installInHost(context, settings, watch);
        drop.show(one -> new HostHealthBinding(context, one.vitals()));
        return drop;
    }

    /** Returns the settings with which it was installed. */
    public Settings settings() {
        return settings;
    }

    /**
     * Shows health and metrics in the registries of a host, in whose context the loader is not, and turns what it answers there into text.
     *
     * @param account the name under which they are shown
     */
    public void showTo(CamelContext host, String account) {
        TypeConversions.add(host.getTypeConverterRegistry());
        show(one -> new HostHealthBinding(host, one.vitals(), Optional.of(account)));
    }

    private void show(Function<Installation, HostHealthBinding> place) {
        shown = Optional.of(place);
        hostVitals = Optional.of(place.apply(this));
    }

    /** Returns the loader of a context, if it has one. */
    public static Optional<Installation> in(CamelContext context) {
        return Lifecycles.find(context, HostLife.class).map(HostLife::loader);
    }

    /**
     * Whether and how long the inbox is watched.
     *
     * @param watch whether it is watched
     * @param once whether the run ends when it is empty
     */
    public record InboxMode(boolean watch, boolean once) {}

    public static Installation install(CamelContext context, Settings settings, InboxMode mode, Optional<Path> routes)
            throws Exception {
        requireFit(context);
        Installation drop = make(context, settings, mode, routes, Optional.empty());
        drop.enter();
        return drop;
    }

    /**
     * Installs the loader in the context of a host. If its journal is on PostgreSQL, it is made anew whenever it has lost that, and stands by
     * while another process owns the journal of an inbox that it watches.
     */
    public static Installation installInHost(CamelContext context, Settings settings, boolean watch) throws Exception {
        InboxMode mode = new InboxMode(watch, false);
        if (!(settings.folders().journal() instanceof JournalPlace.Postgres place)) {
            return install(context, settings, mode, Optional.empty());
        }
        requireFit(context);
        new Generations(context, settings, mode, place).begin();
        return in(context).orElseThrow();
    }

    private static void requireFit(CamelContext context) {
        if (isBound(context.getRegistry())) {
            // Camel would replace the beans and routes of the first one, and its drops would go to the account of the
            // second.
            throw new IllegalStateException("context " + context.getName()
                    + " already has a Catalog Drop. Use another context for the second one, or close the first one.");
        }
        if (context.getCamelContextExtension().getProcessorExchangeFactory().isPooled()) {
            throw new IllegalStateException("context " + context.getName()
                    + " has pooled exchanges for its processors (PooledProcessorExchangeFactory), which break Camel's split."
                    + " Use a context without them for Catalog Drop.");
        }
    }

    /**
     * Makes a loader, without a change of the context. It takes the inbox and the journal if it watches the inbox.
     *
     * @param standby why it has no journal; empty if it may have it
     */
    private static Installation make(
            CamelContext context,
            Settings settings,
            InboxMode mode,
            Optional<Path> routes,
            Optional<Supplier<RunHalted>> standby)
            throws Exception {
        Installation drop = new Installation(settings, context, mode, routes);
        standby.ifPresent(drop.journal::standBy);
        try {
            if (mode.watch()) {
                Folders.make(settings.folders());
                drop.shareInbox();
            }
            if (mode.watch() && standby.isEmpty()) {
                drop.ownInbox();
                drop.loads.sweep();
                drop.beginHandover();
                drop.inbox.watch();
            }
            return drop;
        } catch (Exception fault) {
            drop.leave();
            throw fault;
        }
    }

    /** Puts beans and routes into the context. */
    private void enter() throws Exception {
        try {
            RouteProperties.put(context, new RouteProperties(settings, watching, mode.once()));
            bind(context.getRegistry());
            context.addLifecycleStrategy(hostLife);
            context.getLifecycleStrategies().removeIf(life -> life instanceof HostLife && life != hostLife);
            Routes.load(context, routes);
            RouteReload.follow(context, () -> reloaded(context));
        } catch (Exception fault) {
            leave();
            context.getLifecycleStrategies().remove(hostLife);
            throw fault;
        }
    }

    /** The loaders of a host, one after the other: each is made when the one before has lost its journal, or when it may take it over. */
    private static final class Generations implements HostStandby.Making {

        private final CamelContext context;
        private final Settings settings;
        private final InboxMode mode;
        private final HostStandby standby;
        private Optional<Installation> last = Optional.empty();

        private Generations(CamelContext context, Settings settings, InboxMode mode, JournalPlace.Postgres place) {
            this.context = context;
            this.settings = settings;
            this.mode = mode;
            this.standby = new HostStandby(place, mode.watch(), this);
        }

        private void begin() throws Exception {
            standby.begin();
        }

        @Override
        public boolean isRunning() {
            return context.isStarted();
        }

        @Override
        public HostStandby.Loader make(Optional<Supplier<RunHalted>> reason) throws Exception {
            Installation next = Installation.make(context, settings, mode, Optional.empty(), reason);
            next.standby = Optional.of(standby);
            return new Generation(next);
        }

        private final class Generation implements HostStandby.Loader {

            private final Installation drop;

            private Generation(Installation drop) {
                this.drop = drop;
            }

            @Override
            public void enter() throws Exception {
                drop.enter();
                if (context.isStarted()) {
                    drop.hostLife.onContextStarting(context);
                }
                last.ifPresent(before -> {
                    drop.selfInstalled = before.selfInstalled;
                    before.shown.ifPresent(drop::show);
                });
                last = Optional.of(drop);
            }

            @Override
            public void leave() {
                drop.leave();
            }

            @Override
            public void whenJournalLost(Runnable listener) {
                drop.whenJournalLost(listener);
            }
        }
    }

    private boolean isRepeat(String digest) {
        return loads.entrance().refuses(digest);
    }

    private boolean isOver(String digest) {
        return loads.entrance().isOver(digest);
    }

    /** Not by its name alone: the component has the same, and Quarkus keeps components among the beans. */
    private static boolean isBound(Registry registry) {
        return registry.lookupByNameAndType(NAME, Installation.class) != null;
    }

    private void bind(Registry registry) {
        registry.bind(NAME, this);
        InstantSource clock = InstantSource.system();
        ListWatermarks marks = new ListWatermarks();
        InFlight inFlight =
                new InFlight(settings.api().inFlight(), settings.api().mostInFlight(), pace::underWay);
        pace.listen(inFlight::changed);
        DropMarkers markers = new DropMarkers(journal, settings.api().markerField());
        ReconcileSteps doubts = new ReconcileSteps(
                journal, settings.api().doubtWait(), forward, clocks, marks, inFlight, markers, traffic);
        TypeConversions.add(context.getTypeConverterRegistry());
        registry.bind("catalog-json", new ObjectMapper());
        registry.bind("catalog-csv", new DropCsv());
        registry.bind("catalog-http", new HttpClient(settings.api(), pace, journal::requireOwner));
        settings.drops()
                .webhook()
                .ifPresent(hook -> registry.bind(
                        Notifications.CLIENT,
                        new NotifyClient(settings.api().connection().trust(), hook.proxy())));
        registry.bind("catalog-notifications", notifications);
        registry.bind("catalog-headers", new HttpHeaderFilterStrategy());
        registry.bind("catalog-senders", senders);
        registry.bind("catalog-inbox", inbox);
        registry.bind("catalog-inbox-loads", InboxPoll.ofLoads(inbox, runs::isOnHold));
        registry.bind("catalog-inbox-plans", InboxPoll.ofPlans(inbox, runs::isOnHold));
        registry.bind("catalog-approvals", approvals);
        registry.bind(
                "catalog-inbox-faults",
                new InboxFaults(runs, aside, settings.folders().inbox()));
        registry.bind("catalog-loads", loads);
        PlanSteps plans = new PlanSteps(settings.api(), settings.drops(), settings.folders());
        registry.bind("catalog-plans", plans);
        registry.bind(
                "catalog-host-calls",
                new HostCalls(settings.api(), settings.drops(), settings.folders(), loads, pace::blocked));
        registry.bind("catalog-calls", new DropCalls(incoming, loads, plans, clock));
        WatermarkSteps listMarks = new WatermarkSteps(marks);
        PreReadSteps firstReads = new PreReadSteps(journal, settings.drops().undo(), clocks, reads, inFlight);
        SendSteps sending = new SendSteps(journal, doubts, clocks, inFlight, firstReads, markers, listMarks);
        registry.bind("catalog-sending", sending);
        registry.bind("catalog-list-marks", listMarks);
        registry.bind("catalog-first-reads", firstReads);
        registry.bind("catalog-doubts", doubts);
        AnswerInterpreter answers = new AnswerInterpreter();
        registry.bind("catalog-answers", answers);
        registry.bind("catalog-pace", pace);
        SecretRedactor secrets = new SecretRedactor();
        HttpExchangeAdapter wire = new HttpExchangeAdapter(pace, traffic, clocks, secrets);
        registry.bind("catalog-wire", wire);
        RenewalSteps renewals =
                new RenewalSteps(settings.api().access(), tokens, settings.api().responseTimeout(), clock, secrets);
        registry.bind("catalog-renewals", renewals);
        TokenSteps access = new TokenSteps(settings.api().access(), renewals, secrets);
        registry.bind("catalog-tokens", access);
        ChunkSteps steps = new ChunkSteps(registry);
        steps.bind(sending, doubts, answers);
        steps.bind(access, pace, wire);
        registry.bind("catalog-listing", new ListSteps(settings.api().catalogId(), reads));
        registry.bind("catalog-keys", looks);
        registry.bind("catalog-pages", new PageReader(pace, marks));
        registry.bind("catalog-accounts", new AccountReader(new ObjectMapper(), pace));
    }

    /** Takes the inbox and the journal. The owner of a journal on PostgreSQL is that of the inbox too, on whatever machine it is. */
    private void ownInbox() {
        if (settings.folders().journal() instanceof JournalPlace.Folder) {
            own(settings.folders().inbox());
            InboxJournal.requireNone(
                    settings.folders().inbox(), settings.folders().journal());
        }
        watching = true;
        journal.get();
        if (settings.folders().journal() instanceof JournalPlace.Postgres place && handed.isEmpty()) {
            HandedDrops.requireNone(settings.folders().inbox(), journal.get());
            InboxJournal.claimShared(
                    settings.folders().inbox(), place, journal.get().identities());
            warnOfHanded();
        }
    }

    private void warnOfHanded() {
        int waiting = journal.get().handed().open().size();
        if (waiting > 0) {
            LOG.warn(
                    "{} that other machines have handed over wait in the database. This machine does not load them, because drop.handover is"
                            + " off here. Set it to database on all machines of the account.",
                    Plural.of(waiting, "file"));
        }
    }

    /** Files are handed over also while another process is the owner. */
    private void shareInbox() {
        if (handed.isPresent()) {
            courier = Optional.of(InboxCourier.share(settings.drops(), settings.folders(), nextStep));
        }
    }

    /** Drops whose results are published have left the inbox of the former owner, whatever it was. */
    private void beginHandover() {
        if (handed.isPresent()) {
            handed.get().begin(courier.orElseThrow());
            inbox.finishLeft();
        }
    }

    /** Listens for the loss of a journal on PostgreSQL: the loader has to be closed then, and another one may be installed. */
    public void whenJournalLost(Runnable listener) {
        journal.whenLost(listener);
    }

    /** Locks an inbox against other processes, whatever their state folder is. */
    public void own(Path inbox) {
        owned.add(Ownership.take(Ownership.Kind.INBOX, inbox, Instant.now()));
    }

    /** Follows the life of the context, because a host that stops it does not call us. */
    private final class HostLife extends LifecycleStrategySupport {

        private Installation loader() {
            return Installation.this;
        }

        @Override
        public void onContextInitializing(CamelContext context) {
            // A context that was stopped has forgotten its beans, and may be started again.
            if (!isBound(context.getRegistry())) {
                bind(context.getRegistry());
            }
        }

        @Override
        public void onContextStarting(CamelContext context) {
            resume();
            notifications.begin();
        }

        @Override
        public void onContextStarted(CamelContext context) {
            RouteReload.follow(context, () -> reloaded(context));
            RouteReload.endLoadsBefore(context, () -> reloaded(context));
        }

        @Override
        public void onContextStopping(CamelContext context) {
            stop();
        }
    }

    /** Sends nothing new and lets requests under way finish, so a stop takes no longer than an answer. */
    public void stop() {
        // First the load, so that it ends because of the stop and not because one of its requests was barred.
        loads.stop(new RunHalted(Code.STOPPED, "the program was asked to stop. Run again to resume."));
        pace.stop();
        notifications.end();
    }

    private static Optional<RouteReload.Loads> reloaded(CamelContext context) {
        return in(context).map(one -> one.new ReloadedLoads());
    }

    private final class ReloadedLoads implements RouteReload.Loads {

        @Override
        public void pause() {
            loads.stop(new RunHalted(
                    Code.STOPPED, "the routes of the application are being reloaded. Call again to resume."));
            pace.stop();
            loads.one().awaitEnd(settings.api().responseTimeout());
        }

        @Override
        public void resume() {
            Installation.this.resume();
        }
    }

    /** Takes loads again after a stop. */
    private void resume() {
        pace.open();
        loads.resume();
        runs.resume();
    }

    /** Returns the reads of lists that are under way. */
    public ListReads reads() {
        return reads;
    }

    public LoadSteps loads() {
        return loads;
    }

    public KeyScanSteps keyLooks() {
        return looks;
    }

    /** Returns the source of health checks and metrics. */
    public LoaderHealth vitals() {
        return new LoaderHealth(
                settings.api(),
                settings.folders(),
                settings.drops().freeSpace(),
                traffic,
                pace,
                loads,
                tokens,
                new JournalHealth(settings.folders().journal(), journal, standby.isPresent()));
    }

    /**
     * Returns the page of this loader, if it is wanted. If it would be open to others without a password, there is none, and the log says why.
     *
     * @param address where it is going to be served
     */
    public Optional<PageServer> page(InetSocketAddress address) {
        if (settings.drops().page().isEmpty()) {
            return Optional.empty();
        }
        return PageOpening.safePage(settings.drops().page(), address)
                .map(page -> page(page, address.getPort(), settings.api().account(), "", new PageLogins(page)));
    }

    /**
     * Returns the pages of a loader that is one of several.
     *
     * @param name the name of its account
     * @param base what stands before each path
     * @param logins who is logged in
     */
    public PageServer page(Settings.Page page, int port, String name, String base, PageLogins logins) {
        return new PageServer(
                page,
                port,
                name,
                PageOpening.pages(settings, context, vitals(), loads, reads, runs, approvals, clocks, journal),
                base,
                logins);
    }

    public DeferredDrops aside() {
        return aside;
    }

    /** Returns the host of the account. */
    public String account() {
        return settings.api().account();
    }

    public RunState runs() {
        return runs;
    }

    public Approvals approvals() {
        return approvals;
    }

    /** Returns the advice for the end of messages. */
    public NextStep nextStep() {
        return nextStep;
    }

    public Journal journal() {
        return journal.get();
    }

    /** Stops the loader and releases the state folder. A load under way ends as by a stop. A second call does nothing. */
    @Override
    public void close() {
        if (standby.isEmpty()) {
            leave();
            context.getLifecycleStrategies().remove(hostLife);
        } else if (standby.get().end()) {
            context.getLifecycleStrategies().removeIf(HostLife.class::isInstance);
        }
    }

    /** Closes it, but for its place in the context: until the next one has that, calls find it. */
    private synchronized void leave() {
        if (closed) {
            return;
        }
        closed = true;
        stop();
        loads.one().awaitEnd(settings.api().responseTimeout());
        loads.endProgress();
        if (context.getRegistry().lookupByNameAndType(NAME, Installation.class) == this) {
            context.getRegistry().unbind(NAME);
        }
        hostVitals.ifPresent(HostHealthBinding::close);
        senders.shutdown();
        try {
            if (watching) {
                journal.requireOwner();
                inbox.finishLeft();
            }
        } catch (RunHalted notNow) {
            // The next start does that.
        }
        journal.close();
        courier.ifPresent(InboxCourier::close);
        owned.forEach(Ownership::close);
        owned.clear();
    }
}
