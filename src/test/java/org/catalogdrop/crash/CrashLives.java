package org.catalogdrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.scenario.StepTest;

/** Kills the program again and again while the API fails in every way it can, and the surroundings change if asked to. */
final class CrashLives implements CrashWork {

    /** 5: a row is in doubt, which must be one that another client added as well. */
    private static final List<Integer> ENDED = List.of(0, 3, 5);

    /** A file with a name that is not taken makes it 1. */
    private static final List<Integer> STAYING = List.of(1);

    private final CrashWorld world;
    private final Random random;
    private final List<CrashChange> changes;
    private int killsLeft;
    private int stagesLeft;

    /**
     * @param stages over which the kills are spread
     * @param changes of the surroundings, each life has its own
     */
    CrashLives(CrashWorld world, Random random, int kills, int stages, List<CrashChange> changes) {
        this.world = world;
        this.random = random;
        this.changes = changes;
        killsLeft = kills;
        stagesLeft = stages;
    }

    /** {@inheritDoc} Through its share of the kills. */
    @Override
    public void workOff(String undo) throws IOException, InterruptedException {
        world.layDrops();
        int share = (killsLeft + stagesLeft - 1) / stagesLeft--;
        world.sandbox().faults().randomly(random.nextLong(), chances(0.025));
        CrashChild child = new CrashChild(world, !changes.isEmpty());
        // A life may also end by itself, since the API is away: the next one goes on.
        for (int life = 0; share > 0 && life < 100 + 3 * killsLeft && hasDrops(); life++) {
            if (live(child, life(undo, 1 + random.nextInt(40), 1 + random.nextInt(6)))) {
                share--;
                killsLeft--;
            }
        }
        world.sandbox().faults().clear();
        if (hasDrops()) {
            int status = child.liveOn(life(undo, 50, 4));
            assertThat(status).as(child.log()).isIn(world.bystanders().isEmpty() ? ENDED : STAYING);
        }
        assertThat(hasDrops()).as("drops left; %s", child.log()).isFalse();
    }

    private boolean live(CrashChild child, CrashLife life) throws IOException, InterruptedException {
        try {
            for (CrashChange change : changes) {
                change.begin(life);
            }
            return child.live(life, changes);
        } finally {
            for (CrashChange change : changes) {
                change.end();
            }
        }
    }

    /** Kills that found nothing left to load are for these stages. */
    void goOn(int stages) {
        stagesLeft = stages;
    }

    int killsLeft() {
        return killsLeft;
    }

    private CrashLife life(String undo, int chunkSize, int inFlight) {
        return CrashLife.of(CrashChild.settings(world.home(), world.sandbox(), undo, chunkSize, inFlight), moment());
    }

    private boolean hasDrops() throws IOException {
        return !world.drops().isEmpty();
    }

    /** From the first request of a life to its end; most lives are short, some get far. */
    private Duration moment() {
        return Duration.ofMillis(random.nextInt(random.nextInt(3) == 0 ? 1500 : 500));
    }

    /** @param each the chance of each fault that happens to single requests that write */
    static Map<Fault, Double> chances(double each) {
        Map<Fault, Double> chances = new LinkedHashMap<>();
        for (String name : StepTest.FAULTS) {
            chances.put(Fault.named(name), each);
        }
        chances.put(Fault.named("shuffled"), 0.1);
        chances.put(Fault.named("429"), 0.01);
        chances.put(Fault.named("delay").number(150), 0.05);
        chances.put(Fault.named("delay_apply").number(150), 0.05);
        chances.put(Fault.named("502").on(Fault.Target.GET), 0.02);
        return chances;
    }
}
