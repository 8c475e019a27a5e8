package org.catalogdrop.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.SandboxSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged program is killed with SIGKILL again and again while the API fails in every way it can; in the end nothing is lost and
 * nothing doubled. Kills, seed and rows can be chosen: {@code docs/crash-test.md}.
 */
class CrashIT {

    private static final int KILLS = Integer.getInteger("crash.kills", 12);
    private static final long SEED = Long.getLong("crash.seed", 20260727L);

    /** So many that some are left when the last kill is due. */
    private static final int ROWS = Integer.getInteger("crash.rows", 60 * KILLS);

    private static final int ROUNDS = (KILLS + 39) / 40;

    private final Random random = new Random(SEED);

    @TempDir
    Path home;

    /** For the long mode; each life has its own, shorter patience. */
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    @Test
    void nothingIsLostOrDoubledHoweverOftenItIsKilled() throws Exception {
        AtomicReference<Duration> ago = new AtomicReference<>(Duration.ofDays(1));
        SandboxSettings settings = SandboxSettings.defaults()
                .withRequestsPerSecond(0)
                .withClock(() -> Instant.now().minus(ago.get()));
        try (Sandbox sandbox = Sandbox.start(settings)) {
            CrashWorld world = new CrashWorld(home, sandbox);
            CrashLives lives = new CrashLives(home, sandbox, random, KILLS, ROUNDS * CrashRound.STAGES);
            List<CrashDrop> products = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                // What is there before must be older than all that is added: the look-ups read no further than that.
                products.add(CrashDrop.mixed(random, sandbox.store(), ROWS / ROUNDS));
                world.account().given(products.get(round));
            }
            ago.set(Duration.ZERO);
            Files.createDirectories(home.resolve("inbox"));
            Night.mapping(home, "");
            for (int round = 0; round < ROUNDS; round++) {
                new CrashRound(world, lives, random, round, products.get(round)).run();
            }
            System.out.printf(
                    "CrashIT: seed %d, %d kills, %d drops; %s%n",
                    SEED, KILLS - lives.killsLeft(), world.laid().size(), sandbox.stats());
            assertThat(lives.killsLeft())
                    .as("kills left after all is loaded; more rows are needed")
                    .isZero();
        }
    }
}
