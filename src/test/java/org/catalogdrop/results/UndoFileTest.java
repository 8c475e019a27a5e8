package org.catalogdrop.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.model.Cells;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Status;
import org.catalogdrop.results.file.CsvForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UndoFileTest {

    @TempDir
    Path folder;

    private void write(List<Cells> rows) throws Exception {
        write(Status.UPDATED, rows);
    }

    private void write(Status status, List<Cells> rows) throws Exception {
        UndoFile file = new UndoFile(folder, CsvForm.Settled.PLAIN, outcome -> Optional.of(rows.get((int) outcome.id()))
                .filter(row -> !row.texts().isEmpty()));
        for (int i = 0; i < rows.size(); i++) {
            file.write(new Outcome(Given.row(i + 1), "1", "add", status, i, Optional.empty()));
        }
        file.finish();
    }

    private static Cells row(String... cells) {
        Cells row = Cells.empty();
        for (int i = 0; i < cells.length; i += 2) {
            row.put(cells[i], cells[i + 1]);
        }
        return row;
    }

    @Test
    void rows_are_in_reverse_order_with_all_columns_that_any_of_them_has() throws Exception {
        write(List.of(
                row("a", "1", "b", "say \"hi\"\nthere,\"\" "),
                row(),
                row("a", "2"),
                row("a", "\"", "c", "\u00e9"),
                row("c", "\n\n", "d", "x")));
        assertThat(folder.resolve("undo.csv"))
                .hasContent(
                        "a,b,c,d\n,,\"\n\n\",x\n\"\"\"\",,\u00e9,\n2,,,\n1,\"say \"\"hi\"\"\nthere,\"\"\"\" \",,\n");
        assertThat(folder.resolve("undo.rows")).doesNotExist();
    }

    @Test
    void rows_that_take_away_what_was_added_are_in_the_order_of_the_drop() throws Exception {
        write(Status.CREATED, List.of(row("a", "1", "b", "\"\n"), row(), row("b", "2"), row("a", "3")));
        assertThat(folder.resolve("undo.csv")).hasContent("a,b\n1,\"\"\"\n\"\n,2\n3,\n");
    }

    @Test
    void rows_are_in_reverse_order_if_a_later_one_has_another_column() throws Exception {
        write(Status.CREATED, List.of(row("a", "1"), row("a", "2"), row("a", "3", "b", "4")));
        assertThat(folder.resolve("undo.csv")).hasContent("a,b\n3,4\n2,\n1,\n");
        assertThat(folder.resolve("undo.rows")).doesNotExist();
    }

    @Test
    void a_column_that_a_row_has_twice_is_written_once_with_the_later_cell() throws Exception {
        write(Status.CREATED, List.of(row("a", "1", "b", "2", "a", "3"), row("a", "4", "b", "5")));
        assertThat(folder.resolve("undo.csv")).hasContent("a,b\n3,2\n4,5\n");
    }

    @Test
    void it_is_not_there_if_nothing_is_to_be_undone() throws Exception {
        write(List.of(row(), row()));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void blocks_meet_without_a_gap() throws Exception {
        Cells large = row("a", "x".repeat(700_000));
        write(List.of(row("a", "1"), large, large, row("a", "2"), large, row("a", "3")));
        List<String> lines = Files.readAllLines(folder.resolve("undo.csv"));
        assertThat(lines)
                .extracting(line -> line.length() > 9 ? "x" + line.length() : line)
                .containsExactly("a", "3", "x700000", "2", "x700000", "x700000", "1");
    }
}
