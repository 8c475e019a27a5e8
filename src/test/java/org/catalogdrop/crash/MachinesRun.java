package org.catalogdrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.catalogdrop.journal.PostgresServer;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.SandboxSettings;
import org.catalogdrop.sandbox.fault.Switch;
import org.catalogdrop.scenario.Night;

/**
 * A crash test of several machines.
 *
 * @param place an empty folder
 * @param machines how many there are
 * @param faults how many there are at least
 * @param rows in the standard columns, in each round
 * @param apart whether each machine has folders of its own, and a pair of tokens is renewed
 */
record MachinesRun(Path place, long seed, int machines, int faults, int rows, boolean apart) {

    private static final String QUERY =
            "select epoch, process, until > clock_timestamp() from catalog_drop.owner where journal = '"
                    + MachineWork.SCHEMA + "'";

    private static final Duration LATEST = MachineWork.LEASE.plusSeconds(5);

    /** Rounds of drops that are prepared; a round has dozens of faults. */
    private static final int FAULTS_OF_ROUND = 20;

    /** One round after the other, until the last fault. */
    void run() throws Exception {
        run((world, work, random, products) -> {
            int round = 0;
            do {
                new CrashRound(world, work, random, round, products.get(round), UnaryOperator.identity()).run();
                round++;
            } while (work.faultsLeft() > 0 && round < products.size());
        });
    }

    /** One drop alone. */
    void runDrop() throws Exception {
        run((world, work, random, products) -> {
            CrashDrop drop = products.get(0);
            drop.lay(world.place("products.csv"));
            work.workOff("adds");
            world.account().loaded(drop);
            world.assertHolds();
            world.laws("products.csv").assertSays(drop, Set.of());
        });
    }

    private Map<String, String> more() {
        return apart
                ? Map.of(
                        "drop.handover",
                        "database",
                        "kommo.client-id",
                        SandboxSettings.CLIENT_ID,
                        "kommo.client-secret",
                        SandboxSettings.CLIENT_SECRET,
                        "kommo.redirect-uri",
                        SandboxSettings.REDIRECT_URI)
                : Map.of();
    }

    /** What is loaded. */
    private interface Loads {
        void load(CrashWorld world, MachineWork work, Random random, List<CrashDrop> products)
                throws IOException, InterruptedException;
    }

    private void run(Loads loads) throws Exception {
        Random random = new Random(seed);
        AtomicReference<Duration> ago = new AtomicReference<>(Duration.ofDays(1));
        SandboxSettings settings = SandboxSettings.defaults()
                .withRequestsPerSecond(0)
                .withLogSize(1_000_000)
                .withTokenLife(MachineWork.TOKEN_LIFE)
                .withClock(() -> Instant.now().minus(ago.get()))
                // An update sent by a clock that is behind would be older than its element.
                .withSwitch(Switch.UpdatedAt.OFF);
        Path home = Files.createDirectories(place.resolve("shared"));
        // The disk is waited for as on a real server. What commits must be, the program sees to.
        Map<String, String> options = Map.of("fsync", "on");
        List<Machine> all = new ArrayList<>();
        try (Sandbox sandbox = Sandbox.start(settings);
                PostgresServer server = new PostgresServer(place.resolve("data"), options);
                HarnessLag lag = new HarnessLag();
                OwnerWatch watch = new OwnerWatch(server.url(), QUERY, all, LATEST, lag)) {
            CrashWorld world = new CrashWorld(home, sandbox, sandbox);
            Files.createDirectories(home.resolve("inbox"));
            Night.mapping(home, "");
            List<CrashDrop> products = new ArrayList<>();
            for (int round = 0; round <= faults / FAULTS_OF_ROUND; round++) {
                products.add(CrashDrop.mixed(random, sandbox.store(), rows));
                world.account().given(products.get(round));
            }
            ago.set(Duration.ZERO);
            Optional<Path> faketime = CrashClock.library();
            if (faketime.isEmpty()) {
                System.err.println("NOT TESTED: set clocks; libfaketime is not on this machine. Install the package"
                        + " 'faketime'.");
            }
            for (int one = 1; one <= machines; one++) {
                Path own = place.resolve("machine-" + one);
                Path folders = apart ? own : home;
                Files.createDirectories(folders.resolve("inbox"));
                all.add(new Machine("machine " + one, home, own, folders, new DatabaseLink(server.port()), faketime));
            }
            MachineWork work = new MachineWork(world, server, all, watch, random, more(), faults);
            watch.start();
            loads.load(world, work, random, products);
            work.endAll();
            world.account().assertIs(sandbox.store());
            RequestRate.Finding rate = new RequestRate(MachineWork.REQUESTS_PER_SECOND, lag).check(work.requests());
            System.out.printf(
                    "Crash test of %d machines%s: seed %d, %d faults %s, %d drops; %s; %s; harness lag %d ms%n",
                    machines,
                    apart ? " with folders of their own" : "",
                    seed,
                    faults - work.faultsLeft(),
                    work.done(),
                    world.laid().size(),
                    watch.told(),
                    sandbox.stats(),
                    lag.longest());
            watch.excused().forEach(System.out::println);
            rate.excused().forEach(said -> System.out.println("too fast, within the lag of the harness: " + said));
            assertThat(watch.violations()).isEmpty();
            assertThat(rate.violations()).as("more requests than permitted").isEmpty();
            assertThat(work.faultsLeft())
                    .as("faults left after all is loaded; more rows are needed")
                    .isZero();
        } finally {
            for (Machine machine : all) {
                machine.close();
            }
        }
    }
}
