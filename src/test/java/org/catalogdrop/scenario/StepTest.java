package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.catalogdrop.crash.CrashDrop;
import org.catalogdrop.crash.CrashLaws;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.fault.Fault;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The shipped routes die at one step after the other of the way of a chunk, for each fault of the API and each action. Each life
 * goes on where the one before died, with another chunk size, in-flight count and file name; the last one lives to its end.
 */
@Timeout(60)
public class StepTest extends StepSandbox {

    public static final List<String> FAULTS = List.of(
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
            "empty");

    /** Where to die; {@code answered}: not before the fault has happened in this life. */
    private record Step(String node, boolean after, boolean answered) {
        static Step before(String node) {
            return new Step(node, false, false);
        }

        static Step after(String node) {
            return new Step(node, true, false);
        }

        /** The look-ups of updates and deletes are one: to repeat them would do no harm either. */
        boolean isOf(String action) {
            return !action.equals("delete") || !node.startsWith("catalog-doubts");
        }

        Step answer() {
            return new Step(node, after, true);
        }
    }

    /** In this order: a death after the intent leaves a doubt, and so the next lives come to the look-up. */
    private static final List<Step> STEPS = List.of(
            Step.before("catalog-sending method:recordIntent"),
            Step.after("catalog-sending method:recordIntent"),
            Step.before("catalog-doubts method:beginLookUp"),
            Step.after("catalog-doubts method:takePage"),
            Step.before("catalog-doubts method:reconcileRows"),
            Step.after("catalog-doubts method:reconcileRows"),
            Step.before("catalog-drop.endpoint"),
            Step.after("catalog-drop.endpoint").answer(),
            Step.before("catalog-sending method:settleRows").answer(),
            Step.after("catalog-sending method:settleRows").answer(),
            Step.before("catalog-loads method:publishResults"));

    /** So many that some are left for each life, however far the others came before they died. */
    private static final int ROWS = 120;

    static Stream<Arguments> everyFaultOfEveryAction() {
        return Stream.of("add", "update", "delete")
                .flatMap(action -> FAULTS.stream().map(fault -> Arguments.of(action, fault)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("everyFaultOfEveryAction")
    void given_load_when_it_dies_at_any_step_then_nothing_is_lost_or_doubled(String action, String fault)
            throws Exception {
        CrashDrop drop = CrashDrop.of(action, sandbox.store(), ROWS);
        Path file = home.resolve("life0.csv");
        drop.lay(file);
        List<Step> steps = STEPS.stream().filter(step -> step.isOf(action)).toList();
        for (int life = 0; life < steps.size(); life++) {
            Step step = steps.get(life);
            file = Files.move(file, home.resolve("life" + (life + 1) + ".csv"));
            sandbox.faults().clear();
            sandbox.faults().next(Fault.named(fault));
            assertThat(StepLife.load(StepLife.settings(home, sandbox, life), file, at(step)))
                    .as("the load that was to die at %s", step)
                    .isEmpty();
        }
        Optional<Summary> end = StepLife.load(StepLife.settings(home, sandbox, 1), file, (node, after) -> false);
        assertThat(end).isPresent();
        assertThat(end.get().exitStatus()).isZero();
        CrashLaws.assertLoaded(home, drop, sandbox.store());
    }

    private static StepLife.Step at(Step step) {
        return (node, after) -> node.contains(step.node())
                && after == step.after()
                && !(step.answered() && sandbox.faults().pending() > 0);
    }
}
