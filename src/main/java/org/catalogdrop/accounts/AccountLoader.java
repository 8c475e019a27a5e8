package org.catalogdrop.accounts;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.impl.DefaultCamelContext;
import org.catalogdrop.camel.Installation;
import org.catalogdrop.camel.RoutesFault;
import org.catalogdrop.config.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loader of one account, in a CamelContext of its own. Start and close it on one thread; the rest is safe for many. */
public final class AccountLoader implements AutoCloseable {

    /** The key of SLF4J's MDC under which all threads of an account have its name. */
    public static final String LOG_KEY = "account";

    /** The global option of an account's context that has its name. */
    public static final String CONTEXT_OF = "catalog-drop.account";

    private static final Logger LOG = LoggerFactory.getLogger(AccountLoader.class);

    /** How many seconds longer than an answer a stop may take. */
    private static final int SPARE_SECONDS = 10;

    private final String account;
    private final Settings settings;
    private final CamelContext context;
    private final Installation drop;

    private AccountLoader(String account, Settings settings, CamelContext context, Installation drop) {
        this.account = account;
        this.settings = settings;
        this.context = context;
        this.drop = drop;
    }

    /**
     * Starts the loader of an account.
     *
     * @param routes the folder of changed routes; empty for those of the jar
     * @param prepare is called before the first drop is taken
     * @throws Exception if it cannot be started; nothing of it is left then
     */
    public static AccountLoader start(
            String account,
            Settings settings,
            Installation.InboxMode mode,
            Optional<Path> routes,
            Consumer<AccountLoader> prepare)
            throws Exception {
        return start(
                account,
                settings,
                context -> Installation.install(context, settings, mode, routes),
                fault -> routes.<Exception>map(folder -> RoutesFault.of(folder, fault))
                        .orElse(fault),
                prepare);
    }

    /**
     * Starts the loader of an account in a host. It stands by while another process owns its journal.
     *
     * @param watch whether the inbox is watched
     * @param prepare is called before the first drop is taken
     * @throws Exception if it cannot be started; nothing of it is left then
     */
    public static AccountLoader startInHost(
            String account, Settings settings, boolean watch, Consumer<AccountLoader> prepare) throws Exception {
        return start(
                account,
                settings,
                context -> Installation.installInHost(context, settings, watch),
                fault -> fault,
                prepare);
    }

    /** Puts the loader into a context. */
    @FunctionalInterface
    private interface Installing {
        Installation into(CamelContext context) throws Exception;
    }

    private static AccountLoader start(
            String account,
            Settings settings,
            Installing installing,
            Function<FailedToCreateRouteException, Exception> meaning,
            Consumer<AccountLoader> prepare)
            throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        context.getCamelContextExtension().setName("catalog-drop-" + account);
        context.getGlobalOptions().put(CONTEXT_OF, account);
        // As Camel Main does in a process with one account.
        context.getGlobalOptions().put(Exchange.LOG_EIP_NAME, "org.catalogdrop.routes");
        context.getShutdownStrategy()
                .setTimeout(settings.api().responseTimeout().toSeconds() + SPARE_SECONDS / 2);
        AccountLoader loader;
        try {
            loader = new AccountLoader(account, settings, context, installing.into(context));
        } catch (Exception fault) {
            context.close();
            throw fault;
        }
        try {
            prepare.accept(loader);
            context.start();
            return loader;
        } catch (FailedToCreateRouteException fault) {
            loader.close();
            throw meaning.apply(fault);
        } catch (Exception fault) {
            loader.close();
            throw fault;
        }
    }

    /** Returns the name of the account. */
    public String account() {
        return account;
    }

    /** Returns the settings of the account. */
    public Settings settings() {
        return settings;
    }

    /** Returns the context with the routes. */
    public CamelContext context() {
        return context;
    }

    /** Returns the loader itself. In a host it may have been made anew. */
    public Installation drop() {
        return Installation.in(context).orElse(drop);
    }

    /** Returns how long a close may take. */
    Duration longestStop() {
        return settings.api().responseTimeout().plusSeconds(SPARE_SECONDS);
    }

    /**
     * Stops in bounded time, whatever waits: a disk that does not answer, or Camel. Work that has not ended by then is left as by a kill,
     * which the journal can handle.
     */
    @Override
    public void close() {
        Thread end = new Thread(this::end, "catalog-account-end-" + account);
        end.setDaemon(true);
        end.start();
        try {
            end.join(longestStop().toMillis());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        if (end.isAlive()) {
            LOG.warn(
                    "not everything has ended within {} s of the stop; still waiting in {}. Nothing is lost: the next start looks up"
                            + " what was under way and goes on.",
                    longestStop().toSeconds(),
                    Stream.of(end.getStackTrace())
                            .filter(frame -> !frame.getClassName().startsWith("java."))
                            .findFirst()
                            .map(StackTraceElement::toString)
                            .orElse("the system"));
        }
    }

    private void end() {
        drop().stop();
        try {
            context.close();
        } catch (Exception fault) {
            LOG.warn("the routes did not stop cleanly", fault);
        } finally {
            drop.close();
        }
    }
}
