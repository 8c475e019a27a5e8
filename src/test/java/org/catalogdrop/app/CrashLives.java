package org.catalogdrop.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.catalogdrop.sandbox.Fault;
import org.catalogdrop.sandbox.Sandbox;

/** Kills the program again and again while the API fails in every way it can. */
final class CrashLives {

    private final Path home;
    private final Sandbox sandbox;
    private final Random random;
    private int killsLeft;
    private int stagesLeft;

    /** @param stages over which the kills are spread */
    CrashLives(Path home, Sandbox sandbox, Random random, int kills, int stages) {
        this.home = home;
        this.sandbox = sandbox;
        this.random = random;
        killsLeft = kills;
        stagesLeft = stages;
    }

    /** A stage: what is in the inbox is loaded to its end, through its share of the kills. */
    void workOff(String undo) throws IOException, InterruptedException {
        int share = (killsLeft + stagesLeft - 1) / stagesLeft--;
        sandbox.faults().randomly(random.nextLong(), chances());
        CrashChild child = new CrashChild(home, sandbox, undo);
        // A life may also end by itself, since the API is away: the next one goes on.
        for (int life = 0; share > 0 && life < 100 + 3 * killsLeft && hasDrops(); life++) {
            if (child.live(1 + random.nextInt(40), 1 + random.nextInt(6), moment())) {
                share--;
                killsLeft--;
            }
        }
        sandbox.faults().clear();
        if (hasDrops()) {
            assertThat(child.liveOn()).as(child.log()).isIn(0, 3);
        }
        assertThat(hasDrops()).as("drops left; %s", child.log()).isFalse();
    }

    int killsLeft() {
        return killsLeft;
    }

    private boolean hasDrops() throws IOException {
        return Outbox.names(home.resolve("inbox")).stream().anyMatch(name -> !name.startsWith("."));
    }

    /** From the first request of a life to its end; most lives are short, some get far. */
    private Duration moment() {
        return Duration.ofMillis(random.nextInt(random.nextInt(3) == 0 ? 1500 : 500));
    }

    private static Map<Fault, Double> chances() {
        Map<Fault, Double> chances = new LinkedHashMap<>();
        for (String name : StepTest.FAULTS) {
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
