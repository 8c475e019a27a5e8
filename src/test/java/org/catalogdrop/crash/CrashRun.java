package org.catalogdrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.SandboxSettings;
import org.catalogdrop.sandbox.fault.Switch;
import org.catalogdrop.scenario.Night;

/**
 * All rounds of a crash test.
 *
 * @param rows in the standard columns; so many that some are left when the last kill is due
 */
record CrashRun(Path home, long seed, int kills, int rows, Set<CrashWidening> widenings) {

    /** The user without rights of every POSIX system. */
    private static final String NOBODY = "65534";

    void run() throws IOException, InterruptedException {
        int rounds = (kills + 39) / 40;
        Random random = new Random(seed);
        AtomicReference<Duration> ago = new AtomicReference<>(Duration.ofDays(1));
        SandboxSettings settings = SandboxSettings.defaults()
                .withRequestsPerSecond(0)
                .withClock(() -> Instant.now().minus(ago.get()));
        if (widenings.contains(CrashWidening.CLOCK)) {
            // An update sent by a clock that is behind would be older than its element.
            settings = settings.withSwitch(Switch.UpdatedAt.OFF);
        }
        try (Sandbox sandbox = Sandbox.start(settings);
                Sandbox otherAccount = Sandbox.start(SandboxSettings.defaults().withRequestsPerSecond(0))) {
            CrashWorld world = new CrashWorld(home, sandbox, otherAccount);
            CrashLives lives = new CrashLives(world, random, kills, rounds * CrashRound.STAGES, changes(world, random));
            List<CrashDrop> products = new ArrayList<>();
            // One more than are due: what a life loads to its end before its kill leaves kills over.
            for (int round = 0; round <= rounds; round++) {
                // What is there before must be older than all that is added: the look-ups read no further than that.
                products.add(CrashDrop.mixed(random, sandbox.store(), rows / rounds));
                world.account().given(products.get(round));
            }
            ago.set(Duration.ZERO);
            UnaryOperator<String> names = furnish(world);
            for (int round = 0; round < rounds; round++) {
                new CrashRound(world, lives, random, round, products.get(round), names).run();
            }
            if (lives.killsLeft() > 0) {
                lives.goOn(CrashRound.STAGES);
                new CrashRound(world, lives, random, rounds, products.get(rounds), names).run();
            }
            System.out.printf(
                    "Crash test: seed %d, %d kills, %d drops, widened by %s; %s%n",
                    seed, kills - lives.killsLeft(), world.laid().size(), widenings, sandbox.stats());
            assertThat(lives.killsLeft())
                    .as("kills left after all is loaded; more rows are needed")
                    .isZero();
        }
    }

    private List<CrashChange> changes(CrashWorld world, Random random) throws IOException {
        List<CrashChange> changes = new ArrayList<>();
        for (CrashWidening widening : widenings) {
            switch (widening) {
                case ACCOUNT -> changes.add(new CrashAccounts(world, random));
                case CLOCK ->
                    CrashClock.library()
                            .ifPresentOrElse(
                                    library -> changes.add(new CrashClock(random, library)),
                                    () -> System.err.println("NOT TESTED: set clocks; libfaketime is not on this"
                                            + " machine. Install the package 'faketime'."));
                case RIGHTS -> changes.add(new CrashFolders(home, random));
                case BESIDE -> changes.add(new CrashBeside(world, random));
                case OTHERS -> changes.add(new CrashOthers(world, random));
                case NAMES -> {}
            }
        }
        return changes;
    }

    /** Makes the folders, with what is in them beside the drops. Returns how drops are named, without their endings. */
    private UnaryOperator<String> furnish(CrashWorld world) throws IOException {
        Files.createDirectories(home.resolve("inbox"));
        Night.mapping(home, "");
        if (widenings.contains(CrashWidening.RIGHTS)) {
            giveAway(world);
        }
        if (widenings.contains(CrashWidening.NAMES)) {
            world.layBystander(Path.of("line\nfeed.csv"));
            world.layBystander(Path.of("products0", "f.csv"));
            return new CrashNames((int) Math.floorMod(seed, 97L))::of;
        }
        return UnaryOperator.identity();
    }

    /** No right is ever missing for root: let another user have the folders, and run the commands. */
    private void giveAway(CrashWorld world) throws IOException {
        if (!System.getProperty("user.name").equals("root")) {
            return;
        }
        Path setpriv = Path.of("/usr/bin/setpriv");
        if (!Files.isExecutable(setpriv)) {
            System.err.println("NOT TESTED: folders without rights; this is root, and the machine has no setpriv.");
            return;
        }
        world.user()
                .addAll(List.of(setpriv.toString(), "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"));
        try (var paths = Files.walk(home)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Files.setAttribute(path, "unix:uid", Integer.valueOf(NOBODY));
            }
        }
    }
}
