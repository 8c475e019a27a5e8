package org.catalogdrop.model;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A file left for us.
 *
 * @param path where it lies
 * @param name its file name, as the results call it
 * @param digest SHA-256 of its bytes as they lie there (packed, if it is packed), 64 hex digits
 * @param checksum CRC-32C of the same bytes, by which a later pass notices that they were changed
 * @param size its length in bytes
 * @param modified its time of change when the digest was taken
 * @param format the form of its rows
 * @param shape how they are written down
 */
public record Drop(
        Path path,
        String name,
        String digest,
        long checksum,
        long size,
        Instant modified,
        DropFormat format,
        PhysicalFormat shape) {

    /** In plain UTF-8, with what is usual for its format. */
    public Drop(Path path, String name, String digest, long checksum, long size, Instant modified, DropFormat format) {
        this(path, name, digest, checksum, size, modified, format, PhysicalFormat.plain(name, format));
    }

    public Drop with(PhysicalFormat other) {
        return new Drop(path, name, digest, checksum, size, modified, format, other);
    }

    /** Returns the first 8 hex digits of the digest, as in the outbox folder's name. */
    public String digest8() {
        return digest.substring(0, 8);
    }

    /** Returns the name of the folder in the outbox. */
    public String resultsName() {
        return name + "-" + digest8();
    }
}
