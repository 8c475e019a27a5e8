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
        new MachinesRun(place, SEED, 2, 4, 300, false).runDrop();
    }

    @Tag("slow")
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    @Test
    void given_many_faults_on_machines_that_share_folders_when_all_is_loaded_then_nothing_is_lost_or_doubled()
            throws Exception {
        run(false);
    }

    @Tag("slow")
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    @Test
    void given_many_faults_on_machines_with_own_folders_when_all_is_loaded_then_nothing_is_lost_or_doubled()
            throws Exception {
        run(true);
    }

    private void run(boolean apart) throws Exception {
        int machines = Integer.getInteger("machines.number", 3);
        int faults = Integer.getInteger("machines.faults", 20);
        int rows = Integer.getInteger("machines.rows", 600);
        new MachinesRun(place, SEED, machines, faults, rows, apart).run();
    }
}
