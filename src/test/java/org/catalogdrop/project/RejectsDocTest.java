package org.catalogdrop.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.catalogdrop.model.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds docs/rejects.md to the codes: each once, in the table of its scope, with a cause and a cure. */
class RejectsDocTest {

    @ParameterizedTest
    @CsvSource({"Rows,ROW", "Drops,DROP", "Runs,RUN"})
    void lists_each_code_once_in_the_table_of_its_scope(String heading, Code.Scope scope) throws IOException {
        List<List<String>> table = Document.of("docs/rejects.md").table(heading);
        assertThat(table)
                .extracting(row -> row.get(0))
                .containsExactlyElementsOf(Arrays.stream(Code.values())
                        .filter(code -> code.scope() == scope)
                        .map(Code::word)
                        .toList());
        assertThat(table).allSatisfy(row -> {
            assertThat(row).hasSize(3);
            assertThat(row).noneMatch(String::isBlank);
        });
    }

    @Test
    void lists_each_code_whose_rows_stay_rejected_when_left_as_they_are() throws IOException {
        assertThat(Document.of("docs/rejects.md").table("Left as they are"))
                .extracting(row -> row.get(0))
                .containsExactlyElementsOf(Arrays.stream(Code.values())
                        .filter(Code::staysRejected)
                        .map(Code::word)
                        .toList());
    }
}
