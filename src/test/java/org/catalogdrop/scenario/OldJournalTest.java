package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A journal that version 0.1.0 wrote until it was killed. Of 14 rows, 8 are settled with the elements 41870 to 41877, 4 were sent without an
 * answer, and 2 were not sent.
 */
class OldJournalTest {

    private static final String DROP = IntStream.rangeClosed(1, 14)
            .mapToObj(OldJournalTest::row)
            .collect(Collectors.joining("", "name,cf:4400049\n", ""));

    @TempDir
    Path home;

    private static String row(int number) {
        return "Part %d,P-%03d\n".formatted(number, number);
    }

    private static void put(Sandbox account, int row) {
        account.store()
                .put(Loading.LIST, "Part " + row, List.of(StoredElement.Field.of(4400049, "P-%03d".formatted(row))));
    }

    @Test
    void given_a_drop_that_version_0_1_0_has_half_loaded_when_it_is_loaded_then_each_row_has_one_element()
            throws Exception {
        try (InputStream journal = OldJournalTest.class.getResourceAsStream("/journal-0.1.0/catalog-drop.db")) {
            Files.copy(journal, Files.createDirectories(home.resolve("state")).resolve("catalog-drop.db"));
        }
        Sandbox account = Sandbox.start(Loading.sandboxSettings());
        // The rows that are settled, and two of those without an answer.
        IntStream.rangeClosed(1, 10).forEach(row -> put(account, row));
        assertThat(account.store().elements(Loading.LIST).get(0).id()).isEqualTo(41870);

        try (Loading loading = Loading.with(home, account)) {
            Summary summary = loading.load("parts.csv", DROP);

            assertThat(summary.exitStatus())
                    .as(loading.outbox(summary).codes().toString())
                    .isZero();
            assertThat(loading.names())
                    .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 14)
                            .mapToObj(row -> "Part " + row)
                            .toList());
            assertThat(loading.outbox(summary).mapping())
                    .hasSize(14)
                    .containsEntry("1", 41870L)
                    .containsEntry("8", 41877L)
                    .containsEntry("9", 41878L)
                    .containsEntry("10", 41879L);
        }
    }
}
