package org.catalogdrop.config;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.apache.camel.util.TimeUtils;
import org.catalogdrop.input.row.FormatHints;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.mapping.rule.RejectBudget;
import org.catalogdrop.results.file.CsvForm;

/** Reads and checks all settings, and reports all faults together. Stateless. */
public final class SettingsReader {

    /** The value for kommo.base-url if it is not set and not needed. */
    public static final String NO_ACCOUNT = "http://127.0.0.1";

    /** The port of the management server if only the page is wanted. */
    private static final int USUAL_PORT = 8026;

    private static final Pattern DURATION = Pattern.compile("\\d+(ms|s|m|h)|0");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})(KiB|MiB|GiB)?");

    /** Characters that Camel interprets in the name of a folder. With some of them it would watch another folder. */
    private static final Pattern ADDRESS = Pattern.compile(
            "%\\p{XDigit}{2}|\\?|\\$\\{|\\$simple\\{|\\{\\{|" + (File.separatorChar == '/' ? "\\\\" : "\\?"));

    private final Function<String, Optional<String>> source;
    private final List<String> faults = new ArrayList<>();

    private SettingsReader(Function<String, Optional<String>> source) {
        this.source = source;
    }

    /**
     * @param source returns the text of a key, if it is set
     * @param needsApi whether the API will be called, so that its address and token are required
     * @throws SettingsFault with every fault
     */
    public static Settings read(Function<String, Optional<String>> source, boolean needsApi) {
        return read(source, needsApi ? Needs.API : Needs.NOTHING);
    }

    /** Reads the settings that a command needs. */
    public static Settings read(Function<String, Optional<String>> source, Needs needs) {
        return read(source, List.of(), needs);
    }

    /** @param before faults found in the source itself, reported with the others */
    public static Settings read(Function<String, Optional<String>> source, List<String> before, Needs needs) {
        SettingsReader reader = new SettingsReader(source);
        reader.faults.addAll(before);
        Settings.Folders folders = reader.folders();
        Settings settings = new Settings(reader.api(needs, folders.state()), folders, reader.drops());
        if (!reader.faults.isEmpty()) {
            throw new SettingsFault(reader.faults);
        }
        return settings;
    }

    private Settings.Api api(Needs needs, Path state) {
        int rate = whole("kommo.requests-per-second", 7, 0, 1000);
        int inFlight = whole("kommo.in-flight", 4, 1, 64);
        int most = mostInFlight(inFlight);
        int reserved = percent("kommo.reserve", 90);
        String baseUrl = baseUrl(needs != Needs.NOTHING);
        return new Settings.Api(
                baseUrl,
                new TokenSourceReader(this::text, faults).read(state, needs),
                number("kommo.catalog-id", "the number of the list, as in its address in the account"),
                number("kommo.marker-field", "the number of a text field of the list"),
                rate * (100 - reserved) / 100.0,
                rate * reserved / 100.0,
                path("kommo.pace-folder", System.getProperty("java.io.tmpdir")).toAbsolutePath(),
                whole("kommo.chunk-size", 250, 1, 500),
                inFlight,
                rate == 0 ? inFlight : most,
                duration("kommo.connect-timeout", "10s", Duration.ofMillis(1)),
                duration("kommo.response-timeout", "60s", Duration.ofMillis(1)),
                duration("kommo.doubt-wait", "30s", Duration.ZERO),
                new Settings.Connection(proxy(baseUrl), trust()));
    }

    /** Loopback is never reached through a proxy. */
    private Optional<ProxyAddress> proxy(String baseUrl) {
        return baseUrl.startsWith("https://")
                ? proxyTo(baseUrl.substring(8).replaceFirst(":\\d+$", ""))
                : Optional.empty();
    }

    private Optional<ProxyAddress> proxyTo(String host) {
        return ProxyAddress.find(text("kommo.proxy"), host, System.getProperties(), System.getenv(), fault -> {
            if (!faults.contains(fault)) {
                faults.add(fault);
            }
        });
    }

    /** Its value is not repeated: the path of such an address is often a secret. */
    private Optional<Settings.Webhook> webhook() {
        Optional<String> text = text("drop.notify");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI url = new URI(text.get());
            boolean tls = "https".equals(url.getScheme());
            if ((tls || "http".equals(url.getScheme()))
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null) {
                boolean far = tls && !isLoopback(url.getHost());
                return Optional.of(new Settings.Webhook(url, far ? proxyTo(url.getHost()) : Optional.empty()));
            }
        } catch (URISyntaxException unreadable) {
            // The fault says what is expected.
        }
        faults.add(
                "drop.notify is not the address of a web server: expected https://HOST/PATH or http://HOST/PATH, without a user"
                        + " and without #. Its value is not shown here, because it may be a secret");
        return Optional.empty();
    }

    private Optional<SSLContext> trust() {
        return text("kommo.trust-store")
                .flatMap(text -> SettingPath.of("kommo.trust-store", text, faults::add))
                .flatMap(this::trust);
    }

    private Optional<SSLContext> trust(Path file) {
        try {
            return Optional.of(TrustedCertificates.load(
                    file, text("kommo.trust-store-password").orElse("changeit")));
        } catch (IOException | GeneralSecurityException e) {
            String why = e instanceof NoSuchFileException ? "there is no such file" : String.valueOf(e.getMessage());
            faults.add("kommo.trust-store = '" + file + "' cannot be read (" + why
                    + "): expected a file of certificates in PEM, or a PKCS12 or JKS key store whose password is in"
                    + " kommo.trust-store-password");
            return Optional.empty();
        }
    }

    /** Returns the upper limit of requests in flight. A user who sets only {@code kommo.in-flight} means that number. */
    private int mostInFlight(int inFlight) {
        int preset = text("kommo.in-flight").isPresent() ? inFlight : 32;
        int most = whole("kommo.in-flight-max", preset, 1, 64);
        if (most < inFlight) {
            fault("kommo.in-flight-max", Integer.toString(most), "from kommo.in-flight (" + inFlight + ") to 64");
        }
        return most;
    }

    private int percent(String key, int most) {
        String text = text(key).orElse("0%");
        if (text.matches("\\d{1,2}%") && Integer.parseInt(text.substring(0, text.length() - 1)) <= most) {
            return Integer.parseInt(text.substring(0, text.length() - 1));
        }
        fault(key, text, "a percentage from 0% to " + most + "%");
        return 0;
    }

    private Settings.Folders folders() {
        Path home = path("drop.home", ".").toAbsolutePath().normalize();
        Path state = home.resolve(path("drop.state", "state"));
        Settings.Folders folders = new Settings.Folders(
                home.resolve(path("drop.inbox", "inbox")),
                home.resolve(path("drop.outbox", "outbox")),
                home.resolve(path("drop.archive", "archive")),
                home.resolve(path("drop.refused", "refused")),
                state,
                home.resolve(path("drop.mappings", "mappings")),
                journal(state),
                handover(state));
        if (ADDRESS.matcher(folders.inbox().toString()).find()) {
            fault(
                    "drop.inbox",
                    folders.inbox().toString(),
                    "a path without ? \\ ${ {{ or % before two digits: they have a meaning for Camel");
        }
        apart(folders.inbox(), "drop.outbox", folders.outbox());
        apart(folders.inbox(), "drop.archive", folders.archive());
        apart(folders.inbox(), "drop.refused", folders.refused());
        apart(folders.inbox(), "drop.state", folders.state());
        apart(folders.inbox(), "drop.mappings", folders.mappings());
        return folders;
    }

    private Optional<Settings.Handover> handover(Path state) {
        long limit = size("drop.handover-limit", "256MiB", Long.MAX_VALUE);
        if (!choice("drop.handover", "off", Map.of("off", false, "database", true), "off or database")) {
            return Optional.empty();
        }
        if (text("drop.journal").isEmpty()) {
            faults.add(
                    "drop.handover = 'database' and drop.journal is not set: expected the address of the database through which files are"
                            + " handed over");
        }
        if (text("drop.approve").filter("true"::equals).isPresent()) {
            faults.add(
                    "drop.handover = 'database' and drop.approve = 'true': expected only one of them, because a plan is made where the"
                            + " account is loaded");
        }
        if (ADDRESS.matcher(state.toString()).find()) {
            fault(
                    "drop.state",
                    state.toString(),
                    "a path without ? \\ ${ {{ or % before two digits: they have a meaning for Camel");
        }
        return Optional.of(new Settings.Handover(limit));
    }

    private JournalPlace journal(Path state) {
        Duration lease = duration("drop.lease", "15s", Duration.ofSeconds(2));
        Duration renewal = duration("drop.lease-renewal", "5s", Duration.ofMillis(500));
        if (renewal.multipliedBy(2).compareTo(lease) > 0) {
            fault(
                    "drop.lease-renewal",
                    renewal.toMillis() + "ms",
                    "at most half of drop.lease (" + lease.toMillis()
                            + "ms), so that one that fails is repeated in time");
        }
        return new JournalPlaceReader(this::text, faults).read(state, lease, renewal);
    }

    /**
     * Checks that a folder is not in the inbox: every file in the inbox is a drop, so one that is archived there would be loaded again
     * and again.
     */
    private void apart(Path inbox, String key, Path folder) {
        if (Folders.isSame(inbox, folder)) {
            fault(key, folder.toString(), "another folder than drop.inbox ('" + inbox + "')");
        }
    }

    private Settings.Drops drops() {
        FormatHints expected = new FormatHintsReader(this::text, this::fault).read();
        return new Settings.Drops(
                duration("drop.settle", "1s", Duration.ZERO),
                duration("drop.poll", "50ms", Duration.ofMillis(1)),
                choice("drop.repeat", "refuse", Map.of("refuse", false, "allow", true), "refuse or allow"),
                choice("drop.approve", "false", Map.of("false", false, "true", true), "true or false"),
                choice("drop.reports", "true", Map.of("false", false, "true", true), "true or false"),
                choice(
                        "drop.undo",
                        "adds",
                        Map.of("adds", Undo.ADDS, "full", Undo.FULL, "off", Undo.OFF),
                        "adds, full or off"),
                onReject(),
                choice("drop.unknown-columns", "ignore", Map.of("ignore", false, "refuse", true), "ignore or refuse"),
                size("drop.unpacked-limit", "4GiB", Long.MAX_VALUE),
                (int) size("drop.row-limit", "1MiB", 64 << 20),
                expected,
                new CsvForm(resultsDelimiter(expected), resultsMark(expected)),
                webhook(),
                choice("drop.log", "text", Map.of("text", false, "json", true), "text or json"),
                size("drop.free-space", "256MiB", Long.MAX_VALUE),
                management(),
                new PageSettingsReader(this::text, faults)
                        .read(size("drop.page-upload-limit", "512MiB", Long.MAX_VALUE)));
    }

    /** Only literal addresses: a name may resolve to another one tomorrow. */
    private Optional<InetSocketAddress> management() {
        boolean page = choice("drop.page", "false", Map.of("false", false, "true", true), "true or false");
        int port = whole("drop.management-port", page ? USUAL_PORT : 0, 0, 65_535);
        if (page && port == 0) {
            faults.add(
                    "drop.page = 'true' and drop.management-port = '0': expected a port, on which the page is served");
        }
        String host = text("drop.management-address").orElse("127.0.0.1");
        try {
            if (isLiteral(host)) {
                InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(host), port);
                return Optional.of(address).filter(one -> port > 0);
            }
        } catch (UnknownHostException odd) {
            // The fault says what is expected.
        }
        fault("drop.management-address", host, "an address of this machine like 127.0.0.1 or ::1, or 0.0.0.0 for all");
        return Optional.empty();
    }

    /** Returns the delimiter of results. Settings for drops apply to {@code undo.csv} too when it is dropped. */
    private Optional<Character> resultsDelimiter(FormatHints expected) {
        String text = text("drop.results-delimiter").orElse("auto").toLowerCase(Locale.ROOT);
        return switch (text) {
            case "auto" -> expected.delimiter();
            case "comma" -> Optional.of(',');
            case "semicolon" -> Optional.of(';');
            case "tab" -> Optional.of('\t');
            case "pipe" -> Optional.of('|');
            default -> {
                fault("drop.results-delimiter", text, "auto, comma, semicolon, tab or pipe");
                yield Optional.empty();
            }
        };
    }

    private Optional<Boolean> resultsMark(FormatHints expected) {
        String text = text("drop.results-mark").orElse("auto").toLowerCase(Locale.ROOT);
        return switch (text) {
            // Without a mark, undo.csv would be read in that charset.
            case "auto" ->
                expected.charset()
                        .filter(charset -> !charset.equals(StandardCharsets.UTF_8))
                        .map(charset -> true);
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> {
                fault("drop.results-mark", text, "auto, true or false");
                yield Optional.empty();
            }
        };
    }

    /** Returns the meaning of one of some words. */
    private <T> T choice(String key, String preset, Map<String, T> words, String allowed) {
        String text = text(key).orElse(preset);
        if (!words.containsKey(text)) {
            fault(key, text, allowed);
            return words.get(preset);
        }
        return words.get(text);
    }

    private RejectBudget onReject() {
        String text = text("drop.on-reject").orElse("continue");
        Optional<RejectBudget> budget = RejectBudget.of(text);
        if (budget.isEmpty()) {
            fault("drop.on-reject", text, RejectBudget.ALLOWED);
        }
        return budget.orElse(RejectBudget.CONTINUE);
    }

    private Optional<String> text(String key) {
        Optional<String> text = source.apply(key).map(String::strip).filter(one -> !one.isEmpty());
        text.filter(SettingSources::isQuoted).ifPresent(one -> {
            // The value may be a secret.
            String fault = key + " is in quotes, which would become part of the value. Write it without quotes";
            if (!faults.contains(fault)) {
                faults.add(fault);
            }
        });
        return text.map(one -> SettingSources.isQuoted(one) ? one.substring(1, one.length() - 1) : one);
    }

    private void fault(String key, String found, String allowed) {
        faults.add(key + " = '" + found + "': expected " + allowed);
    }

    private String baseUrl(boolean needed) {
        Optional<String> text = text("kommo.base-url");
        if (text.isEmpty()) {
            if (needed) {
                faults.add("kommo.base-url is not set: expected the account's address, https://SUBDOMAIN.kommo.com");
            }
            return NO_ACCOUNT;
        }
        String url = text.get().replaceAll("/+$", "");
        String allowed = "https://SUBDOMAIN.kommo.com without a path, or http:// for loopback only";
        try {
            URI uri = URI.create(url);
            boolean plain = "http".equals(uri.getScheme()) && isLoopback(uri.getHost());
            boolean bare = uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getUserInfo() == null;
            if (uri.getHost() == null || !bare || !(plain || "https".equals(uri.getScheme()))) {
                fault("kommo.base-url", url, allowed);
            }
        } catch (IllegalArgumentException | NullPointerException unreadable) {
            fault("kommo.base-url", url, allowed);
        }
        return url;
    }

    /**
     * Returns whether a host is loopback: only literal addresses and localhost, because a name that resolves to loopback may resolve to
     * another address later.
     */
    private static boolean isLoopback(String host) {
        if (host == null) {
            return false;
        }
        try {
            return host.equalsIgnoreCase("localhost")
                    || (isLiteral(host) && InetAddress.getByName(host).isLoopbackAddress());
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    private static boolean isLiteral(String host) {
        return host.contains(":") || host.matches("[0-9.]+");
    }

    private OptionalLong number(String key, String allowed) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!text.get().matches("[1-9]\\d{0,17}")) {
            fault(key, text.get(), allowed);
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(text.get()));
    }

    private int whole(String key, int preset, int least, int most) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return preset;
        }
        if (text.get().matches("\\d{1,9}")) {
            int number = Integer.parseInt(text.get());
            if (number >= least && number <= most) {
                return number;
            }
        }
        fault(key, text.get(), "a whole number from " + least + " to " + most);
        return preset;
    }

    private Duration duration(String key, String preset, Duration least) {
        String text = text(key).orElse(preset);
        if (DURATION.matcher(text).matches()) {
            Duration duration = Duration.ofMillis(TimeUtils.toMilliSeconds(text));
            if (duration.compareTo(least) >= 0 && duration.compareTo(Duration.ofDays(1)) <= 0) {
                return duration;
            }
        }
        fault(key, text, "a time up to a day with its unit, like 500ms, 60s or 2m");
        return least;
    }

    private long size(String key, String preset, long most) {
        String text = text(key).orElse(preset);
        var match = SIZE.matcher(text);
        if (match.matches()) {
            String unit = Optional.ofNullable(match.group(2)).orElse("");
            int shift =
                    unit.isEmpty() ? 0 : 10 * (1 + List.of("KiB", "MiB", "GiB").indexOf(unit));
            long size = Long.parseLong(match.group(1)) << shift;
            if (size >= 1024 && size <= most && size >> shift == Long.parseLong(match.group(1))) {
                return size;
            }
        }
        fault(
                key,
                text,
                "a size of at least 1KiB, like 500MiB or 4GiB"
                        + (most < Long.MAX_VALUE ? ", at most " + (most >> 20) + "MiB" : ""));
        return 1024;
    }

    private Path path(String key, String preset) {
        return SettingPath.of(key, text(key).orElse(preset), faults::add).orElse(Path.of("."));
    }
}
