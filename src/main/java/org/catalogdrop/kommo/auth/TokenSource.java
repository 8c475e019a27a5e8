package org.catalogdrop.kommo.auth;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.catalogdrop.kommo.Secret;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;

/** The source of the access token. */
public sealed interface TokenSource {

    /** A long-lived token, from the settings. */
    record Fixed(Secret token) implements TokenSource {}

    /** A token in a file that another program maintains. It is read for each request, so that a new token is used at once. */
    record InFile(Path file) implements TokenSource {

        private static final int LONGEST_TOKEN = 64 << 10;
        /** Another program may empty the file before it writes a token into it. So an empty file is read again this many times. */
        private static final int LOOKS_AT_AN_EMPTY_FILE = 10;

        private static final long LOOK_AGAIN_MILLIS = 20;

        /**
         * Reads the token. It takes some 20 µs, so nothing is cached and no time stamp is compared.
         *
         * @throws RunHalted UNAUTHORIZED if the file cannot be read or has no token
         */
        public Secret read() throws InterruptedException {
            for (int look = 0; look < LOOKS_AT_AN_EMPTY_FILE; look++) {
                if (look > 0) {
                    Thread.sleep(LOOK_AGAIN_MILLIS);
                }
                try (InputStream in = Files.newInputStream(file)) {
                    String read = new String(in.readNBytes(LONGEST_TOKEN), StandardCharsets.UTF_8);
                    String text = read.replace("\uFEFF", "").strip();
                    if (!text.isEmpty() && Secret.isPrintable(text)) {
                        return new Secret(text);
                    }
                } catch (IOException unreadable) {
                    throw new RunHalted(
                            Code.UNAUTHORIZED,
                            "the token file " + file + " cannot be read ("
                                    + unreadable.getClass().getSimpleName()
                                    + "). Put it back, then run again to resume.");
                }
            }
            throw new RunHalted(
                    Code.UNAUTHORIZED,
                    "the token file " + file
                            + " has no token on a line of its own. Put it there, then run again to resume.");
        }
    }

    /**
     * A pair of tokens that we renew and keep.
     *
     * @param file the file with the pair, absolute; empty if the pair is in the database of the journal
     * @param integration the client that requests it
     */
    record Rotating(Optional<Path> file, Integration integration) implements TokenSource {}
}
