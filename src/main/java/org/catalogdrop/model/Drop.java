package org.catalogdrop.model;

import java.nio.file.Path;
import java.time.Instant;

/**
 * One input file. Its digest is its identity: files of equal bytes are the same drop, whatever their names.
 *
 * @param path where the file is
 * @param name the file name that results and messages use
 * @param digest SHA-256 of the bytes in the file (compressed, if it is compressed), 64 hex digits
 * @param checksum CRC-32C of the same bytes, with which a later pass detects that they were changed
 * @param size the length of the file in bytes
 * @param modified the file's time of change when the digest was computed
 * @param format the format of the rows
 * @param shape charset, delimiter and the like
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

    /**
     * Makes a drop in UTF-8, with the usual delimiter of its format and the packing that its name says.
     *
     * @param path where the file is
     * @param name the file name that results and messages use
     * @param digest SHA-256 of the bytes in the file, 64 hex digits
     * @param checksum CRC-32C of the same bytes
     * @param size the length of the file in bytes
     * @param modified the file's time of change when the digest was computed
     * @param format the format of the rows
     */
    public Drop(Path path, String name, String digest, long checksum, long size, Instant modified, DropFormat format) {
        this(path, name, digest, checksum, size, modified, format, PhysicalFormat.plain(name, format));
    }

    /**
     * Returns this drop with another physical format.
     *
     * @param other the charset, delimiter and the like to use
     * @return a copy
     */
    public Drop with(PhysicalFormat other) {
        return new Drop(path, name, digest, checksum, size, modified, format, other);
    }

    /**
     * Returns the short form of the digest, as in the name of the results folder.
     *
     * @return the first 8 hex digits
     */
    public String digest8() {
        return digest.substring(0, 8);
    }

    /**
     * Returns the name of the results folder in the outbox.
     *
     * @return the file name, a hyphen, and the first 8 hex digits of the digest
     */
    public String resultsName() {
        return name + "-" + digest8();
    }
}
