package org.catalogdrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.catalogdrop.sandbox.Caller.items;
import static org.catalogdrop.sandbox.Caller.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import org.catalogdrop.sandbox.fault.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlTest {
    private Sandbox sandbox;
    private Caller caller;

    @BeforeEach
    void start() throws Exception {
        sandbox = Sandbox.start(
                SandboxSettings.defaults().withRequestsPerSecond(0).withLogSize(2));
        caller = new Caller(sandbox);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void script_of_faults_is_queued() throws Exception {
        HttpResponse<String> queued = caller.control(
                "POST",
                "/sandbox/faults",
                "{'script':[{'kind':'504_prefix','number':1,'times':2,'body':'empty'},{'kind':'503','on':'get','at_least':0}]}");
        assertThat(queued.body()).isEqualTo("{\"pending_faults\":3}");
        assertThat(caller.post(Caller.adds(3)).statusCode()).isEqualTo(504);
        assertThat(caller.get("?catalog_id=4220").statusCode()).isEqualTo(503);
        assertThat(sandbox.store().created()).isEqualTo(1);
        assertThat(caller.control("DELETE", "/sandbox/faults", "").body()).isEqualTo("{\"pending_faults\":0}");
    }

    @Test
    void invalid_script_queues_nothing() throws Exception {
        for (String wrong : List.of(
                "{'script':[{'kind':'504'},{'kind':'oops'}]}",
                "{'script':[{'kind':'504','on':'PUT'}]}",
                "{'script':[{'times':1}]}",
                "{'scrpt':[]}",
                "{'script':[")) {
            HttpResponse<String> answer = caller.control("POST", "/sandbox/faults", wrong);
            assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
            assertThat(json(answer).get("error").asText()).isNotBlank();
        }
        assertThat(sandbox.faults().pending()).isZero();
    }

    @Test
    void last_requests_are_listed_with_what_they_applied() throws Exception {
        caller.get("?catalog_id=4220");
        caller.post(Caller.adds(2));
        caller.post("{'delete':[41870,1]}");

        List<String> lines =
                caller.control("GET", "/sandbox/log", "").body().lines().toList();
        assertThat(lines).hasSize(2);
        JsonNode add = Caller.JSON.readTree(lines.get(0));
        assertThat(add.get("number").asInt()).isEqualTo(2);
        assertThat(add.get("uri").asText()).isEqualTo("/api/v2/catalog_elements");
        assertThat(add.get("ids").toString()).isEqualTo("[41870,41871]");
        assertThat(add.get("request_ids").toString()).isEqualTo("[100,101]");
        assertThat(add.get("bytes").asInt()).isEqualTo(Caller.adds(2).length());
        JsonNode delete = Caller.JSON.readTree(lines.get(1));
        assertThat(delete.get("action").asText()).isEqualTo("delete");
        assertThat(delete.get("refused").asInt()).isEqualTo(1);
        assertThat(caller.control("GET", "/sandbox/log?after=2", "").body().lines())
                .hasSize(1);
    }

    @Test
    void dump_of_the_account_has_deleted_elements() throws Exception {
        for (int i = 0; i < 5; i++) {
            caller.post(Caller.adds(250));
        }
        sandbox.store().put(4221, "other", List.of());
        caller.post("{'delete':[41870]}");

        List<String> lines = caller.control("GET", "/sandbox/elements?catalog_id=4220", "")
                .body()
                .lines()
                .toList();
        assertThat(lines).hasSize(1250).doesNotHaveDuplicates();
        assertThat(lines.get(0))
                .startsWith("{\"id\":41870,\"catalog_id\":4220,\"name\":\"e0\",")
                .contains("\"deleted\":true");
        assertThat(caller.control("GET", "/sandbox/elements", "").body().lines())
                .hasSize(1251);
        assertThat(sandbox.store().count(4220)).isEqualTo(1249);
    }

    @Test
    void counts_can_be_reset() throws Exception {
        caller.post(Caller.adds(3));
        caller.post("{'delete':[41870]}");
        caller.post("{'update':[{'id':41871,'catalog_id':4220,'name':'x'},{'id':1,'catalog_id':4220,'name':'x'}]}");
        caller.send("GET", "/api/v2/account", "", "wrong");

        JsonNode stats = json(caller.control("GET", "/sandbox/stats", ""));
        assertThat(stats.toString())
                .startsWith(
                        "{\"requests\":4,\"by_status\":{\"200\":3,\"401\":1},\"created\":3,\"updated\":1,\"deleted\":1,\"refused\":1,");
        sandbox.faults().next(Fault.named("504"));
        caller.control("POST", "/sandbox/reset", "");
        assertThat(sandbox.stats().requests()).isZero();
        assertThat(sandbox.log()).isEmpty();
        assertThat(items(caller.post(Caller.adds(1))).get(0).get("id").asInt()).isEqualTo(41870);
    }

    @Test
    void list_can_be_added() throws Exception {
        caller.control(
                "POST",
                "/sandbox/lists",
                "{'id':77,'name':'New','fields':[{'id':1,'name':'Kind','type':'select','options':{'5':'Big'}}]}");
        caller.post("{'add':[{'catalog_id':77,'name':'a','custom_fields':[{'id':1,'values':[{'value':5}]}]}]}");
        assertThat(caller.get("?catalog_id=77").body()).contains("\"value\":\"Big\",\"enum\":\"5\"");
        assertThat(caller.control("POST", "/sandbox/lists", "{'id':77}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void server_listens_on_loopback_only_and_names_a_taken_port() throws Exception {
        assertThat(sandbox.baseUrl()).isEqualTo("http://127.0.0.1:" + sandbox.port());
        for (NetworkInterface face : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(face.getInetAddresses())) {
                if (!address.isLoopbackAddress()) {
                    assertThatThrownBy(() -> new Socket(address, sandbox.port()).close())
                            .isInstanceOf(IOException.class);
                }
            }
        }
        assertThatThrownBy(() -> Sandbox.start(SandboxSettings.defaults().withPort(sandbox.port())))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("sandbox: port " + sandbox.port() + " of 127.0.0.1 cannot be opened");
        assertThatThrownBy(() -> SandboxSettings.defaults().withPort(70_000))
                .hasMessageContaining("expected 0 to 65535");
    }
}
