package org.catalogdrop.kommo.throttle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A block of the API as all processes of a machine know it.
 *
 * @param block when it was seen and until when nothing is sent
 * @param place where the process that saw it keeps it: a file, whose deletion lifts the block, or a database; empty if nowhere
 */
record SharedBlock(ApiBlock block, String place) {

    private static final int LONGEST_PLACE = 4096;

    /** The most bytes that {@link #write} writes. */
    static final int BYTES = 2 * Long.BYTES + 2 * Integer.BYTES + LONGEST_PLACE;

    static SharedBlock read(ByteBuffer from) {
        Instant since = Instant.ofEpochMilli(from.getLong());
        Instant until = Instant.ofEpochMilli(from.getLong());
        int times = Math.max(1, from.getInt());
        byte[] place = new byte[from.getInt()];
        from.get(place);
        return new SharedBlock(
                new ApiBlock(since, until, times, "HTTP 403, seen by another process of this machine"),
                new String(place, StandardCharsets.UTF_8));
    }

    void write(ByteBuffer to) {
        byte[] bytes = place.getBytes(StandardCharsets.UTF_8);
        int length = bytes.length > LONGEST_PLACE ? 0 : bytes.length;
        to.putLong(block.since().toEpochMilli()).putLong(block.until().toEpochMilli());
        to.putInt(block.times()).putInt(length).put(bytes, 0, length);
    }

    /** Returns whether a place is an address, not a file. The drive of a path on Windows has one letter. */
    static boolean isAddress(String place) {
        return place.matches("(?s)[a-z]{2,}:.*");
    }

    /** Returns whether a person has deleted its file. A file that cannot be checked counts as existing, and so does a database. */
    boolean isLifted() {
        try {
            return !place.isEmpty() && !isAddress(place) && Files.notExists(Path.of(place));
        } catch (InvalidPathException garbage) {
            return true;
        }
    }
}
