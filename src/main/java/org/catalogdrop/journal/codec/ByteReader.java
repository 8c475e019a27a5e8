package org.catalogdrop.journal.codec;

import java.nio.charset.StandardCharsets;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;

/** Reads what {@link ByteWriter} wrote. Anything else halts the run, because a guess could load a row twice. Used by one thread. */
public final class ByteReader {
    private final byte[] bytes;
    private int next;

    public ByteReader(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean hasMore() {
        return next < bytes.length;
    }

    public long unsigned() {
        long number = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (next >= bytes.length) {
                throw broken("ends early");
            }
            byte part = bytes[next++];
            number |= (long) (part & 0x7F) << shift;
            if (part >= 0) {
                return number;
            }
        }
        throw broken("has a number of more than 64 bits");
    }

    long signed() {
        long number = unsigned();
        return (number >>> 1) ^ -(number & 1);
    }

    public String text() {
        long length = unsigned();
        if (length < 0 || length > bytes.length - next) {
            throw broken("has a text longer than itself");
        }
        String text = new String(bytes, next, (int) length, StandardCharsets.UTF_8);
        next += (int) length;
        return text;
    }

    public static RunHalted broken(String how) {
        return new RunHalted(
                Code.JOURNAL,
                "The journal is damaged: the record of a request " + how + ". Nothing more is sent and nothing was"
                        + " deleted; restore the state folder from a backup, or ask for help with a copy of it.");
    }
}
