package org.catalogdrop.input.text;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.catalogdrop.input.stream.Magic;
import org.catalogdrop.input.stream.RawBytes;
import org.catalogdrop.input.stream.ReadFaults;
import org.catalogdrop.model.DropRefused;

/** A file opened for one pass: its raw bytes and its text without packing and byte order mark. Used by one thread. */
public final class DropSource implements Closeable {

    private final RawBytes raw;
    private final InputStream unpacked;
    private final LimitedInput text;

    private DropSource(RawBytes raw, InputStream unpacked, LimitedInput text) {
        this.unpacked = unpacked;
        this.raw = raw;
        this.text = text;
    }

    /** @throws DropRefused if the file is gone, or its first bytes are not those of text */
    public static DropSource open(DecodingStack layers) {
        Object before = layers.isArchive() ? identity(layers.file()) : "";
        RawBytes raw = raw(layers.file(), false);
        try {
            InputStream unpacked = layers.unpack(raw);
            // A file that is read through its directory is opened a second time. That must be the same file.
            if (layers.isArchive() && !before.equals(identity(layers.file()))) {
                unpacked.close();
                throw ReadFaults.fileNotFound();
            }
            InputStream plain = withoutMark(unpacked, layers.charset());
            InputStream utf8 = layers.charset().equals(StandardCharsets.UTF_8)
                    ? plain
                    : new Utf8Transcoder(plain, layers.charset());
            if (!layers.workbook()) {
                utf8 = below(utf8, layers.table().linesAbove());
            }
            // The limit is against small files that unpack to huge ones. It does not apply to plain files.
            long most = layers.grows() ? layers.limits().unpackedBytes() : Long.MAX_VALUE;
            return new DropSource(
                    raw, unpacked, new LimitedInput(utf8, most, layers.limits().rowBytes()));
        } catch (IOException e) {
            throw closing(raw, ReadFaults.unreadable(e));
        } catch (DropRefused e) {
            throw closing(raw, e);
        }
    }

    /** Returns something that another file in the same place does not have. */
    private static Object identity(Path path) {
        try {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
            return List.of(file.size(), file.lastModifiedTime(), String.valueOf(file.fileKey()));
        } catch (NoSuchFileException e) {
            throw ReadFaults.fileNotFound();
        } catch (IOException e) {
            throw ReadFaults.unreadable(e);
        }
    }

    public static RawBytes raw(Path path, boolean digests) {
        try {
            return new RawBytes(path, digests);
        } catch (NoSuchFileException e) {
            throw ReadFaults.fileNotFound();
        } catch (IOException e) {
            throw ReadFaults.unreadable(e);
        }
    }

    private static InputStream withoutMark(InputStream unpacked, Charset charset) throws IOException {
        byte[] head = unpacked.readNBytes(Magic.LENGTH);
        Magic.refusal(head).ifPresent(refusal -> {
            throw refusal;
        });
        int skip = ByteOrderMark.of(head)
                .filter(mark -> mark.charset().equals(charset))
                .map(ByteOrderMark::length)
                .orElse(0);
        PushbackInputStream text = new PushbackInputStream(unpacked, Magic.LENGTH);
        text.unread(head, skip, head.length - skip);
        return text;
    }

    /** Returns the text without its first lines, which need not be CSV. */
    private static InputStream below(InputStream text, int lines) throws IOException {
        PushbackInputStream rest = new PushbackInputStream(text, 1);
        for (int left = lines; left > 0; ) {
            int octet = rest.read();
            if (octet == '\r') {
                int next = rest.read();
                if (next >= 0 && next != '\n') {
                    rest.unread(next);
                }
            }
            left = octet < 0 ? 0 : octet == '\n' || octet == '\r' ? left - 1 : left;
        }
        return lines == 0 ? text : rest;
    }

    private static <E extends RuntimeException> E closing(RawBytes raw, E failure) {
        try {
            raw.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    public LimitedInput text() {
        return text;
    }

    public RawBytes raw() {
        return raw;
    }

    @Override
    public void close() throws IOException {
        try {
            unpacked.close();
        } finally {
            raw.close();
        }
    }
}
