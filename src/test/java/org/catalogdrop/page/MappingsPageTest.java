package org.catalogdrop.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.catalogdrop.model.Status;
import org.catalogdrop.page.OpenPage.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The mapping files of the folder are listed, and each is edited by itself. */
@Timeout(60)
class MappingsPageTest {

    private static final String MAPPING = """
            # Prices, every night.
            drops: "preise*.csv"
            catalog: Products
            action: add
            name: Titel          # as printed
            request_id: Nr
            fields:
              - field: Price
                column: Preis
                type: number
            """;

    private static final String ADDRESS = "/mappings/preise.yaml";

    @TempDir
    Path home;

    private Path file;

    @BeforeEach
    void write() throws Exception {
        file = Files.createDirectories(home.resolve("mappings")).resolve("preise.yaml");
        Files.writeString(file, MAPPING);
    }

    private void load(OpenPage page) throws Exception {
        Path drop = Files.createDirectories(home.resolve("archive")).resolve("preise-1.csv");
        Files.writeString(drop, "Nr;Titel;Preis\n1;Ant;1,50\n2;Bee;2.50\n");
        assertThat(page.loading().load(drop).count(Status.REJECTED)).isEqualTo(1);
    }

    @Test
    void given_a_file_that_was_loaded_when_its_mapping_is_opened_then_its_rows_show_each_change_and_comments_stay()
            throws Exception {
        try (OpenPage page = OpenPage.start(home)) {
            load(page);
            assertThat(page.get("/mappings").body())
                    .contains(ADDRESS, "preise*.csv", "list Products, add", "preise-1.csv, ");

            Answer shown = page.get(ADDRESS);
            assertThat(shown.body())
                    .contains("1 would be sent and 1 rejected", "preise-1.csv, loaded")
                    .contains("They stay as they are: <bdi>request_id (line 6)</bdi>");
            Map<String, String> form = OpenPage.form(shown.body(), "mapping");
            form.put("e0.decimal", ",");
            form.put("e1.field", "Text");
            form.put("e1.constant", "shop");
            form.put("s0.column", "Nr");
            form.put("s0.words", "2");
            form.put("do", "try");
            assertThat(page.post(ADDRESS, form).body()).contains("1.50", "skipped", "shop");
            assertThat(file).hasContent(MAPPING);
            form.put("do", "save");
            assertThat(page.post(ADDRESS, form).header("Location")).isEqualTo(ADDRESS);

            assertThat(Files.readString(file))
                    .contains(
                            "# Prices, every night.", "Titel          # as printed", "request_id: Nr", "decimal: \",\"")
                    .contains("constant: shop", "words: [\"2\"]");
            assertThat(page.get(ADDRESS).body()).contains("is saved and counts from the next file on");
        }
    }

    @Test
    void
            given_a_file_that_somebody_changed_meanwhile_when_it_is_saved_then_both_texts_are_shown_and_nothing_is_overwritten()
                    throws Exception {
        try (OpenPage page = OpenPage.start(home)) {
            Map<String, String> form = OpenPage.form(page.get(ADDRESS).body(), "mapping");
            form.put("name", "Name");
            form.put("do", "save");
            String theirs = MAPPING.replace("every night", "by hand");
            Files.writeString(file, theirs);

            Answer refused = page.post(ADDRESS, form);

            assertThat(refused.body())
                    .contains("somebody has changed the file meanwhile", "# Prices, by hand.", "name: \"Name\"")
                    .contains("Begin again with the file as it is now");
            assertThat(file).hasContent(theirs);
            Files.delete(file);
            assertThat(page.post(ADDRESS, form).body()).contains("somebody has removed the file meanwhile");
            assertThat(file).doesNotExist();
            Map<String, String> again = OpenPage.form(page.post(ADDRESS, form).body(), "mapping");
            again.put("do", "save");
            assertThat(page.post(ADDRESS, again).status()).isEqualTo(303);
            assertThat(file).content().contains("name: \"Name\"");
        }
    }

    @Test
    void given_a_file_without_a_form_when_it_is_opened_then_the_reason_is_given_and_its_text_can_be_corrected()
            throws Exception {
        try (OpenPage page = OpenPage.start(home)) {
            Files.writeString(file, MAPPING.replace("name: Titel ", "name: [Titel "));
            assertThat(page.get("/mappings").body()).contains("preise.yaml:").contains("bad-text");
            Answer shown = page.get(ADDRESS);
            assertThat(shown.body()).contains("There is no form for it.", "is not YAML", "# Prices, every night.");
            Map<String, String> form = OpenPage.form(shown.body(), "mapping");
            form.put("do", "save");
            assertThat(page.post(ADDRESS, form).body()).contains("Not saved, because the mapping cannot be used yet.");
            form.put("written", form.get("written").replace("[", "").replace("\n", "\r\n"));
            form.put("do", "form");
            assertThat(page.post(ADDRESS, form).body()).contains("name=\"e0.field\"");
            form.put("do", "save");
            assertThat(page.post(ADDRESS, form).status()).isEqualTo(303);
            assertThat(file).hasContent(MAPPING);
        }
    }

    @Test
    void given_names_that_lead_elsewhere_when_asked_for_then_nothing_is_read_or_written() throws Exception {
        try (OpenPage page = OpenPage.start(home)) {
            Path outside = Files.writeString(home.resolve("secret.yaml"), MAPPING);
            Map<String, String> form = OpenPage.form(page.get(ADDRESS).body(), "mapping");
            form.put("do", "save");
            form.put("saved", "");
            for (String name :
                    new String[] {"..%2fsecret.yaml", "%2e%2e/secret.yaml", ".hidden.yaml", "x.sh", "%00.yaml"}) {
                assertThat(page.get("/mappings/" + name).status()).isNotEqualTo(200);
                assertThat(page.post("/mappings/" + name, form).status())
                        .as(name)
                        .isEqualTo(404);
            }
            assertThat(outside).hasContent(MAPPING);
            assertThat(home.resolve("mappings")).isDirectoryNotContaining("glob:**.hidden.yaml");
        }
    }
}
