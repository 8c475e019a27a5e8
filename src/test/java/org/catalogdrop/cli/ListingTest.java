package org.catalogdrop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.catalogdrop.cli.output.ListOutput;
import org.catalogdrop.cli.output.ListOutput.ListFormat;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Plan;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.LoggedRequest;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.store.StoredElement;
import org.catalogdrop.sandbox.store.StoredElement.Field;
import org.catalogdrop.sandbox.store.StoredElement.Value;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code direct:catalog-list} and the drop made of what it gives back. */
class ListingTest {

    @TempDir
    Path home;

    @Test
    void list_reads_all_pages() throws Exception {
        try (Loading loading = Loading.start(home)) {
            for (int i = 0; i < 120; i++) {
                loading.sandbox().store().put(Loading.LIST, "element " + i, List.of(Field.of(4400051, "" + i)));
            }
            List<Element> elements = list(loading, Map.of());

            assertThat(elements).extracting(Element::id).doesNotHaveDuplicates().hasSize(120);
            assertThat(elements.get(0).name()).isEqualTo("element 119");
            assertThat(elements.get(0).fields().get(0).values().get(0).value()).isEqualTo("119");
        }
    }

    @Test
    void list_finds_by_text_by_id_and_in_another_list() throws Exception {
        try (Loading loading = Loading.start(home)) {
            String odd = "50% & Ünïcode + \"#?=/\"";
            long id = loading.sandbox().store().put(Loading.LIST, "x " + odd + " y", List.of());
            long other = loading.sandbox().store().put(Loading.LIST, "other", List.of());
            loading.sandbox().store().put(4221, "a service", List.of());

            assertThat(list(loading, Map.of("CatalogTerm", odd)))
                    .extracting(Element::id)
                    .containsExactly(id);
            assertThat(list(loading, Map.of("CatalogElementId", other)))
                    .extracting(Element::name)
                    .containsExactly("other");
            assertThat(list(loading, Map.of("CatalogId", 4221)))
                    .extracting(Element::name)
                    .containsExactly("a service");
            assertThat(list(loading, Map.of("CatalogTerm", "nowhere"))).isEmpty();
        }
    }

    @Test
    void empty_list_is_no_fault() throws Exception {
        try (Loading loading = Loading.start(home)) {
            assertThat(list(loading, Map.of())).isEmpty();
            assertThat(loading.sandbox().log())
                    .extracting(LoggedRequest::status)
                    .containsExactly(204);
        }
    }

    @Test
    void page_that_fails_is_requested_again() throws Exception {
        try (Loading loading = Loading.start(home)) {
            loading.sandbox().store().put(Loading.LIST, "there", List.of());
            loading.sandbox().faults().next(Fault.named("503").on(Fault.Target.GET));
            assertThat(list(loading, Map.of())).extracting(Element::name).containsExactly("there");
        }
    }

    @Test
    void refused_token_is_not_an_empty_list() throws Exception {
        try (Loading loading = Loading.start(home, "kommo.access-token=wrong")) {
            assertThatThrownBy(() -> list(loading, Map.of())).hasRootCauseInstanceOf(RunHalted.class);
        }
    }

    @Test
    void csv_of_list_edited_and_dropped_updates_its_elements() throws Exception {
        try (Loading loading = Loading.start(home)) {
            List<Field> fields = List.of(
                    Field.of(4400049, "00123"),
                    new Field(4400062, List.of(new Value("", "3692539"), new Value("", "3692540"))),
                    new Field(4400070, List.of(new Value("", "3692601"))),
                    new Field(4400080, List.of(new Value("Riga, \"Vecrīga\"", "3"))),
                    Field.of(4400093, "two\nlines | with a bar"));
            loading.sandbox().store().put(Loading.LIST, "before", 1_500_000_000L, fields);
            loading.sandbox().store().put(Loading.LIST, "=bare", 1_500_000_000L, List.of());

            String csv = csv(list(loading, Map.of()));
            Summary summary = loading.load("edited.csv", csv.replace("before", "after"));

            assertThat(loading.outbox(summary).outcomes()).containsExactly("updated", "updated");
            assertThat(loading.names()).containsExactly("after", "=bare");
            assertThat(loading.stored().get(0).fields()).containsExactlyInAnyOrderElementsOf(fields);
            assertThat(loading.stored().get(1).fields()).isEmpty();
        }
    }

    @Test
    void json_of_list_is_a_drop_as_well() throws Exception {
        for (ListFormat format : List.of(ListFormat.json, ListFormat.ndjson)) {
            Path each = home.resolve(format.name());
            try (Loading loading = Loading.start(each)) {
                List<Field> fields = List.of(
                        Field.of(4400049, "A"),
                        new Field(4400062, List.of(new Value("", "3692539"))),
                        new Field(4400070, List.of(new Value("", "3692601"))),
                        new Field(4400080, List.of(new Value("Riga", "3"))));
                loading.sandbox().store().put(Loading.LIST, "before", 1_500_000_000L, fields);
                String text = text(format, list(loading, Map.of()));
                Summary summary = loading.load("edited." + format.name(), text.replace("before", "after"));

                assertThat(loading.outbox(summary).codes()).containsExactly("");
                assertThat(loading.stored()).extracting(StoredElement::name).containsExactly("after");
                assertThat(loading.stored().get(0).fields()).containsExactlyInAnyOrderElementsOf(fields);
            }
        }
    }

    private static final List<String> DOUBTFUL =
            List.of("=\"7\"", "=\"a\"\"b\"", "'00123", "4,00638E+12", "4.006381333931E12", "'=1");

    @Test
    void given_texts_that_look_like_those_of_a_spreadsheet_when_the_list_is_dropped_unedited_then_they_stay()
            throws Exception {
        for (ListFormat format : ListFormat.values()) {
            try (Loading loading = Loading.start(home.resolve(format.name()))) {
                for (String text : DOUBTFUL) {
                    Field field = new Field(4400093, List.of(new Value(text, ""), new Value("\"b\"", "")));
                    loading.sandbox()
                            .store()
                            .put(Loading.LIST, text, 1_500_000_000L, List.of(Field.of(4400049, text), field));
                }
                List<StoredElement> before = loading.stored();
                String text = text(format, list(loading, Map.of()));

                Summary summary = loading.load("list." + format.name(), text);

                assertThat(loading.outbox(summary).codes()).containsOnly("");
                assertThat(loading.stored()).extracting(StoredElement::name).containsExactlyElementsOf(DOUBTFUL);
                assertThat(loading.stored())
                        .extracting(StoredElement::fields)
                        .containsExactlyElementsOf(
                                before.stream().map(StoredElement::fields).toList());
                Path again = Files.writeString(home.resolve("again." + format.name()), text);
                Plan plan = loading.context()
                        .createProducerTemplate()
                        .requestBody("direct:catalog-plan", again, Plan.class);
                assertThat(plan.remarks()).isEmpty();
            }
        }
    }

    @Test
    void given_a_list_that_a_spreadsheet_saved_when_it_is_dropped_then_only_the_named_cells_are_taken_as_they_are()
            throws Exception {
        try (Loading loading = Loading.start(home)) {
            loading.sandbox()
                    .store()
                    .put(Loading.LIST, "A", 1_500_000_000L, List.of(Field.of(4400049, "4006381333931")));
            loading.sandbox().store().put(Loading.LIST, "B", 1_500_000_000L, List.of(Field.of(4400049, "4,1E+12")));
            String csv = csv(list(loading, Map.of()));
            assertThat(csv).startsWith("id,catalog_id,name,cf:4400049,_verbatim\n");

            Summary summary = loading.load("saved.csv", csv.replace("4006381333931", "\"4,00638E+12\""));

            assertThat(loading.outbox(summary).codes()).containsExactly("", "lost_digits");
            assertThat(loading.stored())
                    .flatExtracting(StoredElement::fields)
                    .containsExactly(Field.of(4400049, "4006381333931"), Field.of(4400049, "4,1E+12"));
        }
    }

    @Test
    void given_usual_texts_when_listed_then_there_is_no_other_column() throws Exception {
        try (Loading loading = Loading.start(home)) {
            loading.sandbox().store().put(Loading.LIST, "=bare", List.of(Field.of(4400049, "1E5")));
            assertThat(csv(list(loading, Map.of()))).startsWith("id,catalog_id,name,cf:4400049\n");
            assertThat(text(ListFormat.json, list(loading, Map.of()))).doesNotContain("_verbatim");
        }
    }

    private static String csv(List<Element> elements) throws Exception {
        return text(ListFormat.csv, elements);
    }

    private static String text(ListFormat format, List<Element> elements) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ListOutput writer = ListOutput.of(format, out)) {
            elements.forEach(writer::accept);
            writer.finish();
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<Element> list(Loading loading, Map<String, Object> headers) {
        List<?> answer = loading.context()
                .createProducerTemplate()
                .requestBodyAndHeaders("direct:catalog-list", null, headers, List.class);
        return answer.stream().map(Element.class::cast).toList();
    }
}
