package org.catalogdrop.sandbox.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.catalogdrop.sandbox.Caller.items;
import static org.catalogdrop.sandbox.Caller.json;

import java.net.http.HttpResponse;
import java.util.List;
import org.catalogdrop.sandbox.Caller;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.SandboxSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SwitchesTest {
    private static final String REFUSED =
            "{'add':[{'catalog_id':9,'name':'a'},{'catalog_id':9,'name':'b','request_id':70}]}";

    private Sandbox sandbox;
    private Caller caller;
    private long id;

    @BeforeEach
    void start() throws Exception {
        sandbox = Sandbox.start(
                SandboxSettings.defaults().withRequestsPerSecond(0).withSwitch(Switch.Links.LINK));
        caller = new Caller(sandbox);
        id = sandbox.store().put(4220, "seed", List.of());
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void key_of_links_can_be_switched() throws Exception {
        assertThat(caller.post(Caller.adds(1)).body()).contains("\"_link\":").doesNotContain("_links");
    }

    @Test
    void shape_of_errors_can_be_switched() throws Exception {
        assertThat(errors())
                .isEqualTo("{\"add\":{\"0\":{\"code\":282,\"msg\":\"List not found: 9\",\"request_id\":0},"
                        + "\"1\":{\"code\":282,\"msg\":\"List not found: 9\",\"request_id\":70}}}");
        sandbox.turn(Switch.ErrorShape.MAP_REQUEST_ID);
        assertThat(errors()).contains("\"70\":{\"code\":282");
        sandbox.turn(Switch.ErrorShape.LIST);
        assertThat(errors()).startsWith("{\"add\":[{\"code\":282,").endsWith("\"request_id\":70}]}");
        sandbox.turn(Switch.ErrorShape.TEXT);
        assertThat(errors()).isEqualTo("{\"add\":{\"0\":\"List not found: 9\",\"1\":\"List not found: 9\"}}");
    }

    private String errors() throws Exception {
        return json(caller.post(REFUSED)).at("/_embedded/errors").toString();
    }

    @Test
    void answer_to_deletes_can_be_switched() throws Exception {
        sandbox.turn(Switch.DeleteAnswer.DELETED);
        assertThat(items(caller.post("{'delete':[" + id + "]}")).toString())
                .isEqualTo("{\"deleted\":[{\"id\":" + id + ",\"name\":\"seed\"}]}");
        sandbox.turn(Switch.DeleteAnswer.NOTHING);
        long second = sandbox.store().put(4220, "b", List.of());
        assertThat(items(caller.post("{'delete':[" + second + "]}")).toString()).isEqualTo("[]");
        sandbox.turn(Switch.DeleteAnswer.NO_CONTENT);
        long third = sandbox.store().put(4220, "c", List.of());
        HttpResponse<String> answer = caller.post("{'delete':[" + third + "]}");
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(sandbox.store().byId(third).orElseThrow().deleted()).isTrue();
        assertThat(caller.post("{'delete':[" + third + "]}").statusCode()).isEqualTo(200);
    }

    @Test
    void request_id_of_updates_can_be_switched() throws Exception {
        String update = "{'update':[{'id':%d,'catalog_id':4220,'name':'x','request_id':5}]}".formatted(id);
        assertThat(items(caller.post(update)).get(0).get("request_id").asLong()).isEqualTo(5);
        sandbox.turn(Switch.UpdateEcho.ELEMENT_ID);
        assertThat(items(caller.post(update)).get(0).get("request_id").asLong()).isEqualTo(id);
        sandbox.turn(Switch.UpdateEcho.ABSENT);
        assertThat(items(caller.post(update)).get(0).has("request_id")).isFalse();
    }

    @Test
    void order_of_items_can_be_switched() throws Exception {
        List<String> inOrder = items(caller.post(Caller.adds(50))).findValuesAsText("request_id");
        sandbox.turn(Switch.ItemOrder.SHUFFLED);
        List<String> shuffled = items(caller.post(Caller.adds(50))).findValuesAsText("request_id");
        assertThat(shuffled).containsExactlyInAnyOrderElementsOf(inOrder).isNotEqualTo(inOrder);
    }

    @Test
    void switches_are_set_by_name_over_http() throws Exception {
        HttpResponse<String> turned = caller.control("POST", "/sandbox/switches", "{'delete_answer':'no_content'}");
        assertThat(json(turned).get("delete_answer").asText()).isEqualTo("no_content");
        assertThat(json(turned).get("links").asText()).isEqualTo("link");
        assertThat(caller.post("{'delete':[" + id + "]}").statusCode()).isEqualTo(204);

        HttpResponse<String> wrong = caller.control("POST", "/sandbox/switches", "{'too_many':'xml'}");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(json(wrong).get("error").asText())
                .isEqualTo("switch 'too_many' has no choice 'xml'; its choices are [html, json]");
        assertThatThrownBy(() -> Switch.named("colour", "red"))
                .hasMessageStartingWith("unknown switch 'colour'; the switches are [");
    }
}
