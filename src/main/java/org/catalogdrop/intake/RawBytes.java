package org.catalogdrop.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The bytes of a file as they lie there, counted and digested as they are read. */
final class RawBytes extends InputStream {

    private final InputStream file;
    private final MessageDigest digest;
    // Volatile, since a progress bar looks at it from another thread.
    private volatile long count;

    RawBytes(Path path) throws IOException {
        digest = sha256();
        file = Files.newInputStream(path);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int n = file.read(buffer, offset, length);
        if (n > 0) {
            digest.update(buffer, offset, n);
            count = count + n;
        }
        return n;
    }

    long count() {
        return count;
    }

    /** Reads what is left and gives the digest of the whole file, in hex digits. To be called once. */
    String digestToEnd() throws IOException {
        byte[] buffer = new byte[1 << 16];
        while (read(buffer, 0, buffer.length) >= 0) {
            // Reading is what counts and digests.
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
