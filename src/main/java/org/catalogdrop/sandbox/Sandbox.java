package org.catalogdrop.sandbox;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.catalogdrop.sandbox.fault.FaultQueue;
import org.catalogdrop.sandbox.fault.Switch;
import org.catalogdrop.sandbox.http.HttpReply;
import org.catalogdrop.sandbox.store.CatalogList;
import org.catalogdrop.sandbox.store.Store;

/**
 * A stand-in of the Kommo v2 list-element API on loopback, with an account in memory and faults on request. The API is under
 * {@code /api/v2/}, the control API for other processes under {@code /sandbox/}; {@code docs/sandbox.md} describes both. Safe for many
 * threads.
 */
public final class Sandbox implements AutoCloseable {
    /** More than a client sends at once, so that delayed answers do not hold up the others. */
    private static final int THREADS = 16;

    static {
        // Read once, when the server's classes load. Without the first, each small answer on a kept connection waits
        // some 40 ms.
        preset("sun.net.httpserver.nodelay", "true");
        // Longer than the client's own limits, or the server would close a connection just as the client reuses it.
        preset("sun.net.httpserver.idleInterval", "600");
        // The rest of a refused body is read, so that its connection stays open.
        preset("sun.net.httpserver.drainAmount", "16777216");
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final SandboxAccount account;
    private final AccessGate gate;
    private final FaultQueue faults = new FaultQueue();
    private final SandboxLog journal;

    private Sandbox(SandboxSettings settings, HttpServer server) {
        this.server = server;
        this.account = new SandboxAccount(settings);
        this.gate = new AccessGate(settings.requestsPerSecond(), settings.banAfter());
        this.journal = new SandboxLog(settings.logSize());
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "sandbox-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts a sandbox on 127.0.0.1.
     *
     * @throws IOException if the port is not available; the message names it
     */
    public static Sandbox start(SandboxSettings settings) throws IOException {
        HttpServer server;
        try {
            InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            server = HttpServer.create(new InetSocketAddress(loopback, settings.port()), 0);
        } catch (BindException e) {
            throw new IOException(
                    "sandbox: port " + settings.port() + " of 127.0.0.1 cannot be opened (" + e.getMessage()
                            + "). Stop the program that listens there, or choose another port; 0 is any free port",
                    e);
        }
        Sandbox sandbox = new Sandbox(settings, server);
        sandbox.serve();
        return sandbox;
    }

    private void serve() {
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] text =
                        "The API is under /api/v2/, the control API under /sandbox/\n".getBytes(StandardCharsets.UTF_8);
                HttpReply.of(404, "text/plain", text).send(exchange);
            }
        });
        HttpApi api = new HttpApi(account, gate, faults, journal);
        server.createContext("/api/", api);
        server.createContext(HttpApi.TOKENS, api);
        server.createContext("/oauth", exchange -> {
            // The page where an administrator agrees, and is redirected with the code.
            try (exchange) {
                HttpReply.of(200, "text/plain", (code() + "\n").getBytes(StandardCharsets.UTF_8))
                        .send(exchange);
            }
        });
        server.createContext("/sandbox/", new Control(account, gate, faults, journal, this::reset));
        server.setExecutor(threads);
        server.start();
    }

    /** {@code http://127.0.0.1:PORT}. */
    public String baseUrl() {
        return "http://127.0.0.1:" + port();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Returns the faults that are to happen. */
    public FaultQueue faults() {
        return faults;
    }

    /** Returns the content of the account. */
    public Store store() {
        return account.store();
    }

    /** Returns the last requests to /api/, oldest first; a request is in it before its answer leaves. */
    public List<LoggedRequest> log() {
        return journal.last();
    }

    public SandboxStats stats() {
        return journal.stats();
    }

    /** Sets a switch for future requests. */
    public void turn(Switch choice) {
        account.switches().turn(choice);
    }

    /** Returns an authorization code, valid for one pair of tokens. */
    public String code() {
        return account.grants().code();
    }

    /** Expires all access tokens that were issued in pairs, and sets the life of the next ones. */
    public void expireTokens(Duration nextLife) {
        account.grants().expire(nextLife);
    }

    /** Adds a list to the account, or replaces the one with its id. */
    public void put(CatalogList list) {
        account.catalogs().put(list);
    }

    /** Lifts a block, as only support can. */
    public void lift() {
        gate.lift();
    }

    /** Removes elements, faults, log, sums and blocks; lists and switches stay. */
    public void reset() {
        account.store().clear();
        faults.clear();
        journal.clear();
        gate.lift();
    }

    /** Stops at once; requests under way see their connection closed. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void preset(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
