package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.input.DropInspector;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.resolve.MappingResolver;
import org.catalogdrop.resolve.ResolvedMapping;
import org.catalogdrop.results.Summaries;
import org.catalogdrop.sandbox.SandboxSettings;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.store.CatalogField;
import org.catalogdrop.sandbox.store.CatalogList;
import org.catalogdrop.sandbox.store.FieldType;
import org.catalogdrop.sandbox.store.StoredElement;
import org.catalogdrop.verify.Verification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which mapping a drop goes by, and what keeps it from going by a wrong one. */
class MappingLoadTest {

    private static final String MAPPING = """
            drops: erp*.csv
            catalog: Things
            action: add
            name: Titel
            fields:
              - {field: Farbe, column: F, type: options}
            """;
    private static final long THINGS = 77;

    @TempDir
    Path home;

    private static SandboxSettings account(long field, long red) {
        return Loading.sandboxSettings().withList(things(field, red));
    }

    private static CatalogList things(long field, long red) {
        return CatalogList.of(
                THINGS,
                "Things",
                CatalogField.of(field, "Farbe", FieldType.SELECT)
                        .withOption(red, "Rot & mehr")
                        .withOption(902, "Blau"));
    }

    private void mapping(String name, String text) throws IOException {
        Files.writeString(Files.createDirectories(home.resolve("mappings")).resolve(name), text);
    }

    private void assertRefused(Loading loading, String name, String text, Code code, String... parts) {
        int posts = loading.posts().size();
        Summary summary = loading.load(name, text);
        assertThat(summary.refusal()).hasValueSatisfying(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.message()).contains(parts);
        });
        assertThat(loading.posts()).hasSize(posts);
    }

    @Test
    void names_become_ids_by_the_account_and_only_if_a_mapping_asks() throws Exception {
        mapping("erp.yaml", MAPPING);
        try (Loading loading = Loading.start(home, account(901, 901))) {
            loading.load("plain.csv", "name\na\n");
            assertThat(loading.sandbox().log())
                    .noneMatch(request -> request.uri().contains("/account"));
            Summary summary = loading.load("ERP-1.csv", "Titel;F\nA;rot &  mehr\nB;Blau\n");
            assertThat(summary.count(Status.CREATED)).isEqualTo(2);
            assertThat(summary.mapping()).matches("erp\\.yaml@[0-9a-f]{64}-[0-9a-f]{8}");
            assertThat(loading.sandbox().store().elements(THINGS))
                    .extracting(
                            element -> element.fields().get(0).values().get(0).tag())
                    .containsExactly("901", "902");
        }
    }

    @Test
    void a_drop_whose_names_the_account_was_asked_for_leaves_the_inbox_at_once() throws Exception {
        mapping("erp.yaml", MAPPING.replace("Things", "Products").replace("Farbe", "Colour"));
        Files.writeString(Files.createDirectories(home.resolve("inbox")).resolve("erp.csv"), "Titel;F\nA;Red\n");
        Files.writeString(home.resolve("inbox/erp-2.csv"), "Titel;F\nB;Rod\nC;Blue\n");
        try (Loading loading = Loading.watch(home, "drop.on-reject=stop")) {
            loading.drop().runs().awaitIdle();
            assertThat(loading.drop().runs().exitStatus()).isEqualTo(4);
            assertThat(loading.names()).containsExactly("A");
            assertThat(home.resolve("archive/erp.csv")).exists();
            assertThat(home.resolve("refused/erp-2.csv")).exists();
        }
    }

    /** Read by the standard columns it would be sent as plain adds. */
    @Test
    void given_a_link_to_nowhere_in_place_of_the_mappings_when_a_drop_is_loaded_then_nothing_is_sent()
            throws Exception {
        Files.createSymbolicLink(home.resolve("mappings"), home.resolve("unmounted"));
        try (Loading loading = Loading.start(home, account(901, 901))) {
            assertThatThrownBy(() -> loading.load("erp-1.csv", "name\nA\n"))
                    .isInstanceOf(RunHalted.class)
                    .hasMessageContainingAll("mappings", "cannot be read", "drop.mappings");
            assertThat(loading.posts()).isEmpty();
        }
    }

    @Test
    void what_is_not_certain_is_refused_before_anything_is_sent() throws Exception {
        mapping("erp.yaml", MAPPING);
        mapping("two.yaml", "drops: [erp-2*, two*]\nname: Titel\n");
        try (Loading loading = Loading.start(home, account(901, 901))) {
            assertRefused(
                    loading, "erp-2.csv", "Titel;F\nA;\n", Code.TWO_MAPPINGS, "erp.yaml is for erp*.csv", "two.yaml");
            assertRefused(loading, "other.csv", "Foo;Bar\nA;\n", Code.NO_HEADER, "No mapping file fits", "erp*.csv");
            assertRefused(loading, "other.csv", "name;Titel\nA;B\n", Code.NO_MAPPING, "Titel", "erp*.csv");
            assertRefused(loading, "other.json", "[{\"Foo\":1}]", Code.NO_MAPPING, "Foo", "erp*.csv");
            assertRefused(loading, "erp.csv", "Titl;F\nA;\n", Code.COLUMN_MISSING, "'Titel' (did you mean 'Titl'?)");
            mapping("erp.yaml", MAPPING.replace("Farbe", "Frabe"));
            assertRefused(
                    loading, "erp.csv", "Titel;F\nB;\n", Code.UNKNOWN_NAME, "did you mean 'Farbe'?", "erp.yaml:6");
            mapping("erp.yaml", MAPPING.replace("Things", "Thing"));
            assertRefused(loading, "erp.csv", "Titel;F\nC;\n", Code.UNKNOWN_NAME, "did you mean 'Things'?");
            mapping("erp.yaml", MAPPING.replace(", type: options", ""));
            assertRefused(loading, "erp.csv", "Titel;F\nC;\n", Code.UNKNOWN_NAME, "write type: options");
            mapping("erp.yaml", MAPPING + "nme: x\n");
            assertRefused(loading, "erp.csv", "Titel;F\nD;\n", Code.BAD_MAPPING, "erp.yaml:7", "did you mean 'name'?");
            mapping("broken.yaml", "drops: [");
            assertRefused(
                    loading, "plain.csv", "name\nE\n", Code.BAD_MAPPING, "broken.yaml", "it is unclear which drops");
        }
    }

    @Test
    void a_changed_account_refuses_the_next_drop() throws Exception {
        mapping("erp.yaml", MAPPING);
        try (Loading loading = Loading.start(home, account(901, 901))) {
            loading.load("erp.csv", "Titel;F\nA;Blau\n");
            loading.sandbox().put(things(901, 955));
            String changed = "Titel;F\nB;Blau\n";
            assertRefused(
                    loading,
                    "erp.csv",
                    changed,
                    Code.DRIFT,
                    "option 'Rot & mehr' of field 901 was 901 and is 955 now",
                    "accept the change for erp.yaml");
            loading.sandbox().put(things(999, 901));
            assertRefused(loading, "erp.csv", changed, Code.DRIFT, "field 'Farbe' was 901 and is 999 now");
            loading.sandbox().put(things(901, 901));
            assertThat(loading.load("erp.csv", changed).count(Status.CREATED)).isEqualTo(1);
        }
    }

    @Test
    void a_drop_resumes_by_the_mapping_it_began_with_and_verifies_by_it() throws Exception {
        mapping("erp.yaml", MAPPING);
        String text = "Titel;F;Neu\nA;Blau;x\nB;Blau;y\nC;Rot & mehr;z\n";
        try (Loading loading = Loading.start(home, account(901, 901), "kommo.chunk-size=1", "kommo.in-flight=1")) {
            loading.sandbox().faults().next(Fault.named("delay").number(1), 1);
            loading.sandbox().faults().next(Fault.named("401"), 1);
            assertThatThrownBy(() -> loading.load("erp.csv", text)).isInstanceOf(RunHalted.class);
            assertThat(names(loading)).hasSize(1);
            mapping("erp.yaml", MAPPING.replace("Titel", "Neu"));
            loading.sandbox().put(things(901, 955));

            Summary summary = loading.load("erp.csv", text);
            assertThat(summary.count(Status.CREATED) + summary.count(Status.REJECTED))
                    .isEqualTo(3);
            assertThat(names(loading)).contains("A", "B").doesNotContain("x", "y", "z");

            Path results = home.resolve("outbox").resolve(summary.folder());
            Settings settings = settings(loading);
            ResolvedMapping meaning = MappingResolver.ofResults(
                    settings.folders().journal(),
                    Summaries.read(results),
                    settings.api().catalogId());
            Verification verification =
                    new Verification(Summaries.read(results), meaning, Optional.empty(), Optional.empty());
            Drop drop = new DropInspector(settings.drops().limits(), meaning.columns())
                    .identify(home.resolve("given").resolve("erp.csv"), "erp.csv");
            verification.compare(results, drop, settings.drops().limits());
            assertThat(verification.faults()).isEmpty();
        }
    }

    private Settings settings(Loading loading) {
        var map = Loading.settings(home, loading.sandbox().baseUrl());
        return SettingsReader.read(key -> Optional.ofNullable(map.get(key)), true);
    }

    private static List<String> names(Loading loading) {
        return loading.sandbox().store().elements(THINGS).stream()
                .map(StoredElement::name)
                .toList();
    }
}
