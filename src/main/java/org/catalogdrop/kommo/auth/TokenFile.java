package org.catalogdrop.kommo.auth;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;

/**
 * The file with the pair of tokens: JSON, readable only by its owner (mode 600), always replaced as a whole. It names its account and
 * integration, so that a pair is never sent elsewhere. Safe for many threads and processes.
 */
public final class TokenFile implements TokenStore {

    private static final String PART = ".part";

    /** More than a pair needs; its tokens have some 1000 characters each. */
    private static final int ROOM = 64 << 10;

    private final Path file;
    private final TokenText text;

    /** A new pair that could not be written to disk. */
    private volatile Optional<TokenPair> unsaved = Optional.empty();

    /**
     * @param file absolute; need not exist yet
     * @param account the account's address, {@code kommo.base-url}
     * @param clientId the integration's id
     */
    public TokenFile(Path file, String account, String clientId) {
        this.file = file;
        this.text = new TokenText(file.toString(), account, clientId);
    }

    public Path path() {
        return file;
    }

    @Override
    public String place() {
        return file.toString();
    }

    @Override
    public TokenPair read() {
        try {
            return text.read(Files.readAllBytes(file));
        } catch (NoSuchFileException none) {
            throw text.missing();
        } catch (IOException unreadable) {
            throw text.unreadable(unreadable);
        }
    }

    @Override
    public TokenTurn awaitTurn(Duration longest) throws InterruptedException {
        FileTurn turn = new FileTurn(lock(longest));
        boolean ready = false;
        try {
            if (unsaved.isPresent()) {
                turn.reserve();
                turn.fill(unsaved.get());
            }
            ready = true;
            return turn;
        } finally {
            if (!ready) {
                turn.close();
            }
        }
    }

    /** The lock of the file, and the room for a new pair beside it. */
    private final class FileTurn implements TokenTurn {

        private final TokenLock lock;
        private Optional<Room> room = Optional.empty();

        private FileTurn(TokenLock lock) {
            this.lock = lock;
        }

        @Override
        public void reserve() {
            room = Optional.of(room());
        }

        @Override
        public void require() {
            // The lock is held as long as the process lives.
        }

        @Override
        public void fill(TokenPair pair) {
            unsaved = Optional.of(pair);
            room.orElseThrow().fill(pair);
            unsaved = Optional.empty();
            free();
        }

        @Override
        public void clear() {
            try {
                Files.deleteIfExists(real());
            } catch (IOException fault) {
                throw new RunHalted(
                        Code.DISK,
                        "the token file " + file + " cannot be deleted (" + fault
                                + "). Its tokens are kept elsewhere now. Delete it yourself.");
            }
        }

        private void free() {
            room.ifPresent(Room::close);
            room = Optional.empty();
        }

        @Override
        public void close() {
            free();
            lock.close();
        }
    }

    /** Keeps all others from renewing the pair until the lock is closed. */
    public TokenLock lock(Duration longest) throws InterruptedException {
        makeFolder();
        TokenLock lock = TokenLock.take(beside(".lock"), longest);
        boolean ready = false;
        try {
            finishLeft();
            ready = true;
            return lock;
        } finally {
            if (!ready) {
                lock.close();
            }
        }
    }

    /** Uses a pair that a process left behind if it died between writing and renaming. It may be the only valid one. */
    private void finishLeft() {
        Path part = beside(PART);
        if (!Files.exists(part)) {
            return;
        }
        Optional<TokenPair> left = new TokenFile(part, text.account(), text.clientId()).look();
        try {
            // A complete pair is the newer one, whatever the clocks say: nobody writes a pair before the one left
            // behind is in place.
            if (left.isPresent()) {
                Files.move(part, real(), StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.delete(part);
            }
        } catch (IOException fault) {
            throw new RunHalted(
                    Code.DISK,
                    part + " was left over and cannot be moved or deleted (" + fault
                            + "). Give this program the right to do that.");
        }
    }

    /** Returns the real file. A link stays a link, and its target is replaced. */
    private Path real() {
        try {
            return file.toRealPath();
        } catch (IOException notThere) {
            return file;
        }
    }

    private Path beside(String ending) {
        Path real = real();
        return real.resolveSibling(real.getFileName() + ending);
    }

    private void makeFolder() {
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException fault) {
            throw new RunHalted(
                    Code.DISK,
                    "the folder of the token file " + file + " cannot be created (" + fault + "). Create it yourself.");
        }
    }

    /**
     * Reserves disk space for a new pair; the caller has the lock. It is done before the API is asked, because the API then revokes the
     * old pair: a full disk or missing rights must be found while the old pair still works.
     */
    public Room room() {
        Path part = beside(PART);
        try {
            FileChannel channel = PrivateFile.create(part, StandardOpenOption.CREATE_NEW);
            try {
                PrivateFile.write(channel, new byte[ROOM]);
                return new Room(part, channel);
            } catch (IOException full) {
                channel.close();
                Files.deleteIfExists(part);
                throw full;
            }
        } catch (IOException fault) {
            throw new RunHalted(
                    Code.DISK,
                    "no new tokens were requested, because they cannot be stored beside " + file + " (" + fault
                            + "). Make room or give this program the right to write there, then run again to resume.");
        }
    }

    /** Reserved disk space for one pair. If it is closed without being filled, nothing has changed. */
    public final class Room implements AutoCloseable {

        private final Path part;
        private final FileChannel channel;

        private Room(Path part, FileChannel channel) {
            this.part = part;
            this.channel = channel;
        }

        /** Replaces the old pair. When this returns, the new one survives a power cut. */
        public void fill(TokenPair pair) {
            try {
                byte[] bytes = text.write(pair);
                channel.position(0);
                PrivateFile.write(channel, bytes);
                channel.truncate(bytes.length);
                channel.force(true);
                Path target = real();
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
                PrivateFile.sync(target.getParent());
            } catch (IOException fault) {
                throw new RunHalted(
                        Code.DISK,
                        "new tokens came but cannot be written to " + file + " (" + fault
                                + "). This process keeps them in memory and tries again. If it ends before that, a new pair is needed.");
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
                Files.deleteIfExists(part);
            } catch (IOException left) {
                // The next owner of the lock removes it.
            }
        }
    }
}
