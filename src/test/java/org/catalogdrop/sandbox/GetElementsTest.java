package org.catalogdrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.catalogdrop.sandbox.Caller.items;
import static org.catalogdrop.sandbox.Caller.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.catalogdrop.sandbox.store.CatalogField;
import org.catalogdrop.sandbox.store.CatalogList;
import org.catalogdrop.sandbox.store.FieldType;
import org.catalogdrop.sandbox.store.StoredElement.Field;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GetElementsTest {
    private final Caller.Stopped clock = new Caller.Stopped();
    private Sandbox sandbox;
    private Caller caller;

    @BeforeEach
    void start() throws Exception {
        sandbox = Sandbox.start(SandboxSettings.defaults()
                .withRequestsPerSecond(0)
                .withPageSize(3)
                .withReadLag(Duration.ofSeconds(2))
                .withList(CatalogList.of(
                        5000,
                        "Sizes",
                        CatalogField.of(1, "Size", FieldType.SELECT).withOption(9, "5\" & <more>")))
                .withClock(clock));
        caller = new Caller(sandbox);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private List<String> names(String query) throws Exception {
        HttpResponse<String> answer = caller.get(query);
        List<String> names = new ArrayList<>();
        if (answer.statusCode() == 204) {
            assertThat(answer.body()).isEmpty();
        } else {
            items(answer).forEach(item -> names.add(item.get("name").asText()));
        }
        return names;
    }

    @Test
    void element_is_returned_in_the_form_of_the_vendors_page() throws Exception {
        caller.post(
                "{'add':[{'catalog_id':4220,'name':'Markers','custom_fields':[{'id':4400050,'values':[{'value':250}]},"
                        + "{'id':4400062,'values':['3692540']},{'id':4400070,'values':[{'value':'3692602'}]},"
                        + "{'id':4400080,'values':[{'value':'Kiel','subtype':'city'}]},{'id':4400090,'values':[{'value':true}]},"
                        + "{'id':4400091,'values':[{'value':'2024/02/29'}]}]}]}");
        clock.forward(Duration.ofSeconds(2));

        JsonNode item = items(caller.get("?catalog_id=4220")).get(0);
        assertThat(item.get("custom_fields").findValues("values").toString())
                .isEqualTo(
                        "[[{\"value\":\"250\"}], [{\"value\":\"2\",\"enum\":\"3692540\"}], [{\"value\":\"Green\",\"enum\":\"3692602\"}],"
                                + " [{\"value\":\"Kiel\",\"subtype\":\"3\"}], [{\"value\":\"1\"}], [{\"value\":\"2024-02-29 00:00:00\"}]]");
        assertThat(item.get("custom_fields").get(0).toString())
                .isEqualTo("{\"id\":4400050,\"name\":\"Amount\",\"values\":[{\"value\":\"250\"}],\"is_system\":true}");
        List<String> keys = new ArrayList<>();
        item.fieldNames().forEachRemaining(keys::add);
        assertThat(keys)
                .containsExactly(
                        "id",
                        "name",
                        "created_by",
                        "created_at",
                        "updated_at",
                        "updated_by",
                        "is_deleted",
                        "custom_fields",
                        "catalog_id",
                        "_links");
        assertThat(item.get("created_at").asLong()).isEqualTo(clock.millis() / 1000 - 2);
    }

    @Test
    void pages_begin_with_the_newest_and_leave_out_deleted_elements() throws Exception {
        caller.post(Caller.adds(8));
        clock.forward(Duration.ofSeconds(2));
        assertThat(names("?catalog_id=4220")).containsExactly("e7", "e6", "e5");
        assertThat(names("?catalog_id=4220&page=2")).containsExactly("e4", "e3", "e2");
        caller.post("{'delete':[41876]}");
        assertThat(names("?catalog_id=4220&page=1")).containsExactly("e7", "e5", "e4");
        assertThat(names("?catalog_id=4220&page=3")).containsExactly("e0");
        assertThat(names("?catalog_id=4220&page=4")).isEmpty();
        assertThat(names("?catalog_id=4220&limit_rows=2&limit_offset=1")).containsExactly("e5", "e4");
        assertThat(names("?catalog_id=4221")).isEmpty();
    }

    @Test
    void pages_are_the_same_if_nothing_can_be_hidden() throws Exception {
        try (Sandbox plain = Sandbox.start(
                SandboxSettings.defaults().withRequestsPerSecond(0).withPageSize(3))) {
            for (String name : List.of("a", "b", "c", "d", "e")) {
                plain.store().put(4220, name, List.of());
                plain.store().put(4221, "other", List.of());
            }
            Caller its = new Caller(plain);
            assertThat(items(its.get("?catalog_id=4220&page=1")).findValuesAsText("id"))
                    .containsExactly("41878", "41876", "41874");
            assertThat(items(its.get("?catalog_id=4220&page=2")).findValuesAsText("id"))
                    .containsExactly("41872", "41870");
            assertThat(its.get("?catalog_id=4220&page=3").statusCode()).isEqualTo(204);
        }
    }

    @Test
    void elements_are_found_by_id_and_by_part_of_the_name() throws Exception {
        sandbox.store().put(4220, "Blue Pencil", List.of());
        sandbox.store().put(4220, "Ünder", List.of(Field.of(4400049, "pencil")));
        sandbox.store().put(4221, "pencil", List.of());
        clock.forward(Duration.ofSeconds(2));

        assertThat(names("?catalog_id=4220&term=PENC")).containsExactly("Blue Pencil");
        assertThat(names("?catalog_id=4220&term=%C3%BCnd")).containsExactly("Ünder");
        assertThat(names("?catalog_id=4220&id%5B%5D=41870&id%5B%5D=41871&id[]=41872"))
                .containsExactly("Ünder", "Blue Pencil");
        assertThat(caller.get("?id=41872").statusCode()).isEqualTo(400);
        assertThat(names("?catalog_id=4221&id=41872")).containsExactly("pencil");
        caller.control("POST", "/sandbox/switches", "{'catalog_id':'optional'}");
        assertThat(names("?id=41872")).containsExactly("pencil");
        assertThat(names("?catalog_id=4220&id=7")).isEmpty();
        assertThat(caller.get("").statusCode()).isEqualTo(400);
    }

    @Test
    void new_elements_are_hidden_for_a_while() throws Exception {
        caller.post(Caller.adds(1));
        clock.forward(Duration.ofMillis(1999));
        assertThat(names("?catalog_id=4220")).isEmpty();
        assertThat(names("?catalog_id=4220&id=41870")).isEmpty();
        clock.forward(Duration.ofMillis(1));
        assertThat(names("?catalog_id=4220")).containsExactly("e0");
        assertThat(names("?catalog_id=4220&id=41870")).containsExactly("e0");
    }

    @Test
    void lists_and_fields_are_returned_in_the_live_form() throws Exception {
        HttpResponse<String> lists = caller.send("GET", "/api/v2/catalogs", "", Caller.sandboxToken());
        assertThat(items(lists).findValuesAsText("name")).containsExactly("Products", "Services", "Sizes");

        JsonNode account = json(caller.send("GET", "/api/v2/account?with=custom_fields", "", Caller.sandboxToken()));
        JsonNode catalogs = account.at("/_embedded/custom_fields/catalogs");
        assertThat(catalogs.at("/4220/4400062/enums").toString())
                .isEqualTo("{\"3692539\":\"1\",\"3692540\":\"2\",\"3692541\":\"3\"}");
        assertThat(catalogs.at("/4220/4400049/code").asText()).isEqualTo("SKU");
        assertThat(catalogs.at("/5000/1/enums/9").asText()).isEqualTo("5&quot; &amp; &lt;more&gt;");
        assertThat(account.at("/_embedded/custom_fields/leads").toString()).isEqualTo("[]");
    }
}
