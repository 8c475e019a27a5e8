package org.catalogdrop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.catalogdrop.cli.output.ProgressBar;
import org.catalogdrop.cli.output.StatusLine;
import org.catalogdrop.load.ListReads;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.store.StoredElement;
import org.catalogdrop.scenario.Loading;
import org.catalogdrop.scenario.Night;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far a load is, looked at each time a request has been answered. */
public class ShownProgressTest {

    @TempDir
    Path home;

    /** Looks after each call of a step. */
    public static final class Onlooker extends EventNotifierSupport {

        private Optional<ProgressBar> progress = Optional.empty();

        /** Writes a line after each step of a load. */
        public void show(Loading loading, List<String> lines) {
            show(loading, new ProgressBar.Lines(lines::add, Duration.ZERO, true));
        }

        private void show(Loading loading, ProgressBar.Lines lines) {
            progress = Optional.of(new ProgressBar(
                    loading.drop().loads()::current, loading.drop().reads(), Optional.empty(), lines));
        }

        @Override
        public void notify(CamelEvent event) {
            if (event instanceof CamelEvent.ExchangeSentEvent) {
                synchronized (this) {
                    progress.ifPresent(ProgressBar::tick);
                }
            }
        }
    }

    private List<String> lines(Duration each, boolean atBegin, String... settings) throws Exception {
        List<String> lines = new ArrayList<>();
        Onlooker onlooker = new Onlooker();
        try (Loading loading = Loading.start(home, onlooker, settings)) {
            IntStream.range(0, 60).forEach(i -> loading.sandbox()
                    .store()
                    .put(Loading.LIST, "e" + i, List.of(StoredElement.Field.of(Night.SKU, "k" + i))));
            onlooker.show(loading, new ProgressBar.Lines(lines::add, each, atBegin));
            loading.load(
                    "night1.csv",
                    Night.drop(IntStream.range(0, 9)
                            .mapToObj(i -> "k" + i + ";x;1")
                            .toArray(String[]::new)));
        }
        return lines;
    }

    @Test
    void given_a_first_upsert_then_reading_and_rows_are_reported_as_progress() throws Exception {
        Night.mapping(home, "");
        List<String> lines = lines(Duration.ZERO, true, "kommo.chunk-size=3", "kommo.in-flight=1", "drop.undo=full");
        assertThat(lines)
                .contains(
                        "night1.csv: reading list 4220 for the keys of its elements, 0 elements so far",
                        "night1.csv: reading list 4220 for the keys of its elements, 60 elements so far")
                .anyMatch(
                        line -> line.matches(
                                "night1\\.csv \\[#{10}-{20}\\] +33 % 3/9 rows, .* left, \\d elements read before their change"));
    }

    @Test
    void given_a_run_without_a_terminal_then_a_load_is_reported_once_when_it_begins() throws Exception {
        Night.mapping(home, "");
        assertThat(lines(Duration.ofMinutes(1), true))
                .singleElement()
                .asString()
                .startsWith("night1.csv");
    }

    @Test
    void given_a_load_that_goes_on_when_it_begins_then_rows_of_before_count() throws Exception {
        List<String> lines = new ArrayList<>();
        Onlooker onlooker = new Onlooker();
        try (Loading loading = Loading.start(home, onlooker, "kommo.chunk-size=100", "kommo.in-flight=1")) {
            String rows = IntStream.range(0, 2000)
                    .mapToObj(i -> "Element " + i)
                    .collect(Collectors.joining("\n", "name\n", "\n"));
            loading.sandbox().faults().always(Fault.named("401").has("Element 1550"));
            assertThatThrownBy(() -> loading.load("long.csv", rows)).isInstanceOf(RunHalted.class);
            loading.sandbox().faults().clear();
            onlooker.show(loading, lines);

            loading.load("long.csv", rows);
        }
        assertThat(lines.stream().filter(line -> line.contains(" rows")).findFirst())
                .hasValueSatisfying(line ->
                        assertThat(line).matches("long\\.csv \\[#{22,}-+\\] +7[5-9] % 1[5-9]\\d\\d/2000 rows.*"));
    }

    @Test
    void given_a_terminal_then_the_line_is_drawn_and_erased_at_the_end() throws Exception {
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        ListReads reads = new ListReads();
        try (ProgressBar progress = new ProgressBar(
                Optional::empty,
                reads,
                Optional.of(new StatusLine(new PrintStream(screen, true, StandardCharsets.UTF_8))),
                new ProgressBar.Lines(line -> {}, Duration.ofMinutes(1), false))) {
            progress.tick();
            try (ListReads.Read read = reads.begin("list 7")) {
                read.at(450);
                progress.tick();
                read.next("elements of list 7 again", 1200);
                read.at(20);
                progress.tick();
            }
            progress.tick();
        }
        assertThat(screen.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r\033[Kreading list 7, 450 elements so far"
                        + "\r\033[Kreading elements of list 7 again, 20 of 1200 elements so far\r\033[K");
    }
}
