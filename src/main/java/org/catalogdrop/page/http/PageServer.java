package org.catalogdrop.page.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.catalogdrop.config.Settings;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.observability.ExchangeThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the pages on the management port, on threads of its own, so that health and metrics never wait for them. Each request passes the guards
 * first: host, size, login, and for writes origin and token. Safe for many threads.
 */
public final class PageServer implements HttpHandler, AutoCloseable {

    /** The Content-Security-Policy of all pages. */
    public static final String POLICY =
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self';"
                    + " frame-ancestors 'none'; base-uri 'none'";

    private static final Logger LOG = LoggerFactory.getLogger(PageServer.class);

    private static final int THREADS = 32;
    private static final int WAITING = 50;
    /** Fewer than threads, so that pages are answered however many watch. */
    private static final int STREAMS = 12;

    private static final int LONGEST_FORM = 2 << 20;
    /** Everyone can send one without being logged in. */
    private static final int LONGEST_LOGIN = 4 << 10;
    /** A page has 50 rows with an input for each cell. */
    private static final int MOST_PAIRS = 20_000;

    private static final int MOST_OF_QUERY = 1000;
    /** Forms from here on are read one after the other, so that all together fit into the memory. */
    private static final int LARGE_FORM = 16 << 10;

    private static final int LONGEST_FIELDS = 64 << 10;
    private static final int BYTES_OF_PART = 100;
    private static final Duration SLOWEST_READ = Duration.ofSeconds(30);
    private static final Duration SLOWEST_LOGIN = Duration.ofSeconds(10);
    private static final Duration SLOWEST_FORM = Duration.ofSeconds(60);
    /** The least rate of an upload that takes longer than a form. */
    private static final long LEAST_RATE = 4 << 10;

    private static final Duration SLOWEST_WRITE = Duration.ofSeconds(10);
    private static final Duration SLOWEST_FILE = Duration.ofMinutes(10);
    private static final long TICK_MILLIS = 1000;
    private static final int HEARTBEAT_TICKS = 15;
    private static final String BUSY = "Too many requests wait for this page. Try again in a few seconds.\n";
    /** What a template writes as an address of this server; that of all accounts is left as it is. */
    private static final Pattern ADDRESS = Pattern.compile("\\b(href|src|action|formaction|data-events)=\"/(?![/?])");

    private static final String CSRF = "csrf";
    private static final String LOGIN = "/login";

    private final Settings.Page settings;
    private final String account;
    private final String cookie;
    private final RequestGuard guard;
    private final List<PageRoute> routes;
    private final String base;
    private final Sessions sessions;
    private final LoginPage login;
    private final ExchangeThreads threads = ExchangeThreads.bounded("catalog-page", THREADS, WAITING);
    private final Semaphore streams = new Semaphore(STREAMS);
    private final BodyTurns turns = new BodyTurns();
    private final Map<String, Asset> assets;
    private volatile boolean closed;

    /**
     * @param port the port, so that two programs on one machine have cookies of their own
     * @param account the host of the account, shown on each page
     */
    public PageServer(Settings.Page settings, int port, String account, List<PageRoute> routes) {
        this(settings, port, account, routes, "", new PageLogins(settings));
    }

    /**
     * Makes a server of one of several accounts.
     *
     * @param base what stands before each path, like {@code /accounts/lviv}; the pages do not know it
     * @param logins who is logged in, the same for all servers of the port
     */
    public PageServer(
            Settings.Page settings, int port, String account, List<PageRoute> routes, String base, PageLogins logins) {
        this.base = base;
        this.sessions = logins.sessions();
        this.login = logins.login();
        this.settings = settings;
        this.account = account;
        this.cookie = "catalog-drop-" + port;
        this.guard = new RequestGuard(settings.hosts());
        this.routes = List.copyOf(routes);
        this.assets = Map.of(
                "/page.css", Asset.read("/catalog-drop/page.css", "text/css"),
                "/page.js", Asset.read("/catalog-drop/page.js", "text/javascript"));
    }

    private record Asset(String type, byte[] bytes) {

        static Asset read(String resource, String type) {
            try (InputStream stream = Asset.class.getResourceAsStream(resource)) {
                return new Asset(type, stream.readAllBytes());
            } catch (IOException fault) {
                throw new IllegalStateException(resource + " cannot be read", fault);
            }
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        ExchangeThreads.headRead();
        try {
            threads.execute(() -> serve(exchange));
        } catch (RejectedExecutionException full) {
            exchange.getResponseHeaders().set("Retry-After", "2");
            exchange.getResponseHeaders().set("Connection", "close");
            send(exchange, 503, "text/plain; charset=utf-8", BUSY.getBytes(StandardCharsets.UTF_8));
            // This is a thread of health and metrics, which must not wait for the rest of the request. The server
            // closes the connection of a
            // handler that fails; closing the exchange would wait.
            throw new IOException("too many requests wait for the page");
        }
    }

    private void serve(HttpExchange exchange) {
        ExchangeThreads.headRead();
        boolean isRead = true;
        try {
            secure(exchange.getResponseHeaders());
            isRead = answer(exchange);
        } catch (ExchangeThreads.ClientGone gone) {
            LOG.debug("a browser has gone: {}", gone.toString());
        } catch (IOException | RuntimeException fault) {
            LOG.warn("answering {} failed", exchange.getRequestURI().getPath(), fault);
        } finally {
            if (isRead) {
                ExchangeThreads.close(exchange);
            } else {
                ExchangeThreads.closeAtOnce(exchange);
            }
        }
    }

    private static void secure(Headers headers) {
        headers.set("Content-Security-Policy", POLICY);
        headers.set("X-Frame-Options", "DENY");
        headers.set("X-Content-Type-Options", "nosniff");
        // With no-referrer a browser would send its forms without an origin.
        headers.set("Referrer-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cache-Control", "no-store");
    }

    /** Returns whether the request had its turn; if not, the rest of it is not waited for. */
    private boolean answer(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        String session = "";
        try {
            guard.checkHost(headers);
            String method = exchange.getRequestMethod();
            if (!method.equals("GET") && !method.equals("POST")) {
                throw new BadRequest(405, "Only GET and POST.");
            }
            String path = path(exchange);
            Asset asset = assets.get(path);
            if (asset != null) {
                send(exchange, 200, asset.type() + "; charset=utf-8", asset.bytes());
                return true;
            }
            session = session(headers).orElseGet(() -> begin(exchange, sessions.newId()));
            respond(exchange, session, page(exchange, session, path, method.equals("POST")));
        } catch (BodyTurns.Busy busy) {
            exchange.getResponseHeaders().set("Retry-After", "2");
            respond(exchange, session, PageResponse.text(busy.status(), busy.getMessage()));
            return false;
        } catch (BadRequest bad) {
            respond(exchange, session, PageResponse.text(bad.status(), bad.getMessage()));
        } catch (RunHalted halted) {
            respond(exchange, session, PageResponse.text(503, halted.getMessage()));
        } catch (NoSuchFileException | InvalidPathException none) {
            respond(exchange, session, PageResponse.missing());
        } catch (ExchangeThreads.ClientGone gone) {
            throw gone;
        } catch (IOException fault) {
            fail(exchange, session, "A file or folder could not be read or written. The log says which.", fault);
        } catch (RuntimeException fault) {
            fail(exchange, session, "This page failed. The log of the program says why.", fault);
        }
        return true;
    }

    private void fail(HttpExchange exchange, String session, String reason, Exception fault) throws IOException {
        LOG.warn("the page {} failed", exchange.getRequestURI().getPath(), fault);
        boolean isBegun = exchange.getResponseCode() >= 0;
        if (!isBegun) {
            respond(exchange, session, PageResponse.text(500, reason));
        }
    }

    private PageResponse page(HttpExchange exchange, String session, String path, boolean post) throws IOException {
        boolean open = settings.password().isEmpty() || sessions.isLoggedIn(session);
        boolean atLogin = path.equals(LOGIN) || path.equals("/logout");
        if (!open && !atLogin) {
            return post
                    ? PageResponse.text(403, "You are not logged in, so nothing was done. Log in and send it again.")
                    : PageResponse.redirect(LOGIN);
        }
        if (!post && !atLogin) {
            BrowserRequest request = new BrowserRequest(below(path), query(exchange), Map.of(), "", Optional.empty());
            return route(path).isEmpty()
                    ? PageResponse.missing()
                    : route(path).get().show(request);
        }
        if (!post) {
            return login.form();
        }
        guard.checkOrigin(exchange.getRequestHeaders());
        if (atLogin) {
            return turns.login(
                    exchange.getRemoteAddress().getAddress(),
                    () -> logInOrOut(exchange, session, path, login(exchange, session)));
        }
        Headers headers = exchange.getRequestHeaders();
        return isUpload(headers)
                ? turns.upload(() -> act(exchange, session, path))
                : turns.form(isLarge(headers), () -> act(exchange, session, path));
    }

    private PageResponse act(HttpExchange exchange, String session, String path) throws IOException {
        BrowserRequest request = posted(exchange, session, path);
        PageResponse response = route(path).isEmpty()
                ? PageResponse.missing()
                : route(path).get().act(request);
        request.drain();
        return response;
    }

    /** A file that is uploaded is not kept in memory. */
    private static boolean isUpload(Headers headers) {
        return type(headers).startsWith("multipart/");
    }

    private static boolean isLarge(Headers headers) {
        return length(headers) < 0 || length(headers) > LARGE_FORM;
    }

    /** Returns how long the body is; -1 if that is not known. */
    private static long length(Headers headers) {
        String length = Optional.ofNullable(headers.getFirst("Content-Length")).orElse("");
        return length.matches("\\d{1,18}") ? Long.parseLong(length) : -1;
    }

    private PageResponse logInOrOut(HttpExchange exchange, String session, String path, BrowserRequest request) {
        if (!path.equals(LOGIN)) {
            sessions.logOut(session);
            begin(exchange, sessions.newId());
            return PageResponse.redirect(LOGIN);
        }
        Optional<PageResponse> refused =
                login.refusal(request, exchange.getRemoteAddress().getAddress());
        if (refused.isPresent()) {
            return refused.get();
        }
        // A new name, so that nobody can have given the browser the one that is logged in.
        begin(exchange, sessions.logIn());
        return PageResponse.redirect("/");
    }

    /** Returns the path of a request, as the pages know it. */
    private String path(HttpExchange exchange) {
        return exchange.getRequestURI().getPath().substring(base.length());
    }

    /** Returns a page whose addresses are below the base. */
    private String based(String html) {
        return base.isEmpty() ? html : ADDRESS.matcher(html).replaceAll("$1=\"" + base + "/");
    }

    private Optional<PageRoute> route(String path) {
        return routes.stream()
                .filter(route -> path.equals(route.path())
                        || (!route.path().equals("/") && path.startsWith(route.path() + "/"))
                        || (route.path().equals("/") && path.startsWith("/now/")))
                .findFirst();
    }

    private String below(String path) {
        return route(path)
                .map(route -> path.substring(route.path().length()).replaceFirst("^/", ""))
                .orElse("");
    }

    private static Map<String, List<String>> query(HttpExchange exchange) {
        return parse(Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""), MOST_OF_QUERY);
    }

    private static Map<String, List<String>> parse(String text, int most) {
        try {
            return FormText.parse(text, most);
        } catch (IllegalArgumentException odd) {
            throw new BadRequest(400, "The address or the form cannot be read.");
        }
    }

    private Optional<String> session(Headers headers) {
        return headers.getOrDefault("Cookie", List.of()).stream()
                .flatMap(line -> Stream.of(line.split(";\\s*")))
                .filter(one -> one.startsWith(cookie + "="))
                .map(one -> one.substring(cookie.length() + 1))
                .filter(Sessions::isId)
                .findFirst();
    }

    private String begin(HttpExchange exchange, String id) {
        boolean tls = "https".equals(exchange.getRequestHeaders().getFirst("X-Forwarded-Proto"));
        exchange.getResponseHeaders()
                .add("Set-Cookie", cookie + "=" + id + "; Path=/; HttpOnly; SameSite=Strict" + (tls ? "; Secure" : ""));
        return id;
    }

    private static String type(Headers headers) {
        return Optional.ofNullable(headers.getFirst("Content-Type")).orElse("");
    }

    private static boolean isForm(String type) {
        return type.startsWith("application/x-www-form-urlencoded");
    }

    private static InputStream body(HttpExchange exchange, Duration all, long bytesPerSecond) {
        return ExchangeThreads.timed(exchange.getRequestBody(), SLOWEST_READ, all, bytesPerSecond);
    }

    private BrowserRequest login(HttpExchange exchange, String session) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        if (!isForm(type(headers))) {
            throw unknownType();
        }
        String text = text(body(exchange, SLOWEST_LOGIN, Long.MAX_VALUE), LONGEST_LOGIN);
        Map<String, List<String>> form = parse(text, MOST_PAIRS);
        requireToken(session, token(headers, form));
        return new BrowserRequest("", Map.of(), form, "", Optional.empty());
    }

    private static Optional<String> token(Headers headers, Map<String, List<String>> form) {
        return Optional.ofNullable(headers.getFirst("X-Csrf-Token"))
                .or(() -> Optional.ofNullable(form.get(CSRF)).map(all -> all.get(0)));
    }

    private static BadRequest unknownType() {
        return new BadRequest(415, "This type of content is not taken here.");
    }

    private BrowserRequest posted(HttpExchange exchange, String session, String path) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        String type = type(headers);
        Map<String, List<String>> query = query(exchange);
        if (isForm(type)) {
            InputStream body = body(exchange, SLOWEST_FORM, Long.MAX_VALUE);
            Map<String, List<String>> form = parse(text(body, LONGEST_FORM), MOST_PAIRS);
            requireToken(session, token(headers, form));
            return new BrowserRequest(below(path), query, form, "", Optional.empty());
        }
        if (type.startsWith("application/json")) {
            requireToken(session, token(headers, Map.of()));
            InputStream body = body(exchange, SLOWEST_FORM, Long.MAX_VALUE);
            return new BrowserRequest(below(path), query, Map.of(), text(body, LONGEST_FORM), Optional.empty());
        }
        MultipartBody parts =
                MultipartBody.of(type, body(exchange, SLOWEST_FORM, LEAST_RATE)).orElseThrow(PageServer::unknownType);
        return multipart(
                parts,
                session,
                headers,
                new BrowserRequest(below(path), query, new LinkedHashMap<>(), "", Optional.empty()));
    }

    /** Reads the fields before the file; the token is among them. */
    private BrowserRequest multipart(MultipartBody parts, String session, Headers headers, BrowserRequest begun)
            throws IOException {
        int size = 0;
        MultipartBody.Part part = parts.next();
        while (part.file().isEmpty()) {
            String value = parts.field();
            size += part.name().length() + value.length() + BYTES_OF_PART;
            if (size > LONGEST_FIELDS) {
                throw new BadRequest(413, "The form is too large.");
            }
            begun.form().put(part.name(), List.of(value));
            part = parts.next();
        }
        requireToken(session, token(headers, begun.form()));
        return new BrowserRequest(
                begun.below(),
                begun.query(),
                Map.copyOf(begun.form()),
                "",
                Optional.of(new BrowserRequest.Upload(part.file().get(), parts.content(), length(headers))));
    }

    private void requireToken(String session, Optional<String> token) {
        if (!sessions.isToken(session, token.orElse(""))) {
            throw new BadRequest(
                    403,
                    "The form is not from this session of the program (its token is missing or old), so nothing was done. Reload the page"
                            + " and send it again.");
        }
    }

    private static String text(InputStream body, int longest) throws IOException {
        byte[] bytes = body.readNBytes(longest + 1);
        if (bytes.length > longest) {
            throw new BadRequest(413, "The form is larger than " + (longest >> 10) + " KiB, so nothing was done.");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void respond(HttpExchange exchange, String session, PageResponse response) throws IOException {
        if (response instanceof PageResponse.View view) {
            String html = based(Templates.page(view.template(), frame(exchange, session, view.title()), view.view()));
            send(exchange, view.status(), "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
        } else if (response instanceof PageResponse.Redirect redirect) {
            redirect.flash().ifPresent(flash -> sessions.flash(session, flash));
            exchange.getResponseHeaders().set("Location", base + redirect.path());
            ExchangeThreads.within(SLOWEST_WRITE, () -> exchange.sendResponseHeaders(303, -1));
        } else if (response instanceof PageResponse.Text text) {
            if (text.status() >= 400 && !session.isEmpty() && isForPerson(exchange)) {
                respond(
                        exchange,
                        session,
                        new PageResponse.View(text.status(), "Not done", "page/message.jte", text.text()));
                return;
            }
            send(
                    exchange,
                    text.status(),
                    text.type() + "; charset=utf-8",
                    text.text().getBytes(StandardCharsets.UTF_8));
        } else if (response instanceof PageResponse.FileContent file) {
            send(exchange, file);
        } else if (response instanceof PageResponse.Events events) {
            stream(exchange, events);
        }
    }

    private static boolean isForPerson(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Accept"))
                .filter(types -> types.contains("text/html"))
                .isPresent();
    }

    private Frame frame(HttpExchange exchange, String session, String title) {
        String path = path(exchange);
        boolean open = settings.password().isEmpty() || sessions.isLoggedIn(session);
        List<MenuEntry> menu = routes.stream()
                .filter(route -> open && !route.menu().isEmpty())
                .map(route -> new MenuEntry(
                        route.path(),
                        route.menu(),
                        route(path).filter(route::equals).isPresent()))
                .toList();
        return new Frame(
                title,
                account,
                menu,
                sessions.token(session),
                sessions.takeFlash(session),
                open && settings.password().isPresent(),
                !base.isEmpty());
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] bytes) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        ExchangeThreads.within(SLOWEST_WRITE, () -> {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.getResponseBody().flush();
        });
    }

    private static void send(HttpExchange exchange, PageResponse.FileContent content) throws IOException {
        Path file = content.file();
        try (InputStream in = Files.newInputStream(file)) {
            Headers headers = exchange.getResponseHeaders();
            headers.set("Content-Type", content.type());
            headers.set("Content-Security-Policy", content.policy());
            content.name().ifPresent(name -> headers.set("Content-Disposition", attachment(name)));
            byte[] buffer = new byte[1 << 16];
            long[] left = {Files.size(file)};
            long length = left[0] == 0 ? -1 : left[0];
            ExchangeThreads.within(SLOWEST_WRITE, () -> exchange.sendResponseHeaders(200, length));
            OutputStream out = exchange.getResponseBody();
            long until = System.nanoTime() + SLOWEST_FILE.toNanos();
            while (left[0] > 0 && System.nanoTime() < until) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left[0]));
                if (read < 0) {
                    return;
                }
                ExchangeThreads.within(SLOWEST_WRITE, () -> out.write(buffer, 0, read));
                left[0] -= read;
            }
        }
    }

    /** Returns the header for a file with any name (RFC 6266). */
    private static String attachment(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte one : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (one & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_');
            encoded.append(plain ? Character.toString(c) : String.format("%%%02X", (int) c));
        }
        return "attachment; filename*=UTF-8''" + encoded;
    }

    private void stream(HttpExchange exchange, PageResponse.Events events) throws IOException {
        if (!streams.tryAcquire()) {
            send(
                    exchange,
                    503,
                    "text/plain; charset=utf-8",
                    "too many pages are open\n".getBytes(StandardCharsets.UTF_8));
            return;
        }
        try {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
            exchange.getResponseHeaders().set("X-Accel-Buffering", "no");
            ExchangeThreads.within(SLOWEST_WRITE, () -> exchange.sendResponseHeaders(200, 0));
            OutputStream out = exchange.getResponseBody();
            String last = "";
            for (int silent = 0; !closed; silent++) {
                String state = events.state().get();
                String event =
                        state.equals(last) ? silent % HEARTBEAT_TICKS == 0 ? ":\n\n" : "" : "data: " + state + "\n\n";
                if (!event.isEmpty()) {
                    ExchangeThreads.within(SLOWEST_WRITE, () -> {
                        out.write(event.getBytes(StandardCharsets.UTF_8));
                        out.flush();
                    });
                }
                last = state;
                Thread.sleep(TICK_MILLIS);
            }
        } catch (InterruptedException ended) {
            // The program ends.
        } finally {
            streams.release();
        }
    }

    @Override
    public void close() {
        closed = true;
        threads.close();
    }
}
