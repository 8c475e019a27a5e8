package org.catalogdrop.input.stream;

import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * What was known of a file when it was read before.
 *
 * @param checksum the CRC-32C of its bytes
 * @param digest their SHA-256, in hex digits
 */
public record KnownBytes(long checksum, String digest) {

    /** Who remembers files that were read before. */
    @FunctionalInterface
    public interface Memory {

        /** Nothing is remembered. */
        Memory NONE = file -> Optional.empty();

        /** Of the very file, by its size, times and key; if its bytes still have the checksum, they need not be digested again. */
        Optional<KnownBytes> of(BasicFileAttributes file);
    }
}
