package org.catalogdrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.catalogdrop.sandbox.Caller.items;
import static org.catalogdrop.sandbox.Caller.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.catalogdrop.sandbox.fault.Switch;
import org.catalogdrop.sandbox.store.StoredElement;
import org.catalogdrop.sandbox.store.StoredElement.Field;
import org.catalogdrop.sandbox.store.StoredElement.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostElementsTest {
    private final Caller.Stopped clock = new Caller.Stopped();
    private Sandbox sandbox;
    private Caller caller;

    @BeforeEach
    void start() throws Exception {
        sandbox = Sandbox.start(
                SandboxSettings.defaults().withRequestsPerSecond(0).withClock(clock));
        caller = new Caller(sandbox);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private long seconds() {
        return clock.millis() / 1000;
    }

    @Test
    void add_is_answered_in_the_form_of_the_vendors_page() throws Exception {
        HttpResponse<String> answer = caller.post("{'add':[{'catalog_id':'4220','name':'Pencil','custom_fields':["
                + "{'id':'4400050','values':[{'value':'100'}]},{'id':4400062,'values':['3692539',3692540]}]}]}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/hal+json");
        assertThat(answer.headers().firstValue("Runtime-Timestamp")).contains(Long.toString(seconds()));
        assertThat(answer.body())
                .isEqualTo(
                        "{\"_links\":{\"self\":{\"href\":\"/api/v2/catalog_elements\",\"method\":\"post\"}},\"_embedded\":{\"items\":["
                                + "{\"id\":41870,\"request_id\":0,\"_links\":{\"self\":{\"href\":\"/api/v2/catalog_elements?id=41870\",\"method\":\"get\"}}}]}}");
        assertThat(sandbox.store().elements(4220))
                .containsExactly(new StoredElement(
                        41870,
                        4220,
                        "Pencil",
                        seconds(),
                        seconds(),
                        false,
                        List.of(
                                Field.of(4400050, "100"),
                                new Field(4400062, List.of(new Value("", "3692539"), new Value("", "3692540"))))));
    }

    @Test
    void request_ids_are_echoed_as_they_came_and_duplicates_are_made() throws Exception {
        JsonNode items = items(
                caller.post(
                        "{'add':[{'catalog_id':4220,'name':'a','request_id':2147483647},"
                                + "{'catalog_id':4220,'name':'a','request_id':2147483647},{'catalog_id':4220,'name':'a','request_id':'x-1'}]}"));

        assertThat(items.findValuesAsText("request_id")).containsExactly("2147483647", "2147483647", "x-1");
        assertThat(items.get(2).get("request_id").isTextual()).isTrue();
        assertThat(sandbox.store().count(4220)).isEqualTo(3);
    }

    @Test
    void good_items_are_applied_and_the_others_refused_one_by_one() throws Exception {
        HttpResponse<String> answer = caller.post("{'add':[{'catalog_id':4220,'name':''},{'name':'no list'},"
                + "{'catalog_id':9,'name':'unknown list'},{'catalog_id':4220,'name':'good','request_id':7},"
                + "{'catalog_id':4220,'name':'f','request_id':8,'custom_fields':[{'id':1,'values':[{'value':'x'}]}]},"
                + "{'catalog_id':4220,'name':'o','custom_fields':[{'id':4400062,'values':['1']}]},"
                + "{'catalog_id':4220,'name':'n','custom_fields':[{'id':4400051,'values':[{'value':'cheap'}]}]},5]}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(items(answer).findValuesAsText("request_id")).containsExactly("7");
        JsonNode errors = json(answer).at("/_embedded/errors/add");
        assertThat(errors.findValuesAsText("code")).containsExactly("285", "285", "282", "204", "203", "203", "284");
        assertThat(errors.at("/4").get("request_id").asInt()).isEqualTo(8);
        assertThat(errors.at("/4/msg").asText()).isEqualTo("Custom field not found: 1");
        assertThat(sandbox.store().elements(4220))
                .extracting(StoredElement::name)
                .containsExactly("good");
    }

    @Test
    void update_changes_only_the_fields_sent() throws Exception {
        long id = sandbox.store()
                .put(
                        4220,
                        "old",
                        List.of(
                                Field.of(4400049, "A-1"),
                                Field.of(4400050, "5"),
                                new Field(4400080, List.of(new Value("Street 1", "1"), new Value("Bonn", "3")))));

        HttpResponse<String> answer =
                caller.post("{'update':[{'id':'" + id + "','catalog_id':4220,'name':'new','custom_fields':["
                        + "{'id':4400050,'values':[]},{'code':'PRICE','values':[{'value':1.50}]},"
                        + "{'id':4400080,'values':[{'value':'Kiel','subtype':'city'}]}]}]}");

        assertThat(items(answer).get(0).get("request_id").asLong()).isEqualTo(id);
        assertThat(sandbox.store().byId(id).orElseThrow().name()).isEqualTo("new");
        assertThat(sandbox.store().byId(id).orElseThrow().fields())
                .containsExactly(
                        Field.of(4400049, "A-1"),
                        new Field(4400080, List.of(new Value("Kiel", "3"))),
                        Field.of(4400051, "1.50"));
    }

    @Test
    void older_update_is_refused_with_the_live_text() throws Exception {
        long id = sandbox.store().put(4220, "now", seconds(), List.of());
        String update = "{'update':[{'id':%d,'catalog_id':4220,'name':'then','updated_at':%d}]}";

        HttpResponse<String> older = caller.post(update.formatted(id, seconds() - 1));
        assertThat(older.statusCode()).isEqualTo(200);
        assertThat(json(older).at("/_embedded/items")).isEmpty();
        assertThat(json(older).at("/_embedded/errors/update/" + id).asText())
                .isEqualTo("Last modified date is older than in database");

        assertThat(items(caller.post(update.formatted(id, seconds())))).hasSize(1);
        sandbox.turn(Switch.UpdatedAt.NEWER);
        assertThat(items(caller.post(update.formatted(id, seconds())))).isEmpty();
        sandbox.turn(Switch.UpdatedAt.REQUIRED);
        assertThat(items(caller.post(update.formatted(id, 1)))).hasSize(1);
        assertThat(json(caller.post("{'update':[{'id':%d,'catalog_id':4220,'name':'x'}]}".formatted(id)))
                        .at("/_embedded/errors/update/" + id + "/code")
                        .asInt())
                .isEqualTo(285);
    }

    @Test
    void deleted_element_is_not_found_any_more() throws Exception {
        long id = sandbox.store().put(4220, "gone", List.of());

        assertThat(items(caller.post("{'delete':['" + id + "']}")).toString()).isEqualTo("[{\"id\":" + id + "}]");
        assertThat(sandbox.store().byId(id).orElseThrow().deleted()).isTrue();
        assertThat(json(caller.post("{'delete':[" + id + ", 7]}"))
                        .at("/_embedded/errors/delete")
                        .findValuesAsText("code"))
                .containsExactly("282", "282");
        assertThat(json(caller.post("{'update':[{'id':%d,'catalog_id':4220,'name':'x'}]}".formatted(id)))
                        .at("/_embedded/errors/update/" + id + "/code")
                        .asInt())
                .isEqualTo(282);
    }

    @Test
    void update_through_another_list_is_refused() throws Exception {
        long id = sandbox.store().put(4220, "here", List.of());

        assertThat(json(caller.post("{'update':[{'id':%d,'catalog_id':4221,'name':'there'}]}".formatted(id)))
                        .at("/_embedded/errors/update/" + id + "/code")
                        .asInt())
                .isEqualTo(282);
        assertThat(sandbox.store().byId(id).orElseThrow().name()).isEqualTo("here");
    }

    @Test
    void mixed_request_has_empty_errors_as_php_writes_them() throws Exception {
        JsonNode errors = json(caller.post("{'add':[{'catalog_id':4220,'name':'a'}],'delete':[1]}"))
                .at("/_embedded/errors");

        assertThat(errors.toString())
                .isEqualTo("{\"add\":[],\"delete\":{\"1\":{\"code\":282,\"msg\":\"Element not found: 1\"}}}");
    }

    @Test
    void unreadable_request_is_refused_as_a_whole() throws Exception {
        assertThat(refusal("{}")).isEqualTo("400 222");
        assertThat(refusal("{'add':[],'other':[1]}")).isEqualTo("400 222");
        assertThat(refusal("")).isEqualTo("400 222");
        assertThat(refusal("{'add':[{'name':'x',")).isEqualTo("400 102");
        assertThat(refusal("[1]")).isEqualTo("400 102");
        assertThat(refusal("add[0][name]=x")).isEqualTo("400 102");
    }

    private String refusal(String document) throws Exception {
        HttpResponse<String> answer = caller.post(document);
        return answer.statusCode() + " "
                + json(answer).at("/response/error_code").asText();
    }

    @Test
    void request_above_the_maximum_is_not_applied() throws Exception {
        assertThat(caller.post(Caller.adds(251)).statusCode()).isEqualTo(422);
        assertThat(sandbox.store().created()).isZero();
        assertThat(items(caller.post(Caller.adds(250)))).hasSize(250);
    }

    @Test
    void elements_are_dropped_if_they_are_not_kept() throws Exception {
        try (Sandbox forgetful = Sandbox.start(SandboxSettings.defaults().withKeepElements(false))) {
            Caller its = new Caller(forgetful);
            JsonNode items = items(its.post(Caller.adds(3)));
            assertThat(items.findValuesAsText("id")).containsExactly("41870", "41871", "41872");
            assertThat(forgetful.store().created()).isEqualTo(3);
            assertThat(its.get("?catalog_id=4220").statusCode()).isEqualTo(204);
            assertThat(items(its.post("{'delete':[41871]}"))).hasSize(1);
            assertThat(forgetful.stats().created()).isEqualTo(3);
        }
    }
}
