package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.catalogdrop.crash.CrashDrop;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A drop of adds dies with rows in doubt, another with like rows is loaded and comes into doubt too, then the first goes on. */
@Timeout(60)
class LikeRowsOfTwoDropsTest extends LivesSandbox {

    private static final long LIST = 4220;

    private List<String> teas() {
        return sandbox.store().elements(LIST).stream()
                .map(StoredElement::fields)
                .map(fields ->
                        fields.isEmpty() ? "" : fields.get(0).values().get(0).text())
                .sorted()
                .toList();
    }

    /** Dies when its request was answered, before it takes note of the answer. */
    private void applied(Path file) throws Exception {
        assertThat(StepLife.load(
                        settings(),
                        file,
                        (node, after) -> !after && node.contains("catalog-sending method:settleRows")))
                .isEmpty();
    }

    private Summary load(Path file) throws Exception {
        return StepLife.load(settings(), file, NOWHERE).orElseThrow();
    }

    private void hasOneElementEach(Summary... drops) throws Exception {
        List<Long> ids = new ArrayList<>();
        for (Summary drop : drops) {
            ids.addAll(new Outbox(home.resolve("outbox").resolve(drop.folder()))
                    .mapping()
                    .values());
        }
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(sandbox.store().elements(LIST)).extracting(StoredElement::id).containsAll(ids);
    }

    @Test
    void row_does_not_take_the_element_of_a_fuller_row_of_a_drop_that_died() throws Exception {
        Path first = laid("a.csv", "name,cf:4400051\nTea,5\n");
        Path second = laid("b.csv", "name\nTea\n");
        applied(first);
        sandbox.faults().next(Fault.named("drop_before"));

        Summary other = load(second);
        Summary one = load(first);

        assertThat(one.count(Status.CREATED)).isEqualTo(1);
        hasOneElementEach(other, one);
        assertThat(teas()).filteredOn("5"::equals).hasSize(1);
        if (other.count(Status.CREATED) == 1) {
            assertThat(teas()).containsExactly("", "5");
        } else {
            assertThat(other.count(Status.IN_DOUBT)).isEqualTo(1);
        }
    }

    @Test
    void row_does_not_take_the_element_of_a_fuller_row_of_a_drop_that_died_later() throws Exception {
        Path first = laid("a.csv", "name\nTea\n");
        Path second = laid("b.csv", "name,cf:4400051\nTea,5\n");
        assertThat(StepLife.load(settings(), first, (node, behind) -> behind && node.contains("method:recordIntent")))
                .isEmpty();
        applied(second);

        Summary one = load(first);
        Summary other = load(second);

        hasOneElementEach(other, one);
        assertThat(other.count(Status.CREATED)).isEqualTo(1);
        assertThat(teas()).filteredOn("5"::equals).hasSize(1);
        if (one.count(Status.CREATED) == 1) {
            assertThat(teas()).containsExactly("", "5");
        } else {
            assertThat(one.count(Status.IN_DOUBT)).isEqualTo(1);
        }
    }

    /** The second drop is dated days before the first one, though it came after it. */
    @Test
    void
            given_clock_set_back_by_days_between_two_drops_when_the_first_resumes_then_it_does_not_take_the_element_of_the_second()
                    throws Exception {
        Path first = laid("a.csv", "name\nTea\n");
        Path second = laid("b.csv", "name,cf:4400051\nTea,5\n");
        assertThat(StepLife.load(settings(), first, (node, behind) -> behind && node.contains("method:recordIntent")))
                .isEmpty();
        JournalTimes.shift(home.resolve("state"), Duration.ofDays(3));
        applied(second);

        Summary one = load(first);
        Summary other = load(second);

        hasOneElementEach(other, one);
        assertThat(other.count(Status.CREATED)).isEqualTo(1);
        assertThat(teas()).filteredOn("5"::equals).hasSize(1);
    }

    @Test
    void equal_rows_of_two_drops_that_died_have_an_element_each() throws Exception {
        Path first = laid("a.csv", "name,cf:4400051\nTea,5\n");
        Path second = laid("b.csv", "name,cf:4400051\nOther,5\nTea,5\n");
        applied(first);
        assertThat(StepLife.load(
                        settings("kommo.chunk-size=2"),
                        second,
                        (node, after) -> !after && node.contains("catalog-sending method:settleRows")))
                .isEmpty();

        Summary one = load(first);
        Summary other = load(second);

        assertThat(one.count(Status.CREATED)).isEqualTo(1);
        assertThat(other.count(Status.CREATED)).isEqualTo(2);
        assertThat(sandbox.store().created()).isEqualTo(3);
        hasOneElementEach(other, one);
    }

    private void changed() {
        StoredElement made = sandbox.store().elements(LIST).get(0);
        ByHand.value(sandbox.baseUrl(), TOKEN, made, CrashDrop.PRICE, "6");
    }

    @Test
    void row_does_not_take_an_element_that_a_fuller_row_of_another_drop_may_have_made() throws Exception {
        Path first = laid("a.csv", "name,cf:4400051\nTea,5\n");
        applied(first);
        changed();
        assertThat(load(first).count(Status.IN_DOUBT)).isEqualTo(1);
        sandbox.faults().next(Fault.named("drop_before"));

        Summary other = load(laid("b.csv", "name\nTea\n"));

        assertThat(other.count(Status.CREATED)).isEqualTo(1);
        assertThat(teas()).containsExactly("", "6");
    }

    @Test
    void given_unreadable_list_when_a_fuller_row_of_a_drop_ended_in_doubt_then_a_row_does_not_take_its_element()
            throws Exception {
        Path first = laid("a.csv", "name,cf:4400051\nTea,5\n");
        applied(first);
        changed();
        assertThat(load(first).count(Status.IN_DOUBT)).isEqualTo(1);
        sandbox.faults().next(Fault.named("500_before").on(Fault.Target.GET), 2);
        sandbox.faults().next(Fault.named("drop_before"));

        Summary other = load(laid("b.csv", "name\nTea\n"));

        assertThat(other.count(Status.IN_DOUBT)).isEqualTo(1);
        assertThat(teas()).containsExactly("6");
    }

    /** The look-up of the first row has seen the element before the second row was sent, so it is not the second row's. */
    @Test
    void row_of_the_same_drop_does_not_take_the_element_of_a_fuller_row() throws Exception {
        Path file = laid("a.csv", "name,cf:4400051\nTea,5\nTea,\n");
        applied(file);
        changed();
        sandbox.faults().next(Fault.named("drop_before"));

        Summary end = load(file);
        assertThat(end.count(Status.IN_DOUBT)).isEqualTo(1);
        assertThat(end.count(Status.CREATED)).isEqualTo(1);
        assertThat(teas()).containsExactlyInAnyOrder("", "6");
    }
}
