package org.catalogdrop.kommo.throttle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * A clock in nanoseconds whose readings can be compared between processes of one machine. On Linux {@link System#nanoTime} counts from
 * the start of the machine, the same for all processes, and nobody can set it. Java does not promise that elsewhere, so there it is the
 * time of day.
 *
 * @param now reads the clock
 * @param base identifies the origin: readings with another base cannot be compared
 */
record MonotonicClock(LongSupplier now, long base) {

    /** The clock of this machine. */
    static final MonotonicClock SHARED = shared(Path.of("/proc/sys/kernel/random/boot_id"));

    static MonotonicClock shared(Path bootId) {
        try {
            UUID boot = UUID.fromString(
                    Files.readString(bootId, StandardCharsets.US_ASCII).strip());
            return new MonotonicClock(System::nanoTime, boot.getMostSignificantBits() ^ boot.getLeastSignificantBits());
        } catch (IOException | IllegalArgumentException elsewhere) {
            return new MonotonicClock(MonotonicClock::timeOfDay, 0);
        }
    }

    private static long timeOfDay() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }
}
