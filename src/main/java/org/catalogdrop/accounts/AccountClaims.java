package org.catalogdrop.accounts;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.catalogdrop.config.Folders;
import org.catalogdrop.config.Settings;

/**
 * Which account has which folders and which Kommo account. Two that mean the same one are both refused, since nobody knows whose it is;
 * one that has it already keeps it. So an account says what it means before any takes its own. Safe for many threads.
 */
public final class AccountClaims {

    /** How long an account waits for others whose settings cannot be read, such as those on a disk that does not answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final class Claim {
        private boolean reading;
        private boolean taken;
        private Optional<Settings> settings = Optional.empty();

        private Map<String, Path> folders() {
            return settings.map(Settings::folders).map(AccountClaims::byKey).orElse(Map.of());
        }

        private Optional<String> address() {
            return settings.map(one -> URI.create(one.api().baseUrl()))
                    .map(url -> url.getHost().toLowerCase(Locale.ROOT)
                            + (url.getPort() < 0 || url.getPort() == 443 ? "" : ":" + url.getPort()));
        }
    }

    private final Map<String, Claim> claims = new TreeMap<>();

    /** Returns what each account shares with another one. */
    public static Map<String, List<String>> faults(Map<String, Settings> accounts) {
        AccountClaims all = new AccountClaims();
        accounts.forEach((name, settings) -> all.mean(name, Optional.of(settings)));
        Map<String, List<String>> faults = new TreeMap<>();
        accounts.keySet().forEach(name -> {
            List<String> found = all.faults(name);
            if (!found.isEmpty()) {
                faults.put(name, found);
            }
        });
        return faults;
    }

    /** Records that the settings of an account are being read, so that others wait for what it means. */
    synchronized void read(String account) {
        claims.computeIfAbsent(account, name -> new Claim()).reading = true;
    }

    /**
     * Records what an account means by its settings; nothing if they cannot be used.
     *
     * @return whether it meant something else before, which another account may have now
     */
    synchronized boolean mean(String account, Optional<Settings> settings) {
        Claim claim = claims.computeIfAbsent(account, name -> new Claim());
        claim.reading = false;
        Map<String, Path> folders = claim.folders();
        Optional<String> address = claim.address();
        boolean meant = claim.settings.isPresent();
        claim.settings = settings;
        notifyAll();
        return meant && !(folders.equals(claim.folders()) && address.equals(claim.address()));
    }

    private static Map<String, Path> byKey(Settings.Folders folders) {
        return Map.of(
                "drop.inbox", folders.inbox(),
                "drop.outbox", folders.outbox(),
                "drop.archive", folders.archive(),
                "drop.refused", folders.refused(),
                "drop.state", folders.state());
    }

    /**
     * Takes what an account means, unless another account has some of it or means it too.
     *
     * @return what is wrong; empty if the account has it now
     */
    synchronized List<String> take(String account) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (claims.values().stream().anyMatch(claim -> claim.reading) && System.nanoTime() - end < 0) {
            wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        }
        List<String> faults = faults(account);
        claims.get(account).taken = faults.isEmpty();
        return faults;
    }

    private synchronized List<String> faults(String account) {
        Claim own = claims.get(account);
        List<String> faults = new ArrayList<>();
        claims.forEach((other, claim) -> {
            if (!other.equals(account)) {
                faults.addAll(shared(own, other, claim));
            }
        });
        return faults;
    }

    private static List<String> shared(Claim own, String other, Claim claim) {
        List<String> faults = new ArrayList<>();
        String state = claim.taken ? ", which is running" : "";
        new TreeMap<>(own.folders())
                .forEach((key, folder) -> new TreeMap<>(claim.folders()).forEach((otherKey, its) -> {
                    if (Folders.overlap(folder, its)) {
                        faults.add(key + " = '" + folder
                                + "': expected a folder that no other account has; it is, or is in, or has in it "
                                + otherKey + " of the account " + other + " ('" + its + "')" + state);
                    }
                }));
        if (own.address().isPresent() && own.address().equals(claim.address())) {
            faults.add("kommo.base-url = '" + own.settings.orElseThrow().api().baseUrl()
                    + "': expected a Kommo account that no other file names; it is that of the account " + other + state
                    + ". Two journals do not know of each other's elements and could make some twice. Use one file for each Kommo"
                    + " account; mapping files can load each drop to a list of its own");
        }
        return faults;
    }

    /** Records that an account does not use now what it means. */
    synchronized void release(String account) {
        Optional.ofNullable(claims.get(account)).ifPresent(claim -> claim.taken = false);
    }

    /** Forgets an account that does not exist any more. */
    synchronized void forget(String account) {
        claims.remove(account);
        notifyAll();
    }
}
