package org.catalogdrop.observability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.catalogdrop.config.Settings;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.journal.DropSearch;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.kommo.TrafficStats;
import org.catalogdrop.kommo.auth.Jwt;
import org.catalogdrop.kommo.auth.TokenSource;
import org.catalogdrop.kommo.auth.TokenStore;
import org.catalogdrop.kommo.throttle.RateLimiter;
import org.catalogdrop.kommo.throttle.RateLimiterState;
import org.catalogdrop.load.LoadSteps;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.RunHalted;

/** Reports on a loader while it works: its metrics and its health checks. Safe for many threads. */
public final class LoaderHealth {

    /** The number of consecutive requests without an answer that count as an outage. */
    private static final int AWAY = 3;

    /** How long before its end a token without renewal is reported. */
    private static final Duration NOTICE = Duration.ofDays(7);

    private static final Set<String> READINESS = Set.of("block", "disk", "journal", "inbox");

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    private final Settings.Api api;
    private final Settings.Folders folders;
    private final long freeSpace;
    private final TrafficStats traffic;
    private final RateLimiter pace;
    private final LoadSteps loads;
    private final JournalHealth journal;
    private final Optional<TokenStore> tokens;
    private final InstantSource clock = InstantSource.system();
    private final InboxBacklog backlog;
    private Instant lookedAt = Instant.EPOCH;
    private Finding doubts = Finding.good("");

    /**
     * @param freeSpace bytes that must be free on the disk of the folders
     * @param tokens where a pair of tokens is kept, if there is one
     */
    public LoaderHealth(
            Settings.Api api,
            Settings.Folders folders,
            long freeSpace,
            TrafficStats traffic,
            RateLimiter pace,
            LoadSteps loads,
            Optional<TokenStore> tokens,
            JournalHealth journal) {
        this.journal = journal;
        this.tokens = tokens;
        this.api = api;
        this.folders = folders;
        this.freeSpace = freeSpace;
        this.traffic = traffic;
        this.pace = pace;
        this.loads = loads;
        this.backlog = new InboxBacklog(folders.inbox(), clock);
    }

    /** Returns the counts of requests and answers. */
    public TrafficStats traffic() {
        return traffic;
    }

    InboxBacklog backlog() {
        return backlog;
    }

    /** Returns the state of the rate limiter. */
    public RateLimiterState pace() {
        return pace.state();
    }

    JournalHealth journal() {
        return journal;
    }

    LoadSteps loads() {
        return loads;
    }

    /** Returns how long nothing may be sent yet. */
    public Duration pauseLeft() {
        return pace.state()
                .pausedUntil()
                .map(until -> Duration.between(clock.instant(), until))
                .filter(left -> !left.isNegative())
                .orElse(Duration.ZERO);
    }

    /** Returns the current limit for the rows of one request. */
    public int chunkRows() {
        return loads.chunkRows();
    }

    /** Returns the allowed requests a second; 0 if there is no limit. */
    public double rateLimit() {
        return api.requestsPerSecond();
    }

    /** Returns whether a check, when it is down, says that nothing can be loaded now. The others ask a person to look, or pass. */
    public static boolean decidesReadiness(String check) {
        return READINESS.contains(check);
    }

    /** Returns the health checks by name. */
    public Map<String, Supplier<Finding>> checks() {
        Map<String, Supplier<Finding>> checks = new LinkedHashMap<>();
        checks.put("api", this::api);
        checks.put("block", this::block);
        checks.put("token", this::token);
        checks.put("disk", this::disk);
        checks.put("journal", journal::find);
        checks.put("inbox", backlog::finding);
        checks.put("in-doubt", this::inDoubt);
        return checks;
    }

    private Finding api() {
        String last = traffic.lastAnswer()
                .map(at -> "the last answer came at " + at + " (HTTP " + traffic.lastStatus() + ")")
                .orElse("no answer came yet");
        int failures = traffic.failuresInRow();
        return failures < AWAY
                ? Finding.good(last)
                : Finding.bad(last + "; since then " + Plural.of(failures, "request") + " in a row got no answer ("
                        + traffic.lastFailure() + "). Check kommo.base-url and the network.");
    }

    private Finding block() {
        Optional<Problem> blocked = pace.blocked();
        if (blocked.isPresent()) {
            return Finding.bad(blocked.get().message());
        }
        Duration left = pauseLeft();
        return Finding.good(
                left.isZero()
                        ? "not blocked"
                        : "the API asked to wait; nothing is sent for " + left.toSeconds() + " s");
    }

    private Finding token() {
        if (traffic.lastStatus() == 401) {
            return Finding.bad("the API rejected the access token (HTTP 401). Set or get a valid one.");
        }
        Optional<Instant> end = tokenEnds();
        if (end.isEmpty()) {
            return Finding.good("the token has no expiry date");
        }
        String what = api.access() instanceof TokenSource.Rotating
                ? "the refresh token is valid until " + end.get() + "; requests renew it before"
                : "the access token is valid until " + end.get();
        return clock.instant().plus(NOTICE).isBefore(end.get())
                ? Finding.good(what)
                : Finding.bad(what + ". Set or get a new one before that.");
    }

    /** Returns when a person must replace the token; empty if that is not known. */
    public Optional<Instant> tokenEnds() {
        TokenSource access = api.access();
        try {
            if (access instanceof TokenSource.Fixed fixed) {
                return Jwt.expires(fixed.token());
            }
            if (access instanceof TokenSource.InFile inFile) {
                return Jwt.expires(inFile.read());
            }
            return tokens.map(store -> store.read().refreshExpires());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Finding disk() {
        for (Path folder : folders()) {
            long free = free(folder);
            if (free < freeSpace) {
                return Finding.bad("only " + (free >> 20) + " MiB are free on the disk of " + folder
                        + ", less than drop.free-space. Free up disk space.");
            }
        }
        return Finding.good("enough free disk space");
    }

    private List<Path> folders() {
        return Stream.of(folders.state(), folders.outbox())
                .filter(Files::isDirectory)
                .toList();
    }

    private static long free(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException unknown) {
            throw new IllegalStateException(
                    "the free space on the disk of " + folder + " cannot be read: " + unknown, unknown);
        }
    }

    /** Returns the least free space of the folders in bytes; -1 if there are no folders yet. */
    public long leastFree() {
        return folders().stream().mapToLong(LoaderHealth::free).min().orElse(-1);
    }

    /** Returns the finding about rows in doubt. It is cached, because reading the journal of many drops takes a while. */
    private synchronized Finding inDoubt() {
        if (clock.instant().isAfter(lookedAt.plus(LOOK_AGAIN))) {
            doubts = findDoubts();
            lookedAt = clock.instant();
        }
        return doubts;
    }

    private Finding findDoubts() {
        try {
            List<DropLine> drops = Journal.search(
                    folders.journal(), new DropSearch("", DropSearch.Kind.IN_DOUBT, Long.MAX_VALUE, Integer.MAX_VALUE));
            long rows = drops.stream().mapToLong(DropLine::inDoubt).sum();
            return drops.isEmpty()
                    ? Finding.good("no row of a finished drop is in doubt")
                    : Finding.bad(Plural.of(rows, "row") + " of " + Plural.of(drops.size(), "finished drop")
                            + " in doubt, the first one in "
                            + drops.get(drops.size() - 1).folder()
                            + ". See its results.csv; the file can be loaded again to look up these rows.");
        } catch (RunHalted unreadable) {
            return Finding.bad(unreadable.getMessage());
        }
    }
}
