package org.catalogdrop.input.stream;

import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * What is known of a file from an earlier reading.
 *
 * @param checksum the CRC-32C of its bytes
 * @param digest their SHA-256, in hex digits
 */
public record KnownBytes(long checksum, String digest) {

    /** Remembers files that were read before. */
    @FunctionalInterface
    public interface Memory {

        /** A memory without files. */
        Memory NONE = file -> Optional.empty();

        /**
         * Returns what is known of exactly this file, by its size, times and key. If its bytes still have the checksum, they need not be
         * digested again.
         */
        Optional<KnownBytes> of(BasicFileAttributes file);
    }
}
