package org.catalogdrop.intake;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.RunHalted;

/** A file opened for one pass: its raw bytes and, made of them, its text without packing and byte order mark. */
final class Source implements Closeable {

    private final RawBytes raw;
    private final InputStream unpacked;
    private final Guard text;

    private Source(RawBytes raw, InputStream unpacked, Guard text) {
        this.unpacked = unpacked;
        this.raw = raw;
        this.text = text;
    }

    /** @throws DropRefused if the file is gone, or its first bytes are not those of UTF-8 text */
    static Source open(Path path, boolean gzip, Limits limits) {
        RawBytes raw = raw(path, false);
        try {
            InputStream unpacked = gzip ? new Gunzip(raw) : raw;
            // The limit is against small files that unpack to huge ones; the size of a plain file is no surprise.
            Guard text =
                    new Guard(withoutMark(unpacked), gzip ? limits.unpackedBytes() : Long.MAX_VALUE, limits.rowBytes());
            return new Source(raw, unpacked, text);
        } catch (IOException e) {
            throw closing(raw, unreadable(e));
        } catch (DropRefused e) {
            throw closing(raw, e);
        }
    }

    static RawBytes raw(Path path, boolean digests) {
        try {
            return new RawBytes(path, digests);
        } catch (NoSuchFileException e) {
            throw gone();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static InputStream withoutMark(InputStream unpacked) throws IOException {
        byte[] head = unpacked.readNBytes(Magic.LENGTH);
        Magic.refusal(head).ifPresent(refusal -> {
            throw refusal;
        });
        boolean marked = head.length >= 3 && head[0] == (byte) 0xEF && head[1] == (byte) 0xBB && head[2] == (byte) 0xBF;
        int skip = marked ? 3 : 0;
        PushbackInputStream text = new PushbackInputStream(unpacked, Magic.LENGTH);
        text.unread(head, skip, head.length - skip);
        return text;
    }

    private static <E extends RuntimeException> E closing(RawBytes raw, E failure) {
        try {
            raw.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    /** The refusal of a file that was taken away. */
    static DropRefused gone() {
        return new DropRefused(Code.CHANGED, "The file is not there (any more). Drop it again if it is to be loaded.");
    }

    /** The halt for a file that cannot be read for a reason outside of it. */
    static RunHalted unreadable(IOException cause) {
        RunHalted halted = cause instanceof ClosedByInterruptException
                ? new RunHalted(Code.STOPPED, "The reading of the file was stopped; the next run goes on.")
                : new RunHalted(
                        Code.DISK,
                        "The file cannot be read: " + cause
                                + ". Check the disk and the rights of the file; the next run tries again.");
        halted.initCause(cause);
        return halted;
    }

    Guard text() {
        return text;
    }

    RawBytes raw() {
        return raw;
    }

    @Override
    public void close() throws IOException {
        unpacked.close();
    }
}
