package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.store.StoredElement;
import org.catalogdrop.sandbox.store.StoredElement.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows in doubt whose elements resemble each other, or what was there before. */
@Timeout(60)
class LikeRowsTest extends LivesSandbox {

    private static final long LIST = 4220;
    private static final long TEXT = 4400049;
    private static final long PRICE = 4400051;

    private List<String> prices() {
        return sandbox.store().elements(LIST).stream()
                .filter(element -> element.name().equals("Pen"))
                .map(StoredElement::fields)
                .map(fields ->
                        fields.isEmpty() ? "" : fields.get(0).values().get(0).text())
                .sorted()
                .toList();
    }

    @Test
    void row_does_not_take_the_element_of_a_fuller_row_in_another_chunk() throws Exception {
        Path file = laid("name,cf:4400051\nPen,\nAAA,1\nPen,7\nBBB,1\n");
        sandbox.faults().next(Fault.named("drop_before").has("AAA"));
        sandbox.faults().next(Fault.named("drop_after").has("BBB"));
        StepLife.Step bothSent =
                (node, after) -> !after && node.contains("catalog-doubts method:beginLookUp") && posts() == 2;
        assertThat(StepLife.load(settings("kommo.chunk-size=2", "kommo.doubt-wait=2s"), file, bothSent))
                .isEmpty();

        Summary end = StepLife.load(
                        settings(
                                "kommo.chunk-size=2",
                                "kommo.in-flight=2",
                                "kommo.in-flight-max=2",
                                "kommo.doubt-wait=1s"),
                        file,
                        NOWHERE)
                .orElseThrow();
        assertThat(end.count(Status.CREATED)).isEqualTo(4);
        assertThat(prices()).containsExactly("", "7");
    }

    @ParameterizedTest
    @CsvSource({"2024-05-17-001, 2024-05-17-002", "123, 00123", "2024-05-17 10:00:00, 2024-05-17 18:00:00"})
    void update_does_not_count_as_applied_because_the_old_value_resembles_it(String before, String after)
            throws Exception {
        long id = sandbox.store().put(LIST, "Pen", List.of(Field.of(TEXT, before)));
        Path file = laid("id,name,cf:4400049\n" + id + ",Pen," + after + "\n");
        StepLife.load(settings(), file, (node, behind) -> behind && node.contains("method:recordIntent"));

        Summary end = StepLife.load(settings(), file, NOWHERE).orElseThrow();
        assertThat(end.count(Status.UPDATED)).isEqualTo(1);
        assertThat(prices()).containsExactly(after);
    }

    @Test
    void element_is_not_taken_while_an_equal_row_is_still_in_doubt() throws Exception {
        Path file = laid("name\nPen\nf1\nf2\nf3\nf4\nPen\n");
        sandbox.faults().next(Fault.named("delay_apply").number(1000));
        sandbox.faults().next(Fault.named("delay").number(200), 4);
        sandbox.faults().next(Fault.named("delay_apply").number(1400));
        Summary end = StepLife.load(settings("kommo.response-timeout=300ms", "kommo.doubt-wait=1500ms"), file, NOWHERE)
                .orElseThrow();

        assertThat(end.count(Status.CREATED)).isEqualTo(6);
        assertThat(prices()).hasSize(2);
    }

    @Test
    void element_changed_since_is_not_made_again() throws Exception {
        Path file = laid("name,cf:4400051\nPen,7\n");
        StepLife.load(settings(), file, (node, after) -> !after && node.contains("catalog-sending method:settleRows"));
        StoredElement made = sandbox.store().elements(LIST).get(0);
        ByHand.value(sandbox.baseUrl(), TOKEN, made, PRICE, "8");

        Summary end = StepLife.load(settings(), file, NOWHERE).orElseThrow();
        assertThat(end.count(Status.IN_DOUBT)).isEqualTo(1);
        assertThat(end.exitStatus()).isEqualTo(5);
        assertThat(prices()).containsExactly("8");
    }
}
