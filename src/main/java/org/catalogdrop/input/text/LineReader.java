package org.catalogdrop.input.text;

import java.util.Arrays;

/** The lines of a text as bytes, ended by LF or CRLF. Only the start of a line that is too long is kept. Used by one thread. */
public final class LineReader {

    /** The number of bytes that are kept of a line that is too long. */
    private static final int KEPT = 800;

    private final LimitedInput text;
    private final int longest;
    private byte[] buffer = new byte[1 << 14];
    private int position;
    private int end;

    private byte[] bytes = buffer;
    private int start;
    private int length;
    private boolean tooLong;
    private long number;

    /** @param longest the most bytes of a line, without its end */
    public LineReader(LimitedInput text, int longest) {
        this.text = text;
        this.longest = longest;
    }

    /** Goes to the next line; returns false at the end. */
    public boolean next() {
        int seen = 0;
        while (true) {
            int feed = indexOfFeed(position + seen);
            if (feed >= 0) {
                take(feed - position, feed + 1);
                return true;
            }
            seen = end - position;
            // One more than the longest may be the CR of its end.
            if (seen > longest + 1L) {
                takeStart();
                return true;
            }
            if (!fill()) {
                take(seen, end);
                return seen > 0;
            }
        }
    }

    private void take(int found, int next) {
        number++;
        bytes = buffer;
        start = position;
        length = found > 0 && buffer[start + found - 1] == '\r' ? found - 1 : found;
        tooLong = length > longest;
        length = tooLong ? Math.min(length, KEPT) : length;
        position = next;
    }

    /** Takes the start of a line and skips the rest without keeping it. */
    private void takeStart() {
        number++;
        tooLong = true;
        start = 0;
        length = Math.min(KEPT, end - position);
        bytes = Arrays.copyOfRange(buffer, position, position + length);
        position = end;
        while (fill()) {
            int feed = indexOfFeed(position);
            if (feed >= 0) {
                position = feed + 1;
                return;
            }
            position = end;
        }
    }

    private int indexOfFeed(int from) {
        for (int i = from; i < end; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Reads more text after the rest, which moves to the start of the buffer. */
    private boolean fill() {
        int left = end - position;
        if (left == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        } else if (position > 0) {
            System.arraycopy(buffer, position, buffer, 0, left);
        }
        end = left;
        position = 0;
        text.mark();
        int n = text.read(buffer, end, buffer.length - end);
        end += Math.max(0, n);
        return n > 0;
    }

    /** Returns the bytes that have the line, from {@link #start()} on. */
    public byte[] bytes() {
        return bytes;
    }

    public int start() {
        return start;
    }

    /** Returns the length of the line without its end, or of the start that was kept. */
    public int length() {
        return length;
    }

    public boolean tooLong() {
        return tooLong;
    }

    /** Returns the number of the line, from 1. */
    public long number() {
        return number;
    }

    public boolean isBlank() {
        for (int i = start; i < start + length; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }
}
