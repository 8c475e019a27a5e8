package org.catalogdrop.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Sets the clock of the machine for each life, by {@code libfaketime}. Time that has passed is measured rightly, as it is by a real machine
 * whose clock is set; the API's clock is right.
 */
final class CrashClock implements CrashChange {

    /** Seconds the clock is ahead; most are beyond {@code kommo.doubt-wait}, some beyond what look-ups reckon with. */
    private static final List<Integer> AHEAD = List.of(0, 0, -1, 1, -10, 10, -60, 60, -600, 600, -7200, 7200);

    private final Random random;
    private final Path library;

    CrashClock(Random random, Path library) {
        this.random = random;
        this.library = library;
    }

    /** Returns the library, if the machine has it: Debian's package {@code faketime}. */
    static Optional<Path> library() throws IOException {
        for (Path folder : List.of(Path.of("/usr/lib"), Path.of("/usr/local/lib"), Path.of("/usr/lib64"))) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> found = Files.find(
                        folder, 3, (path, kind) -> path.endsWith("faketime/libfaketime.so.1") && !kind.isDirectory())) {
                    Optional<Path> library = found.findFirst();
                    if (library.isPresent()) {
                        return library;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Returns what a program needs whose clock is set; what the clock shows is to be added. */
    static Map<String, String> variables(Path library) {
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // Without it, each wait of the JVM for a limited time would end at once.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0",
                "NO_FAKE_STAT",
                "1");
    }

    @Override
    public void begin(CrashLife life) {
        int ahead = AHEAD.get(random.nextInt(AHEAD.size()));
        if (ahead != 0) {
            life.variables().putAll(variables(library));
            life.variables().put("FAKETIME", "%+d".formatted(ahead));
        }
    }
}
