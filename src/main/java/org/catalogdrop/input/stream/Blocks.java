package org.catalogdrop.input.stream;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.LinkedHashMap;
import java.util.Map;

/** A file with random access; the blocks used last are cached. Used by one thread. */
public final class Blocks implements Closeable {

    private static final int SIZE = 1 << 14;
    private static final int KEPT = 128;

    private final FileChannel channel;
    private final Map<Long, byte[]> blocks = new LinkedHashMap<>(KEPT * 2, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
            return size() > KEPT;
        }
    };
    private long latest = -1;
    private byte[] block = {};

    public Blocks(FileChannel channel) {
        this.channel = channel;
    }

    /** Returns the four-byte number at a place. */
    public int length(long place) throws IOException {
        return at(place) << 24 | at(place + 1) << 16 | at(place + 2) << 8 | at(place + 3);
    }

    public byte[] bytes(long place, int length) throws IOException {
        byte[] bytes = new byte[length];
        int done = 0;
        while (done < length) {
            at(place + done);
            int start = (int) ((place + done) % SIZE);
            int n = Math.min(length - done, block.length - start);
            System.arraycopy(block, start, bytes, done, n);
            done += n;
        }
        return bytes;
    }

    private int at(long place) throws IOException {
        if (place / SIZE != latest) {
            latest = place / SIZE;
            block = blocks.get(latest);
            if (block == null) {
                block = read(latest * SIZE);
                blocks.put(latest, block);
            }
        }
        return block[(int) (place % SIZE)] & 0xFF;
    }

    private byte[] read(long from) throws IOException {
        byte[] bytes = new byte[(int) Math.min(SIZE, channel.size() - from)];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw new EOFException("the temporary file was cut off");
            }
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
