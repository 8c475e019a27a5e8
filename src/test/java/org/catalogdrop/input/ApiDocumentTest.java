package org.catalogdrop.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.catalogdrop.input.Dropped.literal;

import java.nio.file.Path;
import java.util.List;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiDocumentTest {

    @TempDir
    Path folder;

    private List<Row> rows(String text) {
        return Dropped.text(folder, "a.json", text).rows();
    }

    @Test
    void rows_of_an_api_document_begin_with_their_section() {
        List<Row> rows =
                rows("{\"update\":[{\"id\":5,\"name\":\"b\"}],␊\"add\":[],␊\"delete\":[12,␊\"13\",{\"id\":14}]}");

        assertThat(rows)
                .containsExactly(
                        Row.of(1, 1, List.of("action", "id", "name"), List.of("update", literal("5"), "b")),
                        Row.of(2, 3, List.of("action", "id"), List.of("delete", literal("12"))),
                        Row.of(3, 4, List.of("action", "id"), List.of("delete", "13")),
                        Row.of(4, 4, List.of("action", "id"), List.of("delete", literal("14"))));
    }

    @Test
    void item_that_names_an_action_has_both_actions() {
        List<Row> rows = rows("{\"add\":[{\"name\":\"a\",\"action\":\"delete\"}]}");

        assertThat(rows.get(0).columns()).isEqualTo(List.of("action", "name", "action"));
        assertThat(rows.get(0).cells()).isEqualTo(List.of("add", "a", "delete"));
    }

    @Test
    void items_that_are_no_objects_are_rejected() {
        List<Row> rows = rows("{\"add\":[12],\"delete\":[null,[1]]}");

        assertThat(Dropped.codes(rows)).hasSize(3).containsOnly(Code.NOT_AN_OBJECT);
        assertThat(rows.get(0).columns()).isEqualTo(List.of("action", "_row"));
        assertThat(rows.get(0).cells()).isEqualTo(List.of("add", literal("12")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '#',
            value = {
                "{\"add\":[{\"name\":1}],\"Delete\":[]}   ! 'Delete'",
                "{\"add\":[],\"pipelines\":{}}            ! 'pipelines'",
                "{\"add\":[],\"delete\":[],\"add\":[]}    ! 'add' occurs twice",
                "{\"add\":[],\"delete\":{}}               ! expected an array as the section 'delete'",
                "{\"add\":[]}{}                           ! found more text after the closing }",
                "{\"add\":[{\"name\":1}]                  ! too early",
            })
    void other_documents_are_refused(String text, String told) {
        Problem refusal = Dropped.text(folder, "a.json", text).refusal();

        assertThat(refusal.code()).isEqualTo(Code.MALFORMED_JSON);
        assertThat(refusal.message()).contains(told);
    }
}
