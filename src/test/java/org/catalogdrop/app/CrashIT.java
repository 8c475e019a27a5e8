package org.catalogdrop.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.catalogdrop.sandbox.Fault;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.SandboxSettings;
import org.catalogdrop.sandbox.SandboxStats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged program is killed with SIGKILL again and again while the API fails in every way it can; in the end nothing is lost and
 * nothing doubled. Kills, seed and rows can be chosen: {@code docs/crash-test.md}.
 */
class CrashIT {

    private static final int KILLS = Integer.getInteger("crash.kills", 20);
    private static final long SEED = Long.getLong("crash.seed", 20260727L);

    /** So many that some are left when the last kill is due. */
    private static final int ROWS = Integer.getInteger("crash.rows", 150 * KILLS);

    private final Random random = new Random(SEED);

    @TempDir
    Path home;

    @Test
    void nothingIsLostOrDoubledHoweverOftenItIsKilled() throws Exception {
        AtomicReference<Duration> ago = new AtomicReference<>(Duration.ofDays(1));
        SandboxSettings settings = SandboxSettings.defaults()
                .withRequestsPerSecond(0)
                .withClock(() -> Instant.now().minus(ago.get()));
        try (Sandbox sandbox = Sandbox.start(settings)) {
            CrashDrop drop = CrashDrop.mixed(random, sandbox.store(), ROWS);
            ago.set(Duration.ZERO);
            Files.createDirectories(home.resolve("inbox"));
            drop.lay(home.resolve("inbox/products.csv"));
            sandbox.faults().randomly(SEED, chances());
            CrashChild child = new CrashChild(home, sandbox);
            int kills = 0;
            for (int life = 0; kills < KILLS && life < 3 * KILLS; life++) {
                // A life may also end by itself, since the API is away: the next one goes on.
                kills += child.live(1 + random.nextInt(40), 1 + random.nextInt(6), moment()) ? 1 : 0;
                assertThat(home.resolve("inbox/products.csv"))
                        .as("after kill %d of %d; if it is loaded that early, more rows are needed", kills, KILLS)
                        .exists();
            }
            assertThat(kills).isEqualTo(KILLS);
            SandboxStats stats = sandbox.stats();
            sandbox.faults().clear();
            child.liveOn();
            System.out.printf(
                    "CrashIT: seed %d, %d rows, %d kills; up to the last kill %s%n", SEED, ROWS, kills, stats);
            CrashLaws laws = new CrashLaws(home, drop, sandbox.store());
            laws.assertLoaded();
            laws.assertPutAway();
        }
    }

    /** From the first request of a life to its end; most lives are short, some get far. */
    private Duration moment() {
        return Duration.ofMillis(random.nextInt(random.nextInt(3) == 0 ? 1500 : 500));
    }

    private static Map<Fault, Double> chances() {
        Map<Fault, Double> chances = new LinkedHashMap<>();
        for (String name : new String[] {
            "drop_before",
            "drop_after",
            "drop_prefix",
            "502_before",
            "502_after",
            "502_prefix",
            "504_before",
            "504_after",
            "504_prefix",
            "truncated",
            "missing",
            "skipped",
            "doubled",
            "unknown",
            "html",
            "empty"
        }) {
            chances.put(Fault.named(name), 0.025);
        }
        chances.put(Fault.named("shuffled"), 0.1);
        chances.put(Fault.named("429"), 0.01);
        chances.put(Fault.named("delay").number(150), 0.05);
        chances.put(Fault.named("delay_apply").number(150), 0.05);
        chances.put(Fault.named("502").on(Fault.Target.GET), 0.02);
        return chances;
    }
}
