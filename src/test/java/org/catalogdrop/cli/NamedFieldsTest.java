package org.catalogdrop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Plan;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.SandboxSettings;
import org.catalogdrop.sandbox.store.CatalogField;
import org.catalogdrop.sandbox.store.CatalogList;
import org.catalogdrop.sandbox.store.FieldType;
import org.catalogdrop.sandbox.store.StoredElement;
import org.catalogdrop.sandbox.store.StoredElement.Field;
import org.catalogdrop.sandbox.store.StoredElement.Value;
import org.catalogdrop.scenario.Loading;
import org.catalogdrop.scenario.StepLife;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard columns that tell their field by its name or code mean what the account says, from a drop's first row to its last. */
@Timeout(60)
class NamedFieldsTest {

    private static final String TOLD = "standard columns#[0-9a-f]{64}";

    @TempDir
    Path home;

    @AfterEach
    void forgetSettings() {
        Loading.settings(home, "").keySet().forEach(System::clearProperty);
    }

    private static long asked(Sandbox sandbox) {
        return sandbox.log().stream()
                .filter(request -> request.uri().contains("/account"))
                .count();
    }

    private static List<Field> fields(Loading loading, int element) {
        return loading.stored().get(element).fields();
    }

    private static SandboxSettings twice() {
        return Loading.sandboxSettings()
                .withList(CatalogList.of(
                        77,
                        "Things",
                        CatalogField.of(901, "Size", FieldType.TEXT),
                        CatalogField.of(902, "Size", FieldType.TEXT),
                        CatalogField.of(903, "Size: cm", FieldType.TEXT)));
    }

    private void assertRefused(Loading loading, String name, String text, String... parts) {
        int posts = loading.posts().size();
        Summary summary = loading.load(name, text);
        assertThat(summary.refusal()).hasValueSatisfying(problem -> {
            assertThat(problem.code()).isEqualTo(Code.UNKNOWN_NAME);
            assertThat(problem.message()).contains(parts);
        });
        assertThat(loading.posts()).hasSize(posts);
    }

    @ParameterizedTest
    @CsvSource({"a.csv", "a.json"})
    void given_names_codes_and_parts_when_loaded_then_the_account_is_asked_once_and_all_is_as_with_ids(String name)
            throws Exception {
        String text = name.endsWith(".csv")
                ? "name,cf:price,CF:SKU,cf:Multilist:enum,cf:Address:city,cf:4400050\nA,7.50,00415,3692539|3692540,Kyiv,2\n"
                : "[{\"name\":\"Z\"},\n{\"name\":\"A\",\"cf:price\":7.50,\"CF:SKU\":\"00415\",\"cf:Multilist:enum\":[3692539,3692540],"
                        + "\"cf:Address:city\":\"Kyiv\",\"cf:4400050\":2}]";
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load(name, text);
            assertThat(summary.exitStatus()).isZero();
            assertThat(summary.mapping()).matches(TOLD);
            assertThat(summary.unknownColumns()).isEmpty();
            assertThat(fields(loading, loading.stored().size() - 1))
                    .containsExactlyInAnyOrder(
                            Field.of(4400051, "7.50"),
                            Field.of(4400049, "00415"),
                            new Field(4400062, List.of(new Value("", "3692539"), new Value("", "3692540"))),
                            new Field(4400080, List.of(new Value("Kyiv", "3"))),
                            Field.of(4400050, "2"));
            assertThat(asked(loading.sandbox())).isEqualTo(1);
        }
    }

    @Test
    void given_ids_alone_when_loaded_then_the_account_is_not_asked() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary csv = loading.load("a.csv", "name,cf:4400051,cf:replace,_cf:Price,Price\nA,1,,x,y\n");
            Summary json = loading.load("a.json", "[{\"name\":\"B\",\"cf:4400051\":1}]");
            assertThat(csv.mapping()).isEqualTo("standard columns");
            assertThat(json.mapping()).isEqualTo("standard columns");
            assertThat(asked(loading.sandbox())).isZero();
        }
    }

    @Test
    void given_names_in_conditions_and_replace_when_updated_then_they_hold_as_ids_do() throws Exception {
        try (Loading loading = Loading.start(home)) {
            loading.load("a.csv", "name,cf:Price,cf:Vendor code\nA,1,S1\nB,2,S2\n");
            List<Long> ids = loading.stored().stream().map(StoredElement::id).toList();
            Summary summary = loading.load(
                    "b.csv",
                    "id,name,cf:Price,_was:cf:Price,cf:Vendor code,cf:replace\n" + ids.get(0) + ",A,5,1,,Vendor code\n"
                            + ids.get(1) + ",B,5,9,,\n");
            assertThat(loading.outbox(summary).codes()).containsExactly("", "edited_since");
            assertThat(fields(loading, 0)).containsExactly(Field.of(4400051, "5"));

            String rejects = Files.readString(loading.outbox(summary).rejects("csv"));
            assertThat(rejects).startsWith("id,name,cf:Price,_was:cf:Price,").doesNotContain("_mapping");
            Summary mended = loading.load("rejects.csv", rejects.replace(",5,9,", ",5,2,"));
            assertThat(mended.exitStatus()).isZero();
            assertThat(fields(loading, 1)).contains(Field.of(4400051, "5"));
        }
    }

    @Test
    void given_a_name_that_is_not_certain_when_loaded_then_the_drop_is_refused_with_what_may_be_meant()
            throws Exception {
        try (Loading loading = Loading.start(home, twice())) {
            assertRefused(loading, "a.csv", "name,cf:Pirce\nA,1\n", "cf:Pirce", "did you mean 'Price'?");
            assertRefused(loading, "b.csv", "name,_was:cf:SKV\nA,1\n", "cf:SKV", "did you mean 'SKU'?");
            assertRefused(loading, "c.csv", "name,catalog_id,cf:Size\nA,77,1\n", "cf:Size", "901", "902");
            assertRefused(loading, "d.csv", "name,catalog_id,cf:Price\nA,77,1\n", "cf:Price", "Size");
            assertRefused(loading, "e.csv", "name,catalog_id,cf:Price\nA,77,1\nB,,1\n", "lists 77, 4220");
            assertRefused(loading, "f.csv", "name,catalog_id,cf:Price\nA,78,1\n", "no list 78", "77 'Things'");
            assertRefused(loading, "g.json", "[{\"name\":\"A\"},\n{\"name\":\"B\",\"cf:Farbe\":1}]", "cf:Farbe");
            Summary colon = loading.load("h.csv", "name,catalog_id,cf:Size: cm\nA,77,1\n");
            assertThat(colon.exitStatus()).isZero();
        }
    }

    /** These were rejected before, and no account can make sense of them. */
    @ParameterizedTest
    @ValueSource(strings = {"cf:", "cf::city", "cf:4400051:", "cf:0", "cf:4400051:a:b", "cf:Price:", "_was:Price"})
    void given_a_column_that_names_nothing_when_loaded_then_its_rows_are_rejected(String column) throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load("a.csv", "name," + column + "\nA,1\n");
            assertThat(loading.outbox(summary).codes()).containsExactly("bad_column");
        }
    }

    @Test
    void given_one_field_by_name_and_by_id_when_loaded_then_the_rows_are_rejected_as_with_ids() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load("a.csv", "name,cf:Price,cf:4400051\nA,1,2\n");
            assertThat(loading.outbox(summary).codes()).containsExactly("double_column");
        }
    }

    @Test
    void given_names_when_planned_then_changes_are_reported_and_a_wrong_name_is_refused() throws Exception {
        try (Loading loading = Loading.start(home)) {
            loading.load("a.csv", "name,cf:4400051\nA,1\n");
            long id = loading.stored().get(0).id();
            Plan plan = plan(loading, "b.csv", "id,name,cf:Price\n" + id + ",A,2\n");
            assertThat(plan.firstChanges()).singleElement().satisfies(change -> {
                assertThat(change.before()).isEqualTo("1");
                assertThat(change.after()).isEqualTo("2");
            });
            assertThatThrownBy(() -> plan(loading, "c.csv", "id,name,cf:Prize\n" + id + ",A,2\n"))
                    .hasRootCauseInstanceOf(DropRefused.class)
                    .rootCause()
                    .hasMessageContaining("did you mean 'Price'?");
        }
    }

    private Plan plan(Loading loading, String name, String text) throws Exception {
        Path file =
                Files.writeString(Files.createDirectories(home.resolve("given")).resolve(name), text);
        return loading.context().createProducerTemplate().requestBody("direct:catalog-plan", file, Plan.class);
    }

    @Test
    void given_a_load_by_names_when_verified_and_undone_then_both_go_by_its_ids() throws Exception {
        try (Loading loading = Loading.start(home, "drop.undo=full")) {
            Summary adds = loading.load("a.csv", "name,cf:Price\nA,1\n");
            long id = loading.stored().get(0).id();
            Summary summary = loading.load("b.csv", "id,name,cf:Price\n" + id + ",A,2\n");
            Loading.settings(home, loading.sandbox().baseUrl()).forEach(System::setProperty);
            StringWriter out = new StringWriter();
            int verified = CatalogDropMain.commandLine()
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(out, true))
                    .execute(
                            "verify",
                            home.resolve("outbox").resolve(adds.folder()).toString(),
                            "--drop=" + home.resolve("given/a.csv"));
            assertThat(verified).as(out::toString).isZero();
            Path undo = loading.outbox(summary).folder().resolve("undo.csv");
            assertThat(loading.load(undo).exitStatus()).isZero();
            assertThat(fields(loading, 0)).containsExactly(Field.of(4400051, "1"));
        }
    }

    @Test
    void given_a_drop_with_names_when_a_mapping_is_begun_from_it_then_its_columns_fill_these_fields() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Loading.settings(home, loading.sandbox().baseUrl()).forEach(System::setProperty);
            Path file = Files.writeString(home.resolve("a.csv"), "name,cf:Price,cf:4400049\nA,1,S\n");
            Path mapping = home.resolve("a.yaml");
            assertThat(CatalogDropMain.commandLine()
                            .execute("mapping", "init", file.toString(), "--output", mapping.toString()))
                    .isZero();
            assertThat(Files.readString(mapping))
                    .containsPattern("field: \"?Price\"?[^\n]*\n    column: \"?cf:Price\"?")
                    .containsPattern("field: \"?Vendor code\"?[^\n]*\n    column: \"?cf:4400049\"?");
        }
    }

    /** The account gives the name to another field while the load is down. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void given_a_load_that_died_when_it_resumes_then_names_have_the_ids_of_its_first_request(boolean named)
            throws Exception {
        StringBuilder text = new StringBuilder("name,cf:Size\n");
        for (int row = 1; row <= 60; row++) {
            text.append("Row ").append(row).append(",S").append(row).append('\n');
        }
        Path drop = Files.writeString(home.resolve("a.csv"), text);
        CatalogList before = CatalogList.of(4220, "Products", CatalogField.of(901, "Size", FieldType.TEXT));
        CatalogList after = CatalogList.of(
                4220,
                "Products",
                CatalogField.of(901, "Old size", FieldType.TEXT),
                CatalogField.of(902, "Size", FieldType.TEXT));
        SandboxSettings api = SandboxSettings.defaults().withRequestsPerSecond(0);
        AtomicInteger settled = new AtomicInteger();
        String step = named ? "catalog-sending method:settleRows" : "catalog-loads method:resolveNames";
        try (Sandbox sandbox = Sandbox.start(api.withList(before))) {
            assertThat(StepLife.load(
                            StepLife.settings(home, sandbox, 1),
                            drop,
                            (node, done) ->
                                    !done && node.contains(step) && settled.incrementAndGet() == (named ? 5 : 1)))
                    .isEmpty();
            assertThat(asked(sandbox)).isEqualTo(1);
        }
        try (Sandbox sandbox = Sandbox.start(api.withList(after))) {
            Summary summary = StepLife.load(StepLife.settings(home, sandbox, 2), drop, (node, done) -> false)
                    .orElseThrow();
            assertThat(summary.count(Status.CREATED) + summary.count(Status.IN_DOUBT))
                    .isEqualTo(60);
            assertThat(summary.mapping()).matches(TOLD);
            long field = named ? 901 : 902;
            assertThat(sandbox.store().elements(4220)).isNotEmpty().allSatisfy(element -> assertThat(element.fields())
                    .singleElement()
                    .satisfies(one -> assertThat(one.id()).isEqualTo(field)));
            assertThat(asked(sandbox)).isEqualTo(named ? 0 : 1);
        }
    }
}
