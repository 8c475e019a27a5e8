package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.catalogdrop.scenario.Night.SKU;
import static org.catalogdrop.scenario.Night.drop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.fault.Switch;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Someone deletes elements of a list while it is read: those below move up to where was read already. */
@Timeout(60)
class ShiftingListTest {

    private static final int ELEMENTS = 1200;

    @TempDir
    Path home;

    private Sandbox sandbox;

    @ParameterizedTest
    @EnumSource(Switch.LimitRows.class)
    void key_is_found_although_its_element_moved_up(Switch limitRows) throws Exception {
        Night.mapping(home, "");
        sandbox = Sandbox.start(Loading.sandboxSettings().withSwitch(limitRows));
        try {
            keysAreFound();
        } finally {
            sandbox.close();
        }
    }

    private void keysAreFound() throws Exception {
        long[] ids = IntStream.range(0, ELEMENTS)
                .mapToLong(i ->
                        sandbox.store().put(Loading.LIST, "other " + i, List.of(StoredElement.Field.of(SKU, "x" + i))))
                .toArray();
        // One is deleted after each answer.
        Deque<Long> deletes = new ArrayDeque<>();
        LongStream.range(0, 100).forEach(i -> deletes.add(ids[ELEMENTS - 1 - (int) i]));
        String[] rows = IntStream.range(0, ELEMENTS - 100)
                .mapToObj(i -> "x" + i + ";other " + i + ";1")
                .toArray(String[]::new);
        Path file = Files.writeString(home.resolve("night1.csv"), drop(rows));
        Summary summary = StepLife.load(settings(), file, (node, behind) -> {
                    if (behind && node.contains("catalog-keys method:takePage") && !deletes.isEmpty()) {
                        ByHand.delete(sandbox.baseUrl(), Loading.TOKEN, deletes.remove());
                    }
                    return false;
                })
                .orElseThrow();
        assertThat(summary.count(Status.UPDATED)).isEqualTo(rows.length);
        assertThat(sandbox.store().elements(Loading.LIST))
                .extracting(StoredElement::name)
                .doesNotHaveDuplicates();
    }

    private Settings settings() {
        Map<String, String> settings = Loading.settings(home, sandbox.baseUrl());
        return SettingsReader.read(key -> Optional.ofNullable(settings.get(key)), true);
    }
}
