package org.catalogdrop.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The files of a folder whose size and time have not changed for a while. Safe for many threads. */
final class SettledFiles {

    private record Seen(long size, long modified, long sinceNanos) {}

    private final Duration settle;
    private final Map<Path, Seen> seen = new HashMap<>();

    SettledFiles(Duration settle) {
        this.settle = settle;
    }

    /** Returns whether a file's size and time have settled. */
    boolean hasSettled(Path path) {
        try {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return now.isRegularFile() && hasSettled(path, now);
        } catch (IOException gone) {
            return false;
        }
    }

    private synchronized boolean hasSettled(Path path, BasicFileAttributes now) {
        Seen before = seen.get(path);
        if (before == null
                || before.size() != now.size()
                || before.modified() != now.lastModifiedTime().toMillis()) {
            seen.put(path, new Seen(now.size(), now.lastModifiedTime().toMillis(), System.nanoTime()));
            return settle.isZero();
        }
        return System.nanoTime() - before.sinceNanos() >= settle.toNanos();
    }

    /** Returns whether a file was looked at. */
    synchronized boolean isSeen(Path file) {
        return seen.containsKey(file);
    }

    /** Forgets files that have left the folder. A new file with the name of one of those is a new file. */
    synchronized void forgetOthers(Set<Path> there) {
        seen.keySet().retainAll(there);
    }
}
