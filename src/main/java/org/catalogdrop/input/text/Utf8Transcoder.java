package org.catalogdrop.input.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.catalogdrop.input.stream.BlockStream;

/**
 * Converts text of any charset to UTF-8. A byte that is invalid in the charset becomes a byte that is never valid in UTF-8, so that its
 * row is found and rejected. Used by one thread.
 */
final class Utf8Transcoder extends BlockStream {

    private static final int BLOCK = 1 << 13;

    private final InputStream source;
    private final CharsetDecoder decoder;
    private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
    private final ByteBuffer in = ByteBuffer.allocate(BLOCK).limit(0);
    private final CharBuffer characters = CharBuffer.allocate(BLOCK);
    /** Space for three bytes a character and an invalid one. */
    private final ByteBuffer out = ByteBuffer.allocate(3 * BLOCK + 1).limit(0);

    private boolean ended;
    private boolean flushed;

    Utf8Transcoder(InputStream source, Charset charset) {
        this.source = source;
        this.decoder = charset.newDecoder();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!out.hasRemaining()) {
            if (flushed) {
                return -1;
            }
            refill();
        }
        int n = Math.min(length, out.remaining());
        out.get(buffer, offset, n);
        return n;
    }

    private void refill() throws IOException {
        if (!ended) {
            in.compact();
            int n = source.read(in.array(), in.position(), in.remaining());
            ended = n < 0;
            in.position(in.position() + Math.max(0, n)).flip();
        }
        CoderResult result = decoder.decode(in, characters, ended);
        if (result.isUnderflow() && ended) {
            flushed = decoder.flush(characters).isUnderflow();
        }
        characters.flip();
        out.clear();
        // A high surrogate at the end waits for its other half.
        encoder.encode(characters, out, flushed);
        characters.compact();
        if (result.isError()) {
            int octet = in.get() & 0xFF;
            in.position(in.position() + result.length() - 1);
            out.put((byte) (octet >= 0x80 && octet < 0xC0 ? octet : 0xFF));
        }
        out.flip();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
