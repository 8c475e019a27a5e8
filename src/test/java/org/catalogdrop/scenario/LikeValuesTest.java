package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.store.StoredElement;
import org.catalogdrop.sandbox.store.StoredElement.Field;
import org.catalogdrop.sandbox.store.StoredElement.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows in doubt of whose values an element has some, or more, or the same of another kind. */
@Timeout(60)
class LikeValuesTest extends LivesSandbox {

    private static final long LIST = 4220;
    private static final long TEXT = 4400049;
    private static final long COLOURS = 4400062;

    /** @param values each as {@code text/tag}, separated by bars */
    private static Field field(long id, String values) {
        return new Field(
                id,
                Arrays.stream(values.split("\\|"))
                        .map(value -> value.split("/", 2))
                        .map(parts -> new Value(parts[0], parts[1]))
                        .toList());
    }

    private List<String> values() {
        return sandbox.store().elements(LIST).stream()
                .filter(element -> element.name().equals("Pen"))
                .map(StoredElement::fields)
                .map(fields -> String.join(
                        "|",
                        fields.stream()
                                .flatMap(field -> field.values().stream())
                                .map(value -> value.text() + "/" + value.tag())
                                .toList()))
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        // fewer options, or fewer texts, than were there before
        "4400062, /3692539|/3692540, cf:4400062:enum, 3692539, /3692539",
        "4400049, a/|b/, cf:4400049, a, a/",
        // one of them twice
        "4400049, a/|b/, cf:4400049, a|a, a/|a/",
    })
    void update_that_removes_a_value_does_not_count_as_applied(
            long field, String before, String column, String cell, String after) throws Exception {
        long id = sandbox.store().put(LIST, "Pen", List.of(field(field, before)));
        Path file = laid("id,name," + column + "\n" + id + ",Pen," + cell + "\n");
        StepLife.load(settings(), file, (node, behind) -> behind && node.contains("method:recordIntent"));

        Summary end = StepLife.load(settings(), file, NOWHERE).orElseThrow();
        assertThat(end.count(Status.UPDATED)).isEqualTo(1);
        assertThat(values()).containsExactly(after);
    }

    @ParameterizedTest
    @CsvSource({"999/WORK, 555, WORK", "555/WORK, 555, HOME", "999/193200, 555, 193200", "555/193200, 555, 193202"})
    void kind_and_text_together_are_the_value(String before, String text, String kind) throws Exception {
        long id = sandbox.store().put(LIST, "Pen", List.of(field(TEXT, before)));
        Path file =
                laid("id,name,cf:4400049,cf:4400049:enum,cf:replace\n%d,Pen,%s,%s,4400049\n".formatted(id, text, kind));
        StepLife.load(settings(), file, (node, behind) -> behind && node.contains("method:recordIntent"));

        Summary end = StepLife.load(settings(), file, NOWHERE).orElseThrow();
        assertThat(end.count(Status.UPDATED)).isEqualTo(1);
        assertThat(posts()).isEqualTo(1);
    }

    /** Rows of one chunk of which the time-out applied the second, which has more. */
    @Test
    void row_does_not_take_the_element_of_a_row_with_more_values() throws Exception {
        Path file = laid("name,cf:4400062:enum\nPen,3692539\nPen,3692539|3692540\n");
        StepLife.load(
                settings("kommo.chunk-size=2"), file, (node, behind) -> behind && node.contains("method:recordIntent"));
        sandbox.store().put(LIST, "Pen", List.of(field(COLOURS, "/3692539|/3692540")));

        Summary end =
                StepLife.load(settings("kommo.chunk-size=2"), file, NOWHERE).orElseThrow();
        assertThat(end.count(Status.CREATED)).isEqualTo(2);
        assertThat(values()).containsExactly("/3692539", "/3692539|/3692540");
    }
}
