package org.catalogdrop.accounts;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.catalogdrop.config.Folders;
import org.catalogdrop.config.Settings;

/**
 * Which account has which folders. Two accounts that mean the same folder are both refused, since nobody knows whose it is; one that has
 * it already keeps it. So an account says which folders it means before any takes its own. Safe for many threads.
 */
public final class FolderClaims {

    /** How long an account waits for others whose settings cannot be read, such as those on a disk that does not answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final class Claim {
        private boolean reading;
        private boolean taken;
        private Map<String, Path> folders = Map.of();
    }

    private final Map<String, Claim> claims = new TreeMap<>();

    /** Returns what is wrong with the folders of each account that shares some with another one. */
    public static Map<String, List<String>> faults(Map<String, Settings> accounts) {
        FolderClaims all = new FolderClaims();
        accounts.forEach((name, settings) -> all.mean(name, Optional.of(settings.folders())));
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
     * Records which folders an account means; none if its settings cannot be used.
     *
     * @return whether it meant others before, so that another account may have its folders now
     */
    synchronized boolean mean(String account, Optional<Settings.Folders> folders) {
        Claim claim = claims.computeIfAbsent(account, name -> new Claim());
        claim.reading = false;
        Map<String, Path> before = claim.folders;
        claim.folders = folders.map(FolderClaims::byKey).orElse(Map.of());
        notifyAll();
        return !before.isEmpty() && !before.equals(claim.folders);
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
     * Takes the folders that an account means, unless another account has them or means them too.
     *
     * @return what is wrong; empty if the account has its folders now
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
        new TreeMap<>(own.folders).forEach((key, folder) -> new TreeMap<>(claim.folders).forEach((otherKey, its) -> {
            if (Folders.overlap(folder, its)) {
                faults.add(key + " = '" + folder
                        + "': expected a folder that no other account has; it is, or is in, or has in it "
                        + otherKey + " of the account " + other + " ('" + its + "')"
                        + (claim.taken ? ", which is running" : ""));
            }
        }));
        return faults;
    }

    /** Records that an account does not use its folders now. It means them still. */
    synchronized void release(String account) {
        Optional.ofNullable(claims.get(account)).ifPresent(claim -> claim.taken = false);
    }

    /** Forgets an account that does not exist any more. */
    synchronized void forget(String account) {
        claims.remove(account);
        notifyAll();
    }
}
