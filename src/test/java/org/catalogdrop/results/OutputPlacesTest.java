package org.catalogdrop.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.results.file.FileNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputPlacesTest {

    private static final Problem PROBLEM = new Problem(Code.DOUBLE_HEADER, "name", "column 'name' is there twice");
    private static final String NEXT = "When the cause is fixed, move the file into inbox and delete this .reason.txt.";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "products.csv, products-2.csv, products-3.csv",
        "products.csv.gz, products-2.csv.gz, products-3.csv.gz",
        "Products.JSON.GZ, Products-2.JSON.GZ, Products-3.JSON.GZ",
        "a.b.csv, a.b-2.csv, a.b-3.csv",
        "README, README-2, README-3",
        ".csv, .csv-2, .csv-3",
        "x.gz, x-2.gz, x-3.gz",
        ".gz, .gz-2, .gz-3"
    })
    void taken_name_is_numbered(String name, String second, String third) throws IOException {
        assertThat(OutputPlaces.free(folder, name)).isEqualTo(folder.resolve(name));
        Files.createFile(folder.resolve(name));
        assertThat(OutputPlaces.free(folder, name)).isEqualTo(folder.resolve(second));
        Files.createSymbolicLink(folder.resolve(second), folder.resolve("nowhere"));
        assertThat(OutputPlaces.free(folder, name)).isEqualTo(folder.resolve(third));
    }

    @Test
    void too_long_name_is_truncated() throws IOException {
        String name = "n".repeat(250) + ".json";
        Files.createFile(folder.resolve(name));

        Path free = OutputPlaces.free(folder, name);
        Files.createFile(free);

        assertThat(free.getFileName().toString()).endsWith("n-2.json").hasSize(255);
        OutputPlaces.reason(folder, name, name, PROBLEM, NEXT);
        assertThat(Given.names(folder)).hasSize(3).allMatch(n -> n.getBytes(StandardCharsets.UTF_8).length <= 255);
    }

    @Test
    void name_is_truncated_between_characters() {
        String smiles = "\uD83D\uDE00".repeat(100);

        assertThat(FileNames.fit(smiles, "-2.csv")).isEqualTo("\uD83D\uDE00".repeat(62) + "-2.csv");
        assertThat(FileNames.fit("é", "-2.csv")).isEqualTo("é-2.csv");
    }

    @Test
    void reason_file_says_what_and_why() throws IOException {
        Path refused = folder.resolve("refused");

        Path reason = OutputPlaces.reason(refused, "products-2.csv", "products.csv", PROBLEM, NEXT);

        assertThat(Given.names(refused)).containsExactly("products-2.csv.reason.txt");
        assertThat(reason).hasContent("""
                products.csv was refused as a whole.

                code:    double_header
                column:  name
                reason:  column 'name' is there twice
                file:    products-2.csv
                next:    When the cause is fixed, move the file into inbox and delete this .reason.txt.

                docs/rejects.md explains the cause and the cure of each code.
                """);
    }

    @Test
    void same_reason_again_is_the_same_file() throws IOException {
        Path first = OutputPlaces.reason(folder, "a.csv", "a.csv", PROBLEM, NEXT);
        Path again = OutputPlaces.reason(folder, "a.csv", "a.csv", PROBLEM, NEXT);

        assertThat(again).isEqualTo(first);
        assertThat(Given.names(folder)).hasSize(1);
    }

    @Test
    void another_reason_is_kept() throws IOException {
        Path theirs = Files.writeString(folder.resolve("a.csv.reason.txt"), "theirs");

        Path ours = OutputPlaces.reason(folder, "a.csv", "a.csv", PROBLEM, NEXT);

        assertThat(theirs).hasContent("theirs");
        assertThat(ours).hasFileName("a.csv.reason-2.txt");
        assertThat(Given.names(folder)).hasSize(2);
    }

    @Test
    void file_in_place_of_a_folder_halts_the_run() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> OutputPlaces.reason(file, "a.csv", "a.csv", PROBLEM, NEXT))
                .isInstanceOfSatisfying(
                        RunHalted.class,
                        halted -> assertThat(halted.problem().code()).isEqualTo(Code.DISK))
                .hasMessageContaining(file.toString());
    }
}
