package org.catalogdrop.input.stream;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropRefused;

/**
 * Unpacks gzip data (RFC 1952), one member after the other. The JDK's own stream ends silently at bytes after a member that are no
 * member, so the rows of a damaged second member would be lost. This one refuses them, except padding with zeros. Used by one thread.
 */
public final class Gunzip extends BlockStream {

    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private final InputStream packed;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] buffer = new byte[1 << 15];
    private int position;
    private int end;
    private boolean first = true;
    private boolean inMember;
    private boolean ended;

    public Gunzip(InputStream packed) {
        this.packed = packed;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (inMember || (!ended && openMember())) {
            int n = inflate(target, offset, length);
            if (n > 0) {
                crc.update(target, offset, n);
                return n;
            }
            if (inflater.finished()) {
                position = end - inflater.getRemaining();
                closeMember();
            } else if (inflater.needsDictionary()) {
                throw refused("it needs a preset dictionary, which gzip does not have");
            } else if (!fill()) {
                throw cutOff();
            } else {
                inflater.setInput(buffer, 0, end);
            }
        }
        ended = true;
        return -1;
    }

    private int inflate(byte[] target, int offset, int length) {
        try {
            return inflater.inflate(target, offset, length);
        } catch (DataFormatException e) {
            throw refused("the packed data is damaged");
        }
    }

    private boolean openMember() throws IOException {
        int c = next();
        while (c == 0 && !first) {
            c = next();
        }
        if (c < 0) {
            return false;
        }
        if (c != 0x1F || next() != 0x8B || next() != 8) {
            throw refused(first ? "it does not start like gzip data" : "data that is not gzip follows the first part");
        }
        int flags = need();
        skip(6);
        if ((flags & EXTRA) != 0) {
            skip(need() | need() << 8);
        }
        skipText((flags & NAME) != 0);
        skipText((flags & COMMENT) != 0);
        skip((flags & HEADER_CRC) != 0 ? 2 : 0);
        inflater.reset();
        inflater.setInput(buffer, position, end - position);
        crc.reset();
        first = false;
        inMember = true;
        return true;
    }

    private void closeMember() throws IOException {
        long sum = need4();
        long size = need4();
        if (sum != crc.getValue() || size != (inflater.getBytesWritten() & 0xFFFFFFFFL)) {
            throw refused("its checksum does not match, so some of the data is damaged");
        }
        inMember = false;
    }

    private void skipText(boolean present) throws IOException {
        while (present && need() != 0) {
            // A name or comment ends at a zero byte.
        }
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            need();
        }
    }

    private long need4() throws IOException {
        return need() | need() << 8 | need() << 16 | (long) need() << 24;
    }

    private int need() throws IOException {
        int c = next();
        if (c < 0) {
            throw cutOff();
        }
        return c;
    }

    private int next() throws IOException {
        return position < end || fill() ? buffer[position++] & 0xFF : -1;
    }

    private boolean fill() throws IOException {
        position = 0;
        end = Math.max(0, packed.read(buffer, 0, buffer.length));
        return end > 0;
    }

    private static DropRefused cutOff() {
        return refused("the packed data ends too early, so the file is truncated");
    }

    private static DropRefused refused(String what) {
        return new DropRefused(
                Code.BAD_GZIP,
                "The file is named .gz but cannot be unpacked: " + what + ". Pack the file again and drop it.");
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        packed.close();
    }
}
