package org.catalogdrop.shared;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.catalogdrop.journal.text.AccountTextLock;
import org.catalogdrop.journal.text.AccountTexts;
import org.catalogdrop.kommo.auth.PrivateFile;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A new pair of tokens that came while the database was away. It may be the only valid one. It waits in a file of the state folder, which
 * only its owner may read, and a thread writes it into the database when that is back. It replaces only the pair whose renewal gave it: if
 * somebody has logged in meanwhile, that pair stays. Safe for many threads.
 */
final class UnsavedTokens {

    private static final Logger LOG = LoggerFactory.getLogger(UnsavedTokens.class);

    /** More than a pair needs. */
    private static final int ROOM = 64 << 10;

    private static final Duration AGAIN = Duration.ofSeconds(2);
    private static final Duration LOCK = Duration.ofSeconds(20);

    private final ObjectMapper json = new ObjectMapper();
    private final Path file;
    private final AccountTexts texts;
    private final AtomicBoolean isFollowed = new AtomicBoolean();

    UnsavedTokens(Path file, AccountTexts texts) {
        this.file = file;
        this.texts = texts;
    }

    /** Makes sure that a pair could be kept here. */
    void reserve() {
        Path room = file.resolveSibling(file.getFileName() + ".room");
        try {
            new PrivateFile(room).write(new byte[ROOM]);
            Files.delete(room);
        } catch (IOException fault) {
            throw new RunHalted(
                    Code.DISK,
                    "no new tokens were requested, because they could not be kept in " + file.getParent()
                            + " if the database is away when they come (" + fault
                            + "). Make room or give this program the right to write there, then run again to resume.");
        }
    }

    /**
     * Keeps a pair that cannot be written into the database now.
     *
     * @param replaced the text of the pair that it replaces
     * @return the fault to report
     */
    RunHalted keep(String replaced, String next, RunHalted fault) {
        try {
            new PrivateFile(file).write(json.writeValueAsBytes(Map.of("replaces", digest(replaced), "tokens", next)));
        } catch (IOException full) {
            return new RunHalted(
                    Code.DISK,
                    "new tokens came but can be written neither to " + texts.place() + " (" + fault.getMessage()
                            + ") nor to " + file + " (" + full
                            + "). Get a pair of tokens, then run"
                            + " again to resume.");
        }
        follow();
        return new RunHalted(
                fault.problem().code(),
                "new tokens came but cannot be written to " + texts.place() + ". They are kept in " + file
                        + " and are written when the database is back: do not delete it. " + fault.getMessage());
    }

    private static String digest(String text) {
        return HexFormat.of().formatHex(Sha256.of(text));
    }

    /** Writes until it is written. */
    private void follow() {
        if (isFollowed.compareAndSet(false, true)) {
            Thread thread = new Thread(this::saveInTime, "catalog-drop-tokens");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void saveInTime() {
        try {
            while (Files.exists(file)) {
                Thread.sleep(AGAIN.toMillis());
                saveNow();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            isFollowed.set(false);
        }
    }

    private void saveNow() {
        try {
            save();
        } catch (RunHalted away) {
            LOG.debug("new tokens cannot be written to the database yet", away);
        }
    }

    /** Writes a pair that is kept, if there is one. */
    synchronized void save() {
        if (!Files.exists(file)) {
            return;
        }
        try (AccountTextLock lock = texts.lock(DatabaseTokens.NAME, LOCK, LOCK)) {
            JsonNode kept = json.readTree(Files.readAllBytes(file));
            if (kept.path("replaces").asText().equals(digest(lock.text()))) {
                lock.write(kept.path("tokens").asText());
                LOG.info("the new tokens are in {} now", texts.place());
            }
            Files.delete(file);
        } catch (IOException fault) {
            throw new RunHalted(
                    Code.DISK,
                    "the new tokens in " + file + " cannot be read or deleted (" + fault
                            + "). Give this program the right to do that, then run again to resume.");
        }
    }
}
