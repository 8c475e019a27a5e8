package org.catalogdrop.accounts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.catalogdrop.accounts.AccountState.Phase;
import org.catalogdrop.config.AccountFiles;
import org.catalogdrop.model.Plural;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Supervises the accounts of a process. It follows the folder of account files: a new file starts an account, a changed one starts it
 * again, and without its file an account stops. Safe for many threads.
 */
public final class AccountSupervisor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AccountSupervisor.class);

    /** How long the first start of all accounts may take before those that have started are reported. */
    private static final Duration LONGEST_START = Duration.ofMinutes(2);

    /** What tells whether a file has changed; also whether a file of its token lies beside it. */
    private record Stamp(long size, FileTime modified, Object key, boolean token) {}

    /** An account with its thread. */
    private record Live(AccountLane lane, Thread thread) {}

    private final AccountFiles files;
    private final AccountsRun run;
    private final AccountClaims claims = new AccountClaims();
    private final Map<String, Live> accounts = new TreeMap<>();
    /** What each account was started with. */
    private final Map<String, Stamp> applied = new HashMap<>();
    /** What was seen last. A file counts when it is seen twice in the same state, so that half of one is not read. */
    private Map<String, Stamp> seen = Map.of();

    private boolean unreadable;
    private boolean closed;

    private AccountSupervisor(AccountFiles files, AccountsRun run) {
        this.files = files;
        this.run = run;
    }

    /**
     * Starts all accounts, each on a thread of its own.
     *
     * @throws IOException if the folder of accounts cannot be read
     */
    public static AccountSupervisor start(AccountFiles files, AccountsRun run) throws IOException {
        AccountSupervisor supervisor = new AccountSupervisor(files, run);
        supervisor.begin();
        if (!run.once()) {
            Thread watch = new Thread(supervisor::watch, "catalog-accounts");
            watch.setDaemon(true);
            watch.start();
        }
        return supervisor;
    }

    private synchronized void begin() throws IOException {
        seen = look();
        // All of them before the first one starts, so that each waits for what the others mean.
        seen.forEach((name, stamp) -> add(name, stamp));
        accounts.values().forEach(live -> live.thread().start());
    }

    private void add(String name, Stamp stamp) {
        AccountLane lane = new AccountLane(name, files, claims, run, this::tryAgain);
        Thread thread = new Thread(lane, "catalog-account-" + name);
        thread.setDaemon(true);
        accounts.put(name, new Live(lane, thread));
        applied.put(name, stamp);
    }

    private Map<String, Stamp> look() throws IOException {
        Map<String, Stamp> found = new TreeMap<>();
        for (String name : files.names()) {
            Path file = files.file(name);
            try {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                boolean token = Files.exists(file.resolveSibling(name + ".token"));
                found.put(name, new Stamp(now.size(), now.lastModifiedTime(), String.valueOf(now.fileKey()), token));
            } catch (IOException gone) {
                // It counts as removed.
            }
        }
        return found;
    }

    private void watch() {
        try {
            while (follow()) {
                Thread.sleep(run.look().toMillis());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks at the folder once. Returns false after the end. */
    private synchronized boolean follow() {
        if (closed) {
            return false;
        }
        try {
            Map<String, Stamp> now = look();
            unreadable = false;
            follow(now);
            seen = now;
        } catch (IOException fault) {
            if (!unreadable) {
                LOG.warn(
                        "the folder of accounts {} cannot be read ({}). The accounts go on as they are.",
                        files.folder(),
                        fault.toString());
            }
            unreadable = true;
        }
        return true;
    }

    private void follow(Map<String, Stamp> now) {
        accounts.entrySet().removeIf(one -> one.getValue().lane().state().phase() == Phase.ENDED);
        Set<String> names = new HashSet<>(now.keySet());
        names.addAll(accounts.keySet());
        for (String name : names) {
            Stamp stamp = now.get(name);
            if (stamp == null ? !seen.containsKey(name) : stamp.equals(seen.get(name))) {
                apply(name, stamp);
            }
        }
    }

    /** Tries again to start what could not be started: an account has left its folders. */
    private synchronized void tryAgain() {
        accounts.values().forEach(live -> live.lane().tryAgain());
    }

    /** Does what a file asks for; its stamp is null if it is not there. */
    private void apply(String name, Stamp stamp) {
        Live live = accounts.get(name);
        if (live == null) {
            if (stamp != null) {
                LOG.info("account {} is new", name);
                add(name, stamp);
                accounts.get(name).thread().start();
            }
        } else if (stamp == null) {
            if (applied.remove(name) != null) {
                LOG.info("account {} was removed", name);
                live.lane().end();
            }
        } else if (applied.containsKey(name) && !stamp.equals(applied.put(name, stamp))) {
            // One that is ending is not in the map; it is added when it has ended.
            live.lane().restart();
        }
    }

    /** Returns how each account is, by name. */
    public synchronized List<AccountState> accounts() {
        return accounts.values().stream().map(live -> live.lane().state()).toList();
    }

    /** Waits until each account has started or has failed to. */
    public void awaitStarted() throws InterruptedException {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (accounts().stream().anyMatch(one -> one.phase() == Phase.STARTING) && System.nanoTime() - end < 0) {
            Thread.sleep(50);
        }
        List<AccountState> all = accounts();
        List<AccountState> down =
                all.stream().filter(one -> isDown(one.phase())).toList();
        List<AccountState> standBy =
                all.stream().filter(one -> one.phase() == Phase.STANDING_BY).toList();
        LOG.info(
                "{} of {} running{}{}",
                all.size() - down.size() - standBy.size(),
                Plural.of(all.size(), "account is", "accounts are"),
                standBy.isEmpty() ? "" : "; standing by: " + names(standBy),
                down.isEmpty() ? "" : "; not running, for the reasons above: " + names(down));
    }

    private static String names(List<AccountState> accounts) {
        return accounts.stream().map(AccountState::name).collect(Collectors.joining(", "));
    }

    private static boolean isDown(Phase phase) {
        return phase == Phase.MISCONFIGURED || phase == Phase.FAILED;
    }

    /** Returns whether there are accounts, and the settings of all of them are wrong. */
    public boolean isMisconfigured() {
        List<AccountState> all = accounts();
        return !all.isEmpty() && all.stream().allMatch(one -> one.phase() == Phase.MISCONFIGURED);
    }

    /** Waits until all accounts have ended. Returns the exit status: 2 and 1 before all others, else the highest. */
    public int awaitEnd() throws InterruptedException {
        List<Live> all;
        synchronized (this) {
            all = List.copyOf(accounts.values());
        }
        List<Integer> statuses = new ArrayList<>();
        for (Live live : all) {
            live.thread().join();
            statuses.add(live.lane().exitStatus());
        }
        return statuses.contains(2)
                ? 2
                : statuses.contains(1)
                        ? 1
                        : statuses.stream().max(Integer::compare).orElse(0);
    }

    /** Returns how long a close may take. */
    public Duration longestStop() {
        return accounts().stream()
                .flatMap(one -> one.loader().stream())
                .map(AccountLoader::longestStop)
                .max(Duration::compareTo)
                .orElse(Duration.ofSeconds(10));
    }

    /** Stops all accounts at once, in bounded time. */
    @Override
    public void close() {
        Duration most = longestStop().plusSeconds(1);
        List<Live> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(accounts.values());
        }
        all.forEach(live -> live.lane().end());
        long end = System.nanoTime() + most.toNanos();
        try {
            for (Live live : all) {
                live.thread().join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
