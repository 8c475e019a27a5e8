package org.catalogdrop.kommo.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.kommo.Secret;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;

/**
 * The file with the pair of tokens: JSON, readable only by its owner (mode 600), always replaced as a whole. It names its account and
 * integration, so that a pair is never sent elsewhere. Safe for many threads and processes.
 */
public final class TokenFile {

    private static final String LOGIN = " Get a pair of tokens, then run again to resume.";

    private static final String PART = ".part";

    /** More than a pair needs; its tokens have some 1000 characters each. */
    private static final int ROOM = 64 << 10;

    private final ObjectMapper json = new ObjectMapper();
    private final Path file;
    private final String account;
    private final String clientId;

    /**
     * @param file absolute; need not exist yet
     * @param account the account's address, {@code kommo.base-url}
     * @param clientId the integration's id
     */
    public TokenFile(Path file, String account, String clientId) {
        this.file = file;
        this.account = account;
        this.clientId = clientId;
    }

    public Path path() {
        return file;
    }

    /**
     * Returns the pair in the file.
     *
     * @throws RunHalted if there is none, or none for this account and integration; the message says what to do
     */
    public TokenPair read() {
        try {
            JsonNode kept = json.readTree(Files.readAllBytes(file));
            check("account", kept, account);
            check("client_id", kept, clientId);
            return new TokenPair(
                    new Secret(text(kept, "access_token")),
                    new Secret(text(kept, "refresh_token")),
                    Instant.parse(text(kept, "obtained_at")),
                    Duration.ofSeconds(Math.max(0, Long.parseLong(text(kept, "expires_in")))));
        } catch (NoSuchFileException none) {
            throw new RunHalted(Code.UNAUTHORIZED, "there are no tokens yet in " + file + "." + LOGIN);
        } catch (IOException | NumberFormatException | DateTimeException unreadable) {
            // Not the parser's message, which may quote what it read.
            throw new RunHalted(
                    Code.UNAUTHORIZED,
                    "the token file " + file + " cannot be read ("
                            + unreadable.getClass().getSimpleName() + ")." + LOGIN);
        }
    }

    private void check(String key, JsonNode kept, String expected) throws IOException {
        String found = text(kept, key);
        if (!found.equals(expected)) {
            throw new RunHalted(
                    Code.UNAUTHORIZED,
                    "the tokens in " + file + " are of " + key + " " + found + ", the settings say " + expected
                            + ". Set another kommo.token-file, or correct the settings." + LOGIN);
        }
    }

    private static String text(JsonNode kept, String key) throws IOException {
        String text = kept.path(key).asText("");
        if (text.isEmpty()) {
            throw new IOException(key + " is missing");
        }
        return text;
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
        Optional<TokenPair> left = new TokenFile(part, account, clientId).look();
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
            FileChannel channel = TokenLock.create(part, StandardOpenOption.CREATE_NEW);
            try {
                write(channel, new byte[ROOM]);
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

    /** Syncs a folder, so that a new name is durable. Where folders cannot be opened (Windows) the file system must do so itself. */
    private static void sync(Path folder) throws IOException {
        if (folder.getFileSystem().getSeparator().equals("\\")) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void write(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        channel.force(true);
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
            Map<String, Object> kept = new LinkedHashMap<>();
            kept.put("account", account);
            kept.put("client_id", clientId);
            kept.put("obtained_at", pair.obtained().toString());
            kept.put("expires_in", pair.life().toSeconds());
            kept.put("expires_at", pair.expires().toString());
            kept.put("access_token", pair.access().reveal());
            kept.put("refresh_token", pair.refresh().reveal());
            try {
                byte[] text = json.writerWithDefaultPrettyPrinter().writeValueAsBytes(kept);
                channel.position(0);
                write(channel, text);
                channel.truncate(text.length);
                channel.force(true);
                Path target = real();
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
                sync(target.getParent());
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

    /** Returns the pair, if there is one that can be read. */
    public Optional<TokenPair> look() {
        try {
            return Optional.of(read());
        } catch (RunHalted none) {
            return Optional.empty();
        }
    }
}
