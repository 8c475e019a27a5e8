package org.catalogdrop.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.catalogdrop.camel.Installation;
import org.catalogdrop.camel.Management;
import org.catalogdrop.camel.RoutesFault;
import org.catalogdrop.config.SettingSources;
import org.catalogdrop.config.Settings;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.ElementSink;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.shared.ReadingShare;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stand-alone process: Camel Main with the loader in it. */
final class Program implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Program.class);

    /** How many seconds longer than an answer a stop may take. */
    private static final int SPARE_SECONDS = 10;

    /** How long a command that was stopped may take to report that. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Main main = new Main();
    private final Thread onSignal = new Thread(this::stopOnSignal, "catalog-drop-stop");
    private Optional<Installation> drop = Optional.empty();
    private Optional<Management> management = Optional.empty();
    private volatile Optional<ReadingShare> share = Optional.empty();
    private volatile Duration longestStop = Duration.ofMinutes(1);
    private volatile boolean awaitsStop;
    private final CountDownLatch journalLost = new CountDownLatch(1);
    private boolean closed;

    /** Starts the process without the inbox. A fault that prevents the start is thrown as it is. */
    static Program start(Settings settings) throws Exception {
        return start(settings, new Installation.InboxMode(false, false), drop -> {});
    }

    /**
     * Starts the process for a command that only reads the API. While a process on another machine owns the journal, it uses only what is
     * reserved for others, and waits for its turn.
     *
     * @param report is told why it waits
     */
    static Program startReading(Settings settings, Consumer<String> report) throws Exception {
        ReadingShare share =
                ReadingShare.take(settings.api(), settings.folders().journal(), report);
        boolean started = false;
        try {
            Program program = start(new Settings(share.api(), settings.folders(), settings.drops()));
            program.share = Optional.of(share);
            started = true;
            return program;
        } finally {
            if (!started) {
                share.close();
            }
        }
    }

    /** @param prepare is called before the first drop is taken */
    static Program start(Settings settings, Installation.InboxMode mode, Consumer<Installation> prepare)
            throws Exception {
        Program program = new Program();
        program.configure(settings, mode, prepare);
        Runtime.getRuntime().addShutdownHook(program.onSignal);
        try {
            program.start();
            return program;
        } catch (Exception fault) {
            program.close();
            throw fault;
        }
    }

    /**
     * Starts Camel, but not while a stop is under way: a stop that came too early would stop nothing, and the start would continue after
     * it.
     */
    private synchronized void start() {
        if (closed) {
            throw new RunHalted(Code.STOPPED, "the program was asked to stop while it started. Run again to resume.");
        }
        try {
            main.start();
        } catch (FailedToCreateRouteException fault) {
            throw routes().map(folder -> (RuntimeException) RoutesFault.of(folder, fault))
                    .orElseThrow(() -> new IllegalStateException(fault));
        }
    }

    private void configure(Settings settings, Installation.InboxMode mode, Consumer<Installation> prepare) {
        longestStop = settings.api().responseTimeout().plusSeconds(SPARE_SECONDS);
        // We read, check and pass on all settings: nothing in the environment or on the class path may change the
        // routes.
        main.setDefaultPropertyPlaceholderLocation("false");
        main.configure()
                .withAutoConfigurationEnabled(false)
                .withAutoConfigurationEnvironmentVariablesEnabled(false)
                .withAutoConfigurationSystemPropertiesEnabled(false)
                .withRoutesCollectorEnabled(false)
                // Requests that are under way at a stop may take as long as an answer may.
                .withShutdownTimeout((int) settings.api().responseTimeout().toSeconds() + SPARE_SECONDS / 2)
                // Otherwise the operator's own log steps would count as lines of a library, of which only warnings are
                // logged.
                .withLogName("org.catalogdrop.routes")
                .withName("catalog-drop");
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport support) {
                install(support.getCamelContext(), settings, mode);
                drop.ifPresent(one -> one.whenJournalLost(journalLost::countDown));
                drop.ifPresent(prepare);
            }
        });
    }

    private void install(CamelContext context, Settings settings, Installation.InboxMode mode) {
        try {
            drop = Optional.of(Installation.install(context, settings, mode, routes()));
        } catch (RuntimeException fault) {
            throw fault;
        } catch (Exception fault) {
            throw new IllegalStateException("the routes cannot be loaded", fault);
        }
    }

    /** Opens the port for health and metrics, if one is set; otherwise nothing for them is loaded. */
    void show(Settings settings) {
        show(settings, false);
    }

    /** Opens the port with the page, if it is wanted; otherwise nothing for it is loaded. */
    void showPage(Settings settings) {
        show(settings, true);
    }

    private synchronized void show(Settings settings, boolean page) {
        if (!closed) {
            management = settings.drops()
                    .management()
                    .flatMap(address -> Management.open(
                            context(), drop().vitals(), address, page ? drop().page(address) : Optional.empty()));
        }
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    Installation drop() {
        return drop.orElseThrow();
    }

    /** Returns the lists of the account and their fields. */
    Account account() {
        return context().createProducerTemplate().requestBody("direct:catalog-account", (Object) null, Account.class);
    }

    /** Waits until the process is stopped; returns if it loses its journal to another one, or the database of the journal is away. */
    void awaitStop() throws InterruptedException {
        awaitsStop = true;
        journalLost.await();
        LOG.error(
                "the journal is lost or away; nothing more is sent, and this program starts again when it can have the journal");
    }

    /**
     * Reads all pages of a list.
     *
     * @param query headers as {@link org.catalogdrop.camel.ListSteps} takes them
     */
    void list(Map<String, Object> query, ElementSink sink) throws Exception {
        Exchange answer = context().createProducerTemplate().request("direct:catalog-list", exchange -> {
            query.forEach(exchange.getMessage()::setHeader);
            exchange.getMessage().setBody(sink);
        });
        // A template with a processor does not throw: the list would end early without a message.
        if (answer.getException() != null) {
            throw answer.getException();
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException signalled) {
            // The process is being stopped, and the hook does the same, once.
        }
        stop();
    }

    /** Registers the shutdown hook. The process ends after it, so a stopped command must have reported before. */
    private void stopOnSignal() {
        stop();
        if (awaitsStop) {
            return;
        }
        try {
            ProcessEnd.awaitCommand(LAST_WORDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Stops in bounded time, whatever waits: for a lock, a disk that does not answer, or Camel. Work that has not ended by then is left
     * as by a kill, which the journal can handle.
     */
    private void stop() {
        AtomicReference<RuntimeException> fault = new AtomicReference<>();
        Thread end = new Thread(
                () -> {
                    try {
                        end();
                    } catch (RuntimeException why) {
                        fault.set(why);
                    }
                },
                "catalog-drop-end");
        end.setDaemon(true);
        end.start();
        try {
            end.join(longestStop.toMillis());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        if (end.isAlive()) {
            LOG.warn(
                    "not everything has ended within {} s of the stop; still waiting in {}. The program ends all the same. Nothing is lost:"
                            + " the next start looks up what was under way and goes on.",
                    longestStop.toSeconds(),
                    Stream.of(end.getStackTrace())
                            .filter(frame -> !frame.getClassName().startsWith("java."))
                            .findFirst()
                            .map(StackTraceElement::toString)
                            .orElse("the system"));
        }
        if (fault.get() != null) {
            throw fault.get();
        }
    }

    private synchronized void end() {
        if (!closed) {
            closed = true;
            drop.ifPresent(Installation::stop);
            main.stop();
            management.ifPresent(Management::close);
            drop.ifPresent(Installation::close);
            share.ifPresent(ReadingShare::close);
        }
    }

    /** Returns the folder of changed routes; empty if those of the jar count. */
    static Optional<Path> routes() {
        return Optional.of(ProgramFolder.find().resolve("routes")).filter(Files::isDirectory);
    }

    /** Returns the sources of all settings. */
    static SettingSources sources() {
        return SettingSources.ofProcess(Path.of("").toAbsolutePath(), ProgramFolder.find());
    }
}
