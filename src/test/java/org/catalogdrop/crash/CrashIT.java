package org.catalogdrop.crash;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged program is killed with SIGKILL again and again while the API fails in every way it can; in the end nothing is lost and
 * nothing doubled. Kills, seed, rows and widenings can be chosen: {@code docs/crash-test.md}.
 */
class CrashIT {

    private static final long SEED = Long.getLong("crash.seed", 20260727L);

    @TempDir
    Path home;

    /** For the long mode; each life has its own, shorter patience. */
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    @Test
    void given_kills_at_any_time_when_resumed_then_nothing_is_lost_or_doubled() throws Exception {
        run(12, 60, Set.of());
    }

    @Tag("slow")
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    @Test
    void given_edits_between_kills_when_resumed_then_nothing_is_lost_or_doubled() throws Exception {
        run(60, 80, CrashWidening.chosen());
    }

    /** @param rowsOfKill so many that some are left at the last kill; lives in changed surroundings do more between two kills */
    private void run(int usualKills, int rowsOfKill, Set<CrashWidening> widenings) throws Exception {
        int kills = Integer.getInteger("crash.kills", usualKills);
        new CrashRun(home, SEED, kills, Integer.getInteger("crash.rows", rowsOfKill * kills), widenings).run();
    }
}
