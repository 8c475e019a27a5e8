package org.catalogdrop.kommo.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.CustomField.Plain;
import org.catalogdrop.model.CustomField.Value;
import org.catalogdrop.model.CustomField.WithEnum;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Precondition;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.Status;
import org.junit.jupiter.api.Test;

/** What is read makes of an operation what can be sent without harm, or an outcome. */
class PreReadTest {

    private static final Row ROW = Row.of(1, 2, List.of(), List.of());

    private static Operation.Update update(Optional<Precondition> was, Value... values) {
        return new Operation.Update(
                ROW,
                1,
                7,
                4220,
                "One",
                0,
                List.of(new CustomField("3", List.of(values))),
                Optional.empty(),
                Set.of(),
                was);
    }

    private static Precondition was(String name) {
        return new Precondition(Optional.of(name), List.of(), Set.of(), false);
    }

    /** @param values as the API gives them back */
    private static ElementPages read(Operation operation, long id, String values) throws Exception {
        ElementPages pages = new ElementPages(List.of(operation));
        String body = "{\"_embedded\":{\"items\":[{\"id\":" + id
                + ",\"catalog_id\":4220,\"name\":\"One\",\"created_at\":1,"
                + "\"updated_at\":1,\"custom_fields\":[{\"id\":3,\"name\":\"Phone\",\"values\":" + values + "}]}]}}";
        pages.take(new ObjectMapper().readValue(body, PageBody.class));
        return pages;
    }

    private static PreRead.Found judge(Operation operation, String values) throws Exception {
        return PreRead.judge(operation, read(operation, 7, values), false);
    }

    private static Outcome ended(PreRead.Found found) {
        return found.ended().orElseThrow();
    }

    @Test
    void values_of_another_kind_are_sent_along() throws Exception {
        Operation.Update update = update(Optional.empty(), new WithEnum("+1", "WORK"));
        PreRead.Found found = judge(
                update,
                "[{\"value\":\"+0\",\"enum\":\"work\"},{\"value\":\"+2 &amp;\",\"enum\":\"HOME\"},{\"value\":\"+3\"}]");
        assertThat(((Operation.Update) found.send().orElseThrow())
                        .fields()
                        .get(0)
                        .values())
                .containsExactly(new WithEnum("+1", "WORK"), new WithEnum("+2 &", "HOME"), new Plain("+3"));
    }

    @Test
    void kinds_that_cannot_be_compared_are_not_guessed() throws Exception {
        Operation.Update update = update(Optional.empty(), new WithEnum("+1", "WORK"));
        PreRead.Found found = judge(update, "[{\"value\":\"+2\",\"enum\":\"165985\"}]");
        assertThat(ended(found).problem().orElseThrow().code()).isEqualTo(Code.KIND_UNCLEAR);
        assertThat(judge(update, "[{\"value\":\"+1\",\"enum\":\"165985\"}]").send())
                .as("what has the value already")
                .contains(update);
    }

    @Test
    void values_without_a_kind_and_options_are_the_whole() {
        assertThat(PreRead.isNeeded(update(Optional.empty(), new Plain("+1"), new Plain("+2"))))
                .isFalse();
        assertThat(PreRead.isNeeded(update(Optional.empty(), new WithEnum("1", "3692540"))))
                .isFalse();
    }

    @Test
    void a_list_that_ignores_the_ids_refuses_a_condition() throws Exception {
        Operation.Update update = update(Optional.of(was("One")), new Plain("+1"));
        PreRead.Found found = PreRead.judge(update, read(update, 8, "[]"), false);
        assertThat(ended(found).problem().orElseThrow().code()).isEqualTo(Code.NOT_READ);
    }

    @Test
    void what_may_have_been_applied_is_reported_as_it_is() throws Exception {
        Operation.Update update = update(Optional.of(was("Other")), new Plain("+1"));
        ElementPages applied = read(update, 7, "[{\"value\":\"+1\"}]");
        assertThat(ended(PreRead.judge(update, applied, true)).status()).isEqualTo(Status.UPDATED);
        assertThat(ended(PreRead.judge(update, applied, false)).status()).isEqualTo(Status.UNCHANGED);
        ElementPages other = read(update, 7, "[{\"value\":\"+2\"}]");
        assertThat(ended(PreRead.judge(update, other, true)).status()).isEqualTo(Status.IN_DOUBT);
        assertThat(ended(PreRead.judge(update, other, false))
                        .problem()
                        .orElseThrow()
                        .code())
                .isEqualTo(Code.EDITED_SINCE);
    }

    /** The update would take them away. */
    @Test
    void values_besides_those_asked_for_are_not_as_asked() throws Exception {
        Operation.Update update = update(Optional.of(was("Other")), new Plain("+1"));
        ElementPages more = read(update, 7, "[{\"value\":\"+1\"},{\"value\":\"+2\"}]");
        assertThat(ended(PreRead.judge(update, more, true)).status()).isEqualTo(Status.IN_DOUBT);
        assertThat(ended(PreRead.judge(update, more, false)).status()).isEqualTo(Status.REJECTED);
    }

    /** Kinds that a row does not speak of stay, whatever they are. */
    @Test
    void values_that_would_stay_do_not_count() throws Exception {
        Operation.Update update = update(Optional.of(was("Other")), new WithEnum("+1", "WORK"));
        ElementPages more =
                read(update, 7, "[{\"value\":\"+1\",\"enum\":\"WORK\"},{\"value\":\"+2\",\"enum\":\"HOME\"}]");
        assertThat(ended(PreRead.judge(update, more, false)).status()).isEqualTo(Status.UNCHANGED);
    }
}
