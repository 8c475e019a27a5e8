package org.catalogdrop.crash;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two or three packaged programs, each as on a machine of its own, with their journal in PostgreSQL, while everything between them and of
 * them fails; in the end nothing is lost and nothing doubled, and the API never got more requests than permitted. Faults, seed, rows and
 * machines can be chosen: {@code docs/crash-test.md}.
 */
class MachinesIT {

    private static final long SEED = Long.getLong("machines.seed", 20261130L);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path place;

    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    @Test
    void given_two_machines_when_they_and_their_database_fail_then_nothing_is_lost_or_doubled() throws Exception {
        new MachinesRun(place, SEED, 2, 4, 300).runDrop();
    }

    @Tag("slow")
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    @Test
    void given_many_faults_on_several_machines_when_all_is_loaded_then_nothing_is_lost_or_doubled() throws Exception {
        int faults = Integer.getInteger("machines.faults", 30);
        int rows = Integer.getInteger("machines.rows", 1500);
        new MachinesRun(place, SEED, Integer.getInteger("machines.number", 3), faults, rows).run();
    }
}
