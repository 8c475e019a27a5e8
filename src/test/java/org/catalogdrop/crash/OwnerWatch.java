package org.catalogdrop.crash;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Watches who owns the journal, on a connection of its own. While a machine could do its work, the journal must not be without an owner
 * that can for longer than permitted. A thread of its own looks; others may ask.
 */
final class OwnerWatch implements AutoCloseable {

    private static final long PAUSE_MILLIS = 20;

    private static final Pattern PROCESS = Pattern.compile("process (\\d+) .*");

    /** What the database says of the owner. */
    private record Owner(long epoch, long pid, boolean live) {}

    private final String url;
    private final String query;
    private final List<Machine> machines;
    private final Duration longest;
    private final HarnessLag lag;
    private final Thread thread = new Thread(this::watch, "owner-watch");
    private Optional<Connection> connection = Optional.empty();

    private final List<String> violations = new ArrayList<>();
    private final List<String> excused = new ArrayList<>();
    private long epoch;
    private int takeOvers;
    private long longestMillis;

    /** Since when the database can be asked. */
    private Optional<Long> upSince = Optional.empty();

    /** Since when no machine that can do its work owns the journal. */
    private Optional<Long> unownedSince = Optional.empty();

    private boolean reported;
    private Optional<Machine> owning = Optional.empty();

    /**
     * @param query returns epoch, process, and whether the lease has not ended
     * @param longest how long the journal may be without an owner that can do its work
     */
    OwnerWatch(String url, String query, List<Machine> machines, Duration longest, HarnessLag lag) {
        this.url = url;
        this.query = query;
        this.machines = machines;
        this.longest = longest;
        this.lag = lag;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void watch() {
        try {
            while (true) {
                look();
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            Optional<Owner> owner = ask();
            judge(owner, System.nanoTime());
        } catch (SQLException away) {
            disconnect();
            forget();
        }
    }

    private Optional<Owner> ask() throws SQLException {
        if (connection.isEmpty()) {
            connection = Optional.of(DriverManager.getConnection(
                    url + "?user=postgres&connectTimeout=2&socketTimeout=2&ApplicationName=owner-watch"));
        }
        try (Statement statement = connection.get().createStatement();
                ResultSet result = statement.executeQuery(query)) {
            return result.next()
                    ? Optional.of(new Owner(result.getLong(1), pid(result.getString(2)), result.getBoolean(3)))
                    : Optional.empty();
        }
    }

    private static long pid(String process) {
        Matcher named = PROCESS.matcher(process);
        return named.matches() ? Long.parseLong(named.group(1)) : 0;
    }

    private synchronized void forget() {
        upSince = Optional.empty();
        unownedSince = Optional.empty();
        reported = false;
    }

    private synchronized void judge(Optional<Owner> owner, long now) {
        long up = upSince.orElse(now);
        upSince = Optional.of(up);
        Optional<Machine> machine = owner.filter(Owner::live).flatMap(live -> machines.stream()
                .filter(one -> one.isProcess(live.pid()))
                .findFirst());
        Duration ableFor =
                machines.stream().map(Machine::wellFor).max(Duration::compareTo).orElseThrow();
        long able = ableFor.isNegative() ? now : now - ableFor.toNanos();
        // A start that takes long has the journal before it says so.
        boolean owned = machine.filter(one -> !one.isDisturbed()).isPresent();
        owning = machine;
        if (owner.isPresent() && owner.get().epoch() != epoch) {
            epoch = owner.get().epoch();
            takeOvers++;
        }
        if (owned) {
            unownedSince.ifPresent(since -> longestMillis = Math.max(longestMillis, millis(now, since, up, able)));
            unownedSince = Optional.empty();
            reported = false;
            return;
        }
        unownedSince = Optional.of(unownedSince.orElse(now));
        long waited = millis(now, unownedSince.get(), up, able);
        if (!reported && waited > longest.toMillis()) {
            long wall = System.currentTimeMillis();
            long late = lag.stalled(wall - waited, wall);
            String said = "no machine that can do its work has owned the journal for " + waited + " ms (" + late
                    + " ms of them processes waited for a processor); the database says " + owner;
            if (waited - longest.toMillis() > late) {
                violations.add(said);
            } else {
                excused.add(said);
            }
            reported = true;
        }
    }

    /** Returns how long a machine could have taken the journal. */
    private static long millis(long now, long unowned, long up, long able) {
        return (now - Math.max(unowned, Math.max(up, able))) / 1_000_000;
    }

    /** Returns the machine whose process owns the journal. */
    synchronized Optional<Machine> owner() {
        return owning;
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    /** Returns what was only right because this machine was busy. */
    synchronized List<String> excused() {
        return List.copyOf(excused);
    }

    synchronized String told() {
        return takeOvers + " changes of the owner, the longest time without one that could work " + longestMillis
                + " ms";
    }

    private void disconnect() {
        try {
            if (connection.isPresent()) {
                connection.get().close();
            }
        } catch (SQLException broken) {
            // It is not used again.
        }
        connection = Optional.empty();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(5000);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        disconnect();
    }
}
