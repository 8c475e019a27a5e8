package org.catalogdrop.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.mapping.draft.MappingDraft;
import org.catalogdrop.mapping.edit.MappingText;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.Problem;
import org.catalogdrop.preview.MappingTrial.Trial;
import org.catalogdrop.preview.MappingTrial.TriedCell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a file without a mapping to a mapping file, by a form, with the first rows tried at each step. */
class MappingFormTest {

    private static final Account.Catalog LIST = new Account.Catalog(
            4220,
            "Products",
            List.of(
                    new Account.Field(1, "SKU", "SKU", 1, Map.of()),
                    new Account.Field(2, "Price", "PRICE", 2, Map.of()),
                    new Account.Field(3, "Colour", "", 4, Map.of(31L, "Red", 32L, "Blue")),
                    new Account.Field(4, "Since", "", 6, Map.of()),
                    new Account.Field(5, "Size", "", 1, Map.of()),
                    new Account.Field(6, "Size", "", 2, Map.of())));
    private static final Account ACCOUNT = new Account("7", "Europe/Berlin", List.of(LIST));

    private static final String FILE = "Artikelnummer;Bezeichnung;Preis;Farbe;Seit;Bild\n"
            + "00415;Bleistift <script>;1.234,50;rot;03.12.2024;a.png\n"
            + "00416;Lineal;1,20;Blue;04.12.2024;b.png\n"
            + "00417;;2,00;Blue;x;c.png\n";

    @TempDir
    Path home;

    private Settings settings() {
        Map<String, String> settings = Map.of(
                "kommo.base-url", "http://127.0.0.1:1",
                "kommo.access-token", "t",
                "kommo.catalog-id", "4220",
                "drop.home", home.toString());
        return SettingsReader.read(key -> Optional.ofNullable(settings.get(key)), true);
    }

    private Path file() throws IOException {
        return Files.writeString(home.resolve("preise.csv"), FILE, Charset.forName("windows-1252"));
    }

    private MappingDraft draft(Path file) throws IOException {
        return DropSample.read(file, "preise.csv", settings().drops()).draft(LIST, id -> false);
    }

    private Trial trial(MappingText text, Path file) {
        Settings settings = settings();
        return new MappingTrial(settings.api().catalogId(), settings.drops(), settings.folders())
                .of("preise.yaml", text.text(), file, "preise.csv", ACCOUNT, 10);
    }

    /** Returns what a browser posts: all inputs as they are, with some changed. */
    private static Map<String, String> posted(MappingForm form, Map<String, String> changes) {
        Map<String, String> posted = new LinkedHashMap<>(form.top());
        for (int i = 0; i < form.entries().size(); i++) {
            posted.put(MappingFormEdit.input(i, "field"), "");
            posted.put(MappingFormEdit.input(i, "type"), "");
            for (Map.Entry<String, String> key : form.entries().get(i).keys().entrySet()) {
                posted.put(MappingFormEdit.input(i, key.getKey()), key.getValue());
            }
        }
        posted.putAll(changes);
        return posted;
    }

    private static int entry(MappingForm form, String column) {
        for (int i = 0; i < form.entries().size(); i++) {
            if (form.entries().get(i).column().equals(column)) {
                return i;
            }
        }
        throw new AssertionError(column);
    }

    @Test
    void given_a_file_without_mapping_when_the_guesses_are_shown_then_each_column_has_its_field_and_samples()
            throws Exception {
        MappingDraft draft = draft(file());
        MappingForm form = MappingForm.of(MappingText.of("preise.yaml", draft.text()), draft, LIST);

        assertThat(form.top())
                .containsEntry("drops", "preise*.csv")
                .containsEntry("name", "Bezeichnung")
                .containsEntry("action", "add")
                .containsEntry("defaults.empty", "leave");
        MappingForm.Entry price = form.entries().get(entry(form, "Preis"));
        assertThat(price.get("field")).isEqualTo("Price");
        assertThat(price.get("type")).isEqualTo("number");
        assertThat(price.get("decimal")).isEqualTo(",");
        assertThat(price.samples()).containsExactly("1.234,50", "1,20", "2,00");
        MappingForm.Entry colour = form.entries().get(entry(form, "Farbe"));
        assertThat(colour.labels()).containsEntry("rot", "");
        assertThat(colour.options()).containsExactlyInAnyOrder("Red", "Blue");
        assertThat(form.entries().get(entry(form, "Bild")).place()).isNegative();
        assertThat(form.fields()).extracting(MappingForm.FieldChoice::name).contains("Price", "5", "6");
    }

    @Test
    void given_the_guesses_when_a_person_corrects_them_then_the_rows_show_what_would_be_sent_and_comments_stay()
            throws Exception {
        Path file = file();
        MappingDraft draft = draft(file);
        MappingText text = MappingText.of("preise.yaml", draft.text());
        MappingForm form = MappingForm.of(text, draft, LIST);
        Map<String, String> changes = new LinkedHashMap<>();
        changes.put("action", "upsert");
        changes.put("key", "Artikelnummer");
        changes.put(MappingFormEdit.input(entry(form, "Farbe"), "word0"), "rot");
        changes.put(MappingFormEdit.input(entry(form, "Farbe"), "label0"), "Red");
        changes.put(MappingFormEdit.input(entry(form, "Seit"), "field"), "Since");
        changes.put(MappingFormEdit.input(entry(form, "Seit"), "pattern"), "dd.MM.yyyy");
        changes.put(MappingFormEdit.input(entry(form, "Bild"), "field"), "5");

        MappingText changed = MappingFormEdit.apply(text, form, posted(form, changes), LIST);

        text.text().lines().filter(line -> line.startsWith("# ")).forEach(comment -> assertThat(changed.text())
                .contains(comment));
        Trial trial = trial(changed, file);
        assertThat(trial.faults()).isEmpty();
        assertThat(trial.rows()).hasSize(3);
        assertThat(trial.rows().get(0).action()).isEqualTo("add or update");
        assertThat(trial.rows().get(0).cells())
                .contains(
                        new TriedCell("1.234,50", "1234.50", false),
                        new TriedCell("rot", "Red", false),
                        new TriedCell("Bleistift <script>", "Bleistift <script>", false),
                        new TriedCell("a.png", "a.png", false));
        assertThat(trial.rows().get(2).problem().map(Problem::code).map(code -> code.word()))
                .isPresent();
        assertThat(trial.rejects()).isEqualTo(1);
        MappingForm again = MappingForm.of(changed, draft, LIST);
        assertThat(MappingFormEdit.apply(changed, again, posted(again, Map.of()), LIST)
                        .text())
                .isEqualTo(changed.text());
    }

    @Test
    void given_a_field_with_a_number_format_when_it_becomes_another_field_then_keys_of_the_old_type_are_gone()
            throws Exception {
        Path file = file();
        MappingDraft draft = draft(file);
        MappingText text = MappingText.of("preise.yaml", draft.text());
        MappingForm form = MappingForm.of(text, draft, LIST);
        int price = entry(form, "Preis");

        MappingText changed = MappingFormEdit.apply(
                text, form, posted(form, Map.of(MappingFormEdit.input(price, "field"), "5")), LIST);

        MappingForm.Entry entry = MappingForm.of(changed, draft, LIST).entries().get(price);
        assertThat(entry.get("type")).isEqualTo("text");
        assertThat(entry.get("decimal")).isEmpty();
        assertThat(changed.text()).contains("#    decimal: \",\"");
        assertThat(trial(changed, file).faults()).isEmpty();
    }

    @Test
    void given_a_mapping_with_faults_when_tried_then_they_are_named_with_their_lines() throws Exception {
        Path file = file();
        Trial trial = trial(MappingText.of("preise.yaml", "drops: x.csv\nname: Nirgends\nfieldz: 1\n"), file);

        assertThat(trial.rows()).isEmpty();
        assertThat(trial.faults().get(0)).contains("preise.yaml:3", "fieldz");
    }

    private static final String WRITTEN = """
            # Prices of the ERP.
            drops: "preise*.csv"
            catalog: Products
            action: {column: Status, words: {neu: add}}   # its own words
            name: {template: "{Bezeichnung} {Artikelnummer}"}
            updated_at: Stand

            # All fields.
            fields:
              - field: Price
                column: Preis
                type: number
                decimal: ","
            """;

    private static MappingText edit(String text, Map<String, String> changes) throws Exception {
        MappingText before = MappingText.of("preise.yaml", text);
        MappingDraft none = new MappingDraft("preise.csv", LIST, List.of());
        MappingForm form = MappingForm.of(before, none, LIST);
        return MappingFormEdit.apply(before, form, posted(form, changes), LIST);
    }

    @Test
    void given_a_mapping_file_when_keys_get_values_for_the_first_time_then_their_blocks_are_made_and_comments_stay()
            throws Exception {
        Map<String, String> changes = new LinkedHashMap<>();
        changes.put("csv.charset", "windows-1251");
        changes.put("csv.delimiter", "tab");
        changes.put("header", "4");
        changes.put("defaults.thousands", " ");
        changes.put("defaults.empty_words", "-; n/a");
        changes.put("missing_at_most", "5 %");
        changes.put("s0.column", "Artikelnummer");
        changes.put("s0.words", "Summe*; Total");
        changes.put("s0.empty", "true");
        changes.put(MappingFormEdit.input(1, "field"), "SKU");
        changes.put(MappingFormEdit.input(1, "constant"), "from the ERP");
        changes.put(MappingFormEdit.input(2, "field"), "Since");
        changes.put(MappingFormEdit.input(2, "column"), "Seit");
        changes.put(MappingFormEdit.input(2, "zone"), "Europe/Kyiv");
        changes.put(MappingFormEdit.input(2, "locale"), "uk");

        MappingText changed = edit(WRITTEN, changes);

        WRITTEN.lines().forEach(line -> assertThat(changed.text().lines()).contains(line));
        assertThat(changed.text())
                .contains("\n# All fields.\nfields:\n")
                .contains("csv:\n  delimiter: tab\n  charset: \"windows-1251\"\n")
                .contains("skip_rows:\n  - column: \"Artikelnummer\"\n")
                .contains("  - field: \"SKU\"\n    constant: \"from the ERP\"\n");
        assertThat(changed.values("skip_rows", "0", "words")).containsExactly("Summe*", "Total");
        assertThat(changed.value("skip_rows", "0", "empty")).contains("true");
        assertThat(changed.value("defaults", "thousands")).contains(" ");
        assertThat(changed.value("fields", "2", "zone")).contains("Europe/Kyiv");
        assertThat(changed.value("fields", "2", "type")).contains("date");
        assertThat(edit(changed.text(), Map.of()).text()).isEqualTo(changed.text());
    }

    @Test
    void given_keys_that_the_form_does_not_show_when_it_is_saved_then_they_are_named_and_stay() throws Exception {
        MappingText before = MappingText.of("preise.yaml", WRITTEN);
        MappingForm form = MappingForm.of(before, new MappingDraft("preise.csv", LIST, List.of()), LIST);

        assertThat(form.unshown()).containsExactly("action (line 4)", "updated_at (line 6)");
        assertThat(form.shows("action")).isFalse();
        assertThat(form.shows("name")).isTrue();
        assertThat(edit(WRITTEN, Map.of("action", "add")).text()).isEqualTo(WRITTEN);
    }

    @Test
    void given_values_when_they_are_cleared_then_blocks_without_anything_are_gone_and_the_source_can_be_another()
            throws Exception {
        String full = WRITTEN
                + "csv:\n  charset: UTF-8\nskip_rows:\n  - {column: A, empty: true}\n  - column: B\n    words: x\n";
        Map<String, String> changes = new LinkedHashMap<>();
        changes.put("csv.charset", "");
        changes.put("s0.column", "A");
        changes.put("s1.column", "");
        changes.put("name.template", "");
        changes.put("name", "Bezeichnung");
        changes.put(MappingFormEdit.input(0, "column"), "");
        changes.put(MappingFormEdit.input(0, "constant"), "7");

        MappingText changed = edit(full, changes);

        assertThat(changed.has("csv")).isFalse();
        assertThat(changed.entries("skip_rows")).isEqualTo(1);
        assertThat(changed.value("name")).contains("Bezeichnung");
        assertThat(changed.value("fields", "0", "constant")).contains("7");
        assertThat(changed.text()).contains("#name: {template", "#csv:", "#  - column: B", "#    column: Preis");
    }
}
