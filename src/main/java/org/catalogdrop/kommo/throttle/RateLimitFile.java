package org.catalogdrop.kommo.throttle;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.CRC32;

/**
 * The file through which all processes of a machine share the rate limit of one account. It is locked for a moment, read, and written
 * again. The system releases the lock when a process dies. The file has dates and counts and nothing secret, and every user of the
 * machine may write it, so its content is checked. If it cannot be used, the process continues with its own state and reports that once.
 * Safe for many threads.
 */
public final class RateLimitFile {

    private static final long MAGIC = 0x434450414345_0000L;
    private static final long VERSION = 2;
    private static final long VERSIONS = 0xffff;
    private static final int HEAD = 2 * Long.BYTES + Integer.BYTES;
    private static final int MOST_BYTES = 1 << 20;

    /** A file lock belongs to the whole process, so its threads need a lock of their own. */
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    /** The longest wait for the lock. Nobody holds it that long, unless the process was suspended meanwhile. */
    private static final long PATIENCE = Duration.ofSeconds(5).toNanos();

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final Set<PosixFilePermission> EVERYBODY = PosixFilePermissions.fromString("rw-rw-rw-");

    private final Path file;
    private final Consumer<String> report;
    private final ReentrantLock threads;
    private final AtomicBoolean reported = new AtomicBoolean();

    private RateLimitFile(Path file, Consumer<String> report) {
        this.file = file;
        this.report = report;
        this.threads = THREADS.computeIfAbsent(file, path -> new ReentrantLock(true));
    }

    /**
     * Returns the file of an account.
     *
     * @param folder the folder that all processes of the machine use
     * @param baseUrl the address of the account
     * @param report gets a message, once, if the file cannot be used
     */
    public static RateLimitFile of(Path folder, String baseUrl, Consumer<String> report) {
        URI account = URI.create(baseUrl);
        String host = account.getHost() == null ? "unknown" : account.getHost().toLowerCase(Locale.ROOT);
        String port = account.getPort() < 0 || account.getPort() == 443 ? "" : "-" + account.getPort();
        String name = host.replaceAll("[^a-z0-9.-]", "_") + port;
        return new RateLimitFile(folder.toAbsolutePath().resolve("catalog-drop-" + name + ".pace"), report);
    }

    /** The content of the file. */
    sealed interface Content {

        /** Nobody has written yet, or the machine was restarted since. */
        record None() implements Content {}

        /** A process was killed while it wrote, or is of another version, so nothing is known. */
        record Broken() implements Content {}

        /** The bytes that were written last. */
        record Known(ByteBuffer bytes) implements Content {}
    }

    /**
     * Locks the file and reads it. Close the result at once: all processes wait meanwhile.
     *
     * @param base identifies the clock of the dates
     * @param read gets the content, unless the file cannot be used
     * @param write returns the new content
     */
    Hold hold(long base, Consumer<Content> read, Supplier<ByteBuffer> write) {
        threads.lock();
        boolean interrupted = Thread.interrupted();
        Hold hold = new Hold(base, write, interrupted);
        try {
            hold.begin(read);
            reported.set(false);
        } catch (IOException | RuntimeException fault) {
            hold.giveUp(fault);
        }
        return hold;
    }

    /** The locked file. */
    final class Hold implements AutoCloseable {

        private final long base;
        private final Supplier<ByteBuffer> write;
        private boolean interrupted;
        private Optional<FileChannel> channel = Optional.empty();

        private Hold(long base, Supplier<ByteBuffer> write, boolean interrupted) {
            this.base = base;
            this.write = write;
            this.interrupted = interrupted;
        }

        private void begin(Consumer<Content> read) throws IOException {
            channel = Optional.of(lock());
            Content content;
            try {
                content = content(channel.get(), base);
            } catch (ClosedByInterruptException early) {
                interrupted |= Thread.interrupted();
                channel = Optional.of(lock());
                content = content(channel.get(), base);
            }
            read.accept(content);
        }

        private FileChannel lock() throws IOException {
            FileChannel opened = open();
            try {
                long end = System.nanoTime() + PATIENCE;
                for (long pause = 20_000; !isLocked(opened); pause = Math.min(2 * pause, 1_000_000)) {
                    if (System.nanoTime() > end) {
                        throw new IOException("another process has kept it locked for 5 seconds");
                    }
                    interrupted |= Thread.interrupted();
                    LockSupport.parkNanos(pause);
                }
                return opened;
            } catch (IOException | RuntimeException fault) {
                opened.close();
                throw fault;
            }
        }

        /** Writes the new content, and unlocks the file. */
        @Override
        public void close() {
            try {
                if (channel.isPresent()) {
                    ByteBuffer bytes = framed(write.get(), base);
                    try {
                        write(channel.get(), bytes);
                    } catch (ClosedByInterruptException early) {
                        interrupted |= Thread.interrupted();
                        channel = Optional.of(lock());
                        write(channel.get(), bytes.rewind());
                    }
                }
            } catch (IOException | RuntimeException fault) {
                giveUp(fault);
            } finally {
                release();
                threads.unlock();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private void giveUp(Exception fault) {
            release();
            if (reported.compareAndSet(false, true)) {
                report.accept(
                        "The rate limit of the account is not shared with other processes of this machine: file " + file
                                + " cannot be used (" + fault
                                + "). Do not run two commands at once for this account, or the API blocks it."
                                + " Delete the file, or set kommo.pace-folder to a folder that every user of this program may write to.");
            }
        }

        private void release() {
            try {
                if (channel.isPresent()) {
                    channel.get().close();
                }
            } catch (IOException ended) {
                // The lock ends with the channel.
            }
            channel = Optional.empty();
        }
    }

    private static boolean isLocked(FileChannel opened) throws IOException {
        try {
            FileLock lock = opened.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException byAnotherLoader) {
            return false;
        }
    }

    /** Opens the file itself, never the target of a link: in a folder for everybody, somebody may have put one there. */
    private FileChannel open() throws IOException {
        for (int i = 0; ; i++) {
            try {
                BasicFileAttributes found =
                        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (!found.isRegularFile() || found.size() > MOST_BYTES) {
                    throw new IOException("it is not a file of this program");
                }
                return FileChannel.open(
                        file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            } catch (NoSuchFileException absent) {
                create();
            } catch (java.nio.file.AccessDeniedException notYet) {
                // The process that made it has not yet given everybody the right to open it.
                if (i >= 10) {
                    throw notYet;
                }
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private void create() throws IOException {
        Files.createDirectories(file.getParent());
        Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        FileAttribute<?>[] rights = POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(EVERYBODY)}
                : new FileAttribute<?>[0];
        try {
            FileChannel.open(file, options, rights).close();
            if (POSIX) {
                // The umask has removed some rights.
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .setPermissions(EVERYBODY);
            }
        } catch (FileAlreadyExistsException another) {
            // The name is taken.
        }
    }

    private static Content content(FileChannel from, long base) throws IOException {
        int size = (int) Math.min(from.size(), MOST_BYTES);
        if (size == 0) {
            return new Content.None();
        }
        ByteBuffer all = ByteBuffer.allocate(size);
        while (all.hasRemaining() && from.read(all, all.position()) >= 0) {
            // Until it is read.
        }
        all.flip();
        long mark = all.remaining() < HEAD ? 0 : all.getLong();
        if ((mark & ~VERSIONS) != MAGIC) {
            throw new IOException("it has other content");
        }
        if (mark != MAGIC + VERSION) {
            // It is from another version of this program: nothing is known.
            return new Content.Broken();
        }
        boolean comparable = all.getLong() == base;
        int length = all.getInt();
        if (length < 0 || length > all.remaining() - Long.BYTES) {
            return new Content.Broken();
        }
        ByteBuffer bytes = all.slice(HEAD, length);
        if (all.getLong(HEAD + length) != sum(bytes)) {
            return new Content.Broken();
        }
        return comparable ? new Content.Known(bytes) : new Content.None();
    }

    private static ByteBuffer framed(ByteBuffer bytes, long base) {
        ByteBuffer framed = ByteBuffer.allocate(HEAD + bytes.remaining() + Long.BYTES);
        framed.putLong(MAGIC + VERSION).putLong(base).putInt(bytes.remaining());
        framed.put(bytes.duplicate()).putLong(sum(bytes));
        return framed.flip();
    }

    private static long sum(ByteBuffer bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes.duplicate());
        return sum.getValue();
    }

    private static void write(FileChannel to, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            to.write(bytes, bytes.position());
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
