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
 * The bytes of a file as they lie there, counted and summed as they are read. The digest by which a drop is known is taken once; the
 * passes after it check a CRC, since that costs a tenth.
 */
public final class RawBytes extends BlockStream {

    private final Path path;
    private final InputStream file;
    private final Optional<MessageDigest> digest;
    private final Checksum checksum = new CRC32C();
    // Volatile, since a progress bar looks at it from another thread.
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

    /** What the system says of a file that was opened does not name it. */
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

    /** Reads what is left. */
    public void toEnd() throws IOException {
        byte[] buffer = new byte[1 << 16];
        while (read(buffer, 0, buffer.length) >= 0) {
            // Reading is what counts and sums.
        }
    }

    /** Returns the SHA-256 of what was read, in hex digits. To be called once, of one that digests. */
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
