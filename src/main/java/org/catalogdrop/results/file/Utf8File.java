package org.catalogdrop.results.file;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A file that is being written: digits, ASCII and UTF-8 go directly into a buffer. Used by one thread.
 *
 * <p>It is not a channel, because an interrupt closes a channel, and a stop must not lose the results.
 */
public final class Utf8File implements Closeable {

    private static final int SIZE = 1 << 16;
    private static final int DIGITS = 20;

    /** The JDK's replacement for a lone surrogate, and the character itself. */
    static final byte UNMAPPED = '?';

    private final Path path;
    private final FileOutputStream out;
    private final byte[] buffer = new byte[SIZE];
    private int at;
    private long flushed;

    public Utf8File(Path path) throws IOException {
        this.path = path;
        this.out = new FileOutputStream(path.toFile());
    }

    /** Writes a whole file; all of it is on disk when this returns. */
    public static void write(Path path, String text) throws IOException {
        try (Utf8File sink = new Utf8File(path)) {
            sink.text(text);
            sink.finish();
        }
    }

    public Path path() {
        return path;
    }

    /** Returns how many bytes were written. */
    public long written() {
        return flushed + at;
    }

    /** Writes bytes unchanged. */
    public Utf8File bytes(byte[] bytes, int from, int to) throws IOException {
        int length = to - from;
        if (length > SIZE - at) {
            flush();
        }
        if (length > SIZE) {
            out.write(bytes, from, length);
            flushed += length;
        } else {
            System.arraycopy(bytes, from, buffer, at, length);
            at += length;
        }
        return this;
    }

    public Utf8File put(int octet) throws IOException {
        if (at == SIZE) {
            flush();
        }
        buffer[at++] = (byte) octet;
        return this;
    }

    public Utf8File number(long value) throws IOException {
        if (value < 0) {
            return text(Long.toString(value));
        }
        if (at > SIZE - DIGITS) {
            flush();
        }
        int end = at + 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            end++;
        }
        long rest = value;
        for (int place = end - 1; place >= at; place--) {
            buffer[place] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        at = end;
        return this;
    }

    /** Writes text as UTF-8, except that invalid bytes are written as they were; see {@link #unit}. */
    public Utf8File text(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (byte octet : bytes) {
            if (octet == UNMAPPED) {
                return units(text);
            }
        }
        return bytes(bytes, 0, bytes.length);
    }

    private Utf8File units(String text) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            i += unit(text, i);
        }
        return this;
    }

    /**
     * Writes the code point at {@code i} and returns the number of chars that it has beyond one. A lone U+DC80…U+DCFF is written as its
     * byte; any other lone surrogate cannot be written in UTF-8 and becomes {@code ?}, as with the JDK's encoders.
     */
    int unit(String text, int i) throws IOException {
        int c = text.codePointAt(i);
        if (c < 0x80) {
            put(c);
        } else if (c < 0x800) {
            put(0xC0 | c >> 6).put(0x80 | (c & 0x3F));
        } else if (c > 0xFFFF) {
            put(0xF0 | c >> 18)
                    .put(0x80 | (c >> 12 & 0x3F))
                    .put(0x80 | (c >> 6 & 0x3F))
                    .put(0x80 | (c & 0x3F));
            return 1;
        } else if (SafeCell.isByte(c)) {
            put(c - 0xDC00);
        } else if (SafeCell.isSurrogate(c)) {
            put('?');
        } else {
            put(0xE0 | c >> 12).put(0x80 | (c >> 6 & 0x3F)).put(0x80 | (c & 0x3F));
        }
        return 0;
    }

    /** Ends the file: all of it is on disk when this returns. */
    public void finish() throws IOException {
        flush();
        out.getFD().sync();
        out.close();
    }

    /** Ends a file that need not survive this run, without a wait for the disk. */
    public void end() throws IOException {
        flush();
        out.close();
    }

    /** Releases the file; what is still in the buffer is lost. */
    @Override
    public void close() throws IOException {
        out.close();
    }

    private void flush() throws IOException {
        out.write(buffer, 0, at);
        flushed += at;
        at = 0;
    }
}
