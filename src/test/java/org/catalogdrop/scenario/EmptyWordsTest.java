package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.catalogdrop.model.Summary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words of a drop that mean nothing, if its mapping says so. */
class EmptyWordsTest {

    @TempDir
    Path home;

    @Test
    void given_words_for_nothing_when_loaded_then_their_cells_are_empty() throws Exception {
        Files.writeString(Files.createDirectories(home.resolve("mappings")).resolve("db.yaml"), """
                drops: "db*.csv"
                action: add
                name: product
                defaults: {empty_words: ["\\\\N", "NULL"]}
                fields:
                  - {field: 4400049, column: sku}
                  - {field: 4400050, column: price, type: number, signs: "€"}
                  - {field: 4400051, column: note, empty_words: "-"}
                """);
        try (Loading loading = Loading.start(home)) {
            Summary summary =
                    loading.load("db.csv", "sku,product,price,note\n1,Cable,12.50 €,-\nNULL,Plug,\\N,5\n3,NULL,1,x\n");
            assertThat(loading.outbox(summary).codes()).containsExactly("", "", "name_missing");
            assertThat(loading.stored().get(0).fields()).hasSize(2);
            assertThat(loading.stored().get(1).fields())
                    .extracting(field -> field.id())
                    .containsExactly(4400051L);
        }
    }
}
