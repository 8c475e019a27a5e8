package org.catalogdrop.input.stream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * The bytes of a file as they are on disk, counted and summed while they are read. The digest that identifies a drop is computed once;
 * later passes compare a CRC, which costs a tenth. Used by one thread; only the count may be read by others.
 */
public final class RawBytes extends BlockStream {

    private final Path path;
    private final InputStream file;
    private final Optional<MessageDigest> digest;
    private final Checksum checksum = new CRC32C();
    // Volatile, because a progress bar reads it on another thread.
    private volatile long count;

    public RawBytes(Path path, boolean digests) throws IOException {
        digest = digests ? Optional.of(sha256()) : Optional.empty();
        this.path = path;
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
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int n = readFile(buffer, offset, length);
        if (n > 0) {
            checksum.update(buffer, offset, n);
            if (digest.isPresent()) {
                digest.get().update(buffer, offset, n);
            }
            count = count + n;
        }
        return n;
    }

    /** Reads from the file, and names it in exceptions: the system's message about an open file does not. */
    private int readFile(byte[] buffer, int offset, int length) throws IOException {
        try {
            return file.read(buffer, offset, length);
        } catch (ClosedChannelException stopped) {
            throw stopped;
        } catch (IOException fault) {
            FileSystemException named = new FileSystemException(path.toString(), null, fault.getMessage());
            named.initCause(fault);
            throw named;
        }
    }

    public long count() {
        return count;
    }

    /** Reads the rest. */
    public void toEnd() throws IOException {
        byte[] buffer = new byte[1 << 16];
        while (read(buffer, 0, buffer.length) >= 0) {
            // Reading counts and sums.
        }
    }

    /** Returns the SHA-256 of what was read, in hex digits. Call it once, and only if digesting was asked for. */
    public String digest() {
        return HexFormat.of().formatHex(digest.orElseThrow().digest());
    }

    /** Returns the CRC-32C of what was read. */
    public long checksum() {
        return checksum.getValue();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
