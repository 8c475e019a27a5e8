package org.catalogdrop.journal.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes numbers and texts in few bytes: seven bits a byte, low ones first; signed numbers in zigzag, so that small ones stay short. Used
 * by one thread.
 */
public final class ByteWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);

    public void unsigned(long number) {
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    void signed(long number) {
        unsigned((number << 1) ^ (number >> 63));
    }

    public void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        unsigned(utf8.length);
        bytes.write(utf8, 0, utf8.length);
    }

    public byte[] toBytes() {
        return bytes.toByteArray();
    }
}
