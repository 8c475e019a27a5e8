package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.catalogdrop.model.Change;
import org.catalogdrop.model.Plan;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An update erases nothing that its row does not speak of. */
class WipeGuardTest {

    private static final String ROME = "name,cf:4400080:address_line_1,cf:4400080:city,cf:4400080:zip,cf:4400062:enum\n"
            + "One,Via 1,Rome,00100,3692539|3692540\n";

    @TempDir
    Path home;

    private static long first(Loading loading) {
        loading.load("rome.csv", ROME);
        return loading.stored().get(0).id();
    }

    private static List<String> address(Loading loading) {
        return loading.stored().get(0).fields().stream()
                .filter(field -> field.id() == 4400080)
                .flatMap(field -> field.values().stream())
                .map(value -> value.tag() + "=" + value.text())
                .sorted()
                .toList();
    }

    private static long reads(Loading loading) {
        return loading.reads().size();
    }

    @Test
    void parts_the_row_does_not_have_stay() throws Exception {
        try (Loading loading = Loading.start(home)) {
            long id = first(loading);
            loading.load("a.csv", "id,name,cf:4400080:city\n" + id + ",One,Milan\n");
            assertThat(address(loading)).containsExactly("1=Via 1", "3=Milan", "5=00100");
            assertThat(reads(loading)).isEqualTo(1);
            // By the numbers that 'list' writes, too.
            loading.load("b.csv", "id,name,cf:4400080:5\n" + id + ",One,00200\n");
            assertThat(address(loading)).containsExactly("1=Via 1", "3=Milan", "5=00200");
        }
    }

    @Test
    void they_go_if_the_row_says_so_and_whole_values_are_not_read() throws Exception {
        try (Loading loading = Loading.start(home)) {
            long id = first(loading);
            loading.load("a.csv", "id,name,cf:4400080:city,cf:replace\n" + id + ",One,Milan,4400080\n");
            assertThat(address(loading)).containsExactly("3=Milan");
            loading.load("b.csv", "id,name,cf:4400062:enum,cf:4400049\n" + id + ",One,3692541,x|y\n");
            assertThat(loading.stored().get(0).fields())
                    .filteredOn(field -> field.id() == 4400062)
                    .flatExtracting(StoredElement.Field::values)
                    .extracting(StoredElement.Value::tag)
                    .containsExactly("3692541");
            loading.load("c.csv", "id,name,cf:replace\n" + id + ",One,4400080|4400062\n");
            assertThat(loading.stored().get(0).fields())
                    .extracting(StoredElement.Field::id)
                    .containsExactly(4400049L);
            assertThat(reads(loading)).isZero();
        }
    }

    @Test
    void a_mapping_file_guards_them_unless_it_says_replace_and_clears_one_alone() throws Exception {
        try (Loading loading = Loading.start(home)) {
            long id = first(loading);
            mapping("guarded", "    empty: clear\n");
            mapping("whole", "    replace: true\n");
            loading.load("guarded.csv", "Nr,Title,Town\n" + id + ",One,Milan\n");
            assertThat(address(loading)).containsExactly("1=Via 1", "3=Milan", "5=00100");
            loading.load("guarded.csv", "Nr,Title,Town\n" + id + ",One,\n");
            assertThat(address(loading)).containsExactly("1=Via 1", "5=00100");
            loading.load("whole.csv", "Nr,Title,Town\n" + id + ",One,Oslo\n");
            assertThat(address(loading)).containsExactly("3=Oslo");
        }
    }

    private void mapping(String name, String more) throws Exception {
        Files.writeString(
                Files.createDirectories(home.resolve("mappings")).resolve(name + ".yaml"),
                "drops: " + name + ".csv\nid: Nr\nname: Title\nfields:\n"
                        + "  - field: 4400080\n    subtype: city\n    column: Town\n" + more);
    }

    @Test
    void a_plan_shows_what_stays_and_what_a_condition_refuses() throws Exception {
        try (Loading loading = Loading.start(home)) {
            long id = first(loading);
            Path file = Files.writeString(
                    home.resolve("next.csv"),
                    "id,name,cf:4400080:city,_was:name\n" + id + ",One,Milan,\n" + id + ",One,Oslo,Two\n");
            Plan plan = loading.context().createProducerTemplate().requestBody("direct:catalog-plan", file, Plan.class);
            assertThat(plan.firstChanges())
                    .extracting(Change::after)
                    .singleElement()
                    .satisfies(after ->
                            assertThat(after).contains("Milan (city)", "Via 1 (address_line_1)", "00100 (zip)"));
            assertThat(plan.firstRejects().get(0).problem().orElseThrow().code().word())
                    .isEqualTo("edited_since");
            Summary summary = loading.load(file);
            assertThat(loading.outbox(summary).codes()).containsExactly("", "edited_since");
        }
    }

    @Test
    void columns_of_a_condition_are_checked_like_others() throws Exception {
        try (Loading loading = Loading.start(home)) {
            long id = first(loading);
            Summary summary =
                    loading.load("a.csv", "id,name,_was:cf:replace,cf:replace\n" + id + ",Two,x,\n" + id + ",Two,,y\n");
            assertThat(loading.outbox(summary).codes()).containsExactly("bad_field", "bad_field");
            Summary malformed = loading.load("b.csv", "id,name,_was:price\n" + id + ",Two,1\n");
            assertThat(loading.outbox(malformed).codes()).containsExactly("bad_column");
            Summary gone = loading.load("c.csv", "id,name,_was:name\n999999,Two,One\n");
            assertThat(loading.outbox(gone).codes()).containsExactly("not_found");
            mapping("any", "");
            Summary mapped = loading.load("any.csv", "Nr,Title,Town,_was:name\n" + id + ",Two,Oslo,One\n");
            assertThat(mapped.refusal().orElseThrow().code().word()).isEqualTo("no_mapping");
            assertThat(loading.names()).containsExactly("One");
        }
    }
}
