package org.catalogdrop.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catalogdrop.journal.store.JournalFaults;
import org.catalogdrop.journal.store.ProcessName;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;

/** The lock of the one process that may use a folder. The system releases it when the process dies, however it dies. */
public final class Ownership implements AutoCloseable {

    /** The kinds of folders that are locked. */
    public enum Kind {
        STATE(
                "state folder",
                "catalog-drop.lock",
                "Only one process at a time may use it. Wait for that process or stop it. For another account, set drop.home to"
                        + " another folder."),
        /** The name of its lock is hidden, so that it is no drop. */
        INBOX(
                "inbox",
                ".catalog-drop.lock",
                "One process at a time may take drops from it. Wait for that one or stop it, or set drop.inbox to another folder.");

        private final String word;
        private final String file;
        private final String advice;

        Kind(String word, String file, String advice) {
            this.word = word;
            this.file = file;
            this.advice = advice;
        }

        /** Returns the name of the lock's file in the folder. */
        public String file() {
            return file;
        }
    }

    /** Far after the text, because some systems keep others from reading what is locked. */
    private static final long PLACE = Long.MAX_VALUE - 1;

    /** A process that only asks for the owner has the lock for a moment. */
    private static final int ATTEMPTS = 3;

    private static final long BETWEEN_MILLIS = 20;

    /**
     * The folders of this process, with their owner's text. It is checked before the file is opened: on POSIX systems, closing any handle
     * of a file releases all locks that the process has on it.
     */
    private static final Map<Path, String> OURS = new ConcurrentHashMap<>();

    /** Files with a lock of another class loader in this process: closing them would release it. */
    private static final Queue<FileChannel> LEFT_OPEN = new ConcurrentLinkedQueue<>();

    private final Path folder;
    private final FileChannel channel;

    private Ownership(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Takes a folder for this process. Makes it if it does not exist.
     *
     * @throws RunHalted {@link Code#OWNED} if another process has it; the message names it
     */
    public static Ownership take(Kind kind, Path place, Instant now) {
        try {
            Path folder = Files.createDirectories(place).toRealPath();
            String owner = ProcessName.display() + " since " + now.truncatedTo(ChronoUnit.SECONDS);
            String before = OURS.putIfAbsent(folder, owner);
            if (before != null) {
                throw owned(kind, folder, before + " (this process)");
            }
            boolean taken = false;
            try {
                Ownership ownership = new Ownership(folder, lock(kind, folder));
                taken = true;
                ownership.sign(owner);
                return ownership;
            } finally {
                if (!taken) {
                    OURS.remove(folder);
                }
            }
        } catch (IOException fault) {
            throw JournalFaults.of(fault, place);
        }
    }

    /**
     * Who has a folder.
     *
     * @param name the process and host as a text
     * @param process the number of the process; empty if it is not known
     * @param host the machine it runs on, empty if that is not known
     * @param since when it took the folder, if that is known
     */
    public record Owner(String name, OptionalLong process, String host, Optional<Instant> since) {

        private static final Pattern FORM = Pattern.compile("process (\\d+) on host (.*) since (\\S+)");

        /** Returns whether it is a process of this machine. */
        public boolean isHere() {
            return host.equals(ProcessName.host());
        }

        /** Returns the owner that a text names. */
        public static Owner of(String signed) {
            Matcher form = FORM.matcher(signed);
            return form.matches()
                    ? new Owner(
                            signed,
                            OptionalLong.of(Long.parseLong(form.group(1))),
                            form.group(2),
                            Optional.of(Instant.parse(form.group(3))))
                    : new Owner("another process", OptionalLong.empty(), "", Optional.empty());
        }
    }

    /** Returns the current owner of a folder, by the lock: the text that a process left when it died is ignored. */
    public static Optional<Owner> owner(Kind kind, Path place) {
        try {
            if (!Files.isRegularFile(place.resolve(kind.file))) {
                return Optional.empty();
            }
            Path folder = place.toRealPath();
            Optional<Owner> ours = Optional.ofNullable(OURS.get(folder)).map(Owner::of);
            return ours.isPresent() || !isLocked(folder.resolve(kind.file))
                    ? ours
                    : Optional.of(
                            Owner.of(Files.readString(folder.resolve(kind.file)).strip()));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean isLocked(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        boolean locked;
        try {
            locked = channel.tryLock(PLACE, 1, true) == null;
        } catch (OverlappingFileLockException otherClassLoader) {
            LEFT_OPEN.add(channel);
            return true;
        }
        channel.close();
        return locked;
    }

    private static FileChannel lock(Kind kind, Path folder) throws IOException {
        Path file = folder.resolve(kind.file);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                if (channel.tryLock(PLACE, 1, false) != null) {
                    return channel;
                }
                Thread.sleep(BETWEEN_MILLIS);
            }
        } catch (OverlappingFileLockException otherClassLoader) {
            LEFT_OPEN.add(channel);
            throw owned(kind, folder, "another Catalog Drop in this process");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        channel.close();
        throw owned(kind, folder, Files.readString(file).strip());
    }

    private void sign(String owner) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((owner + "\n").getBytes(StandardCharsets.UTF_8)), 0);
    }

    private static RunHalted owned(Kind kind, Path folder, String owner) {
        return new RunHalted(
                Code.OWNED,
                "The " + kind.word + " " + folder + " is in use by " + (owner.isEmpty() ? "another process" : owner)
                        + ". " + kind.advice);
    }

    /** Releases the folder. The file stays, because deleting it could take the lock from a process that has just opened it. */
    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try (channel) {
            channel.truncate(0);
        } catch (IOException fault) {
            // The lock ends with the channel, and at the latest with the process; the text means nothing without it.
        } finally {
            OURS.remove(folder);
        }
    }
}
