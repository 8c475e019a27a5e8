package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.SandboxSettings;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program is stopped by SIGTERM, again and again, at any moment and under faults; {@code -Dstops=200} for more. */
@Tag("slow")
@Timeout(value = 1, unit = TimeUnit.HOURS)
class StopIT {

    private static final int STOPS = Integer.getInteger("stops", 40);
    private static final int ROWS = 600;
    private static final List<String> FAULTS =
            List.of("delay", "429", "503_before", "504_after", "drop_after", "delay_apply", "missing", "trickle");

    /** What docs/commands.md promises for an answer that may take two seconds; and a second for the machine. */
    private static final Duration MOST = Duration.ofSeconds(13);

    @TempDir
    Path home;

    @Test
    void given_any_state_when_stopped_then_it_ends_in_time_and_in_the_end_each_row_is_applied_once() throws Exception {
        Random random = new Random(7);
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults().withRequestsPerSecond(0))) {
            Command command = new Command(home)
                    .with("kommo.base-url", sandbox.baseUrl())
                    .with("kommo.access-token", "sandbox-token")
                    .with("kommo.catalog-id", "4220")
                    .with("kommo.chunk-size", "3")
                    .with("kommo.requests-per-second", "7")
                    .with("kommo.response-timeout", "2s")
                    .with("kommo.doubt-wait", "1s")
                    .with("drop.settle", "0s");
            lay(0);
            for (int stop = 1; stop <= STOPS; stop++) {
                sandbox.faults().clear();
                for (int i = 0; i < 3; i++) {
                    Fault fault = Fault.named(FAULTS.get(random.nextInt(FAULTS.size())));
                    sandbox.faults().next(fault, 1);
                }
                Path log = home.resolve("stop.log");
                Process process = command.start(log.toFile(), log.toFile(), "run");
                try {
                    boolean early = process.waitFor(300 + random.nextInt(3500), TimeUnit.MILLISECONDS);
                    assertThat(early)
                            .as(() -> "ended by itself: " + Command.read(log))
                            .isFalse();
                    long begin = System.nanoTime();
                    process.destroy();
                    assertThat(process.waitFor(60, TimeUnit.SECONDS))
                            .as("stop %d", stop)
                            .isTrue();
                    assertThat(Duration.ofNanos(System.nanoTime() - begin))
                            .as(() -> "stopped too late: " + Command.read(log))
                            .isLessThan(MOST);
                    assertThat(process.exitValue()).isEqualTo(143);
                } finally {
                    process.destroyForcibly();
                }
                if (home.resolve("archive").toFile().list() != null
                        && home.resolve("archive").toFile().list().length == drops) {
                    lay(drops);
                }
            }
            sandbox.faults().clear();
            Command.Result end = command.with("kommo.requests-per-second", "0").run("run", "--once");
            assertThat(end.status()).as(end.err()).isZero();
            assertThat(sandbox.store().elements(4220))
                    .extracting(StoredElement::name)
                    .doesNotHaveDuplicates()
                    .hasSize(drops * ROWS);
        }
    }

    private int drops;

    private void lay(int number) throws Exception {
        Files.writeString(
                Files.createDirectories(home.resolve("inbox")).resolve("drop" + number + ".csv"),
                IntStream.range(0, ROWS)
                        .mapToObj(row -> "drop " + number + " row " + row)
                        .collect(Collectors.joining("\n", "name\n", "\n")));
        drops++;
    }
}
