package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import org.apache.camel.builder.RouteBuilder;
import org.catalogdrop.model.Summary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code direct:catalog-load} answers goes on in a route of the host, to whatever asks for text or bytes. */
@Timeout(60)
class SummaryInRoutesTest extends InstalledHost {

    private static final String CSV = "name;cf:4400049\nCafé;1\n";

    @BeforeEach
    void routes() throws Exception {
        host.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:to-a-file").to("direct:catalog-load").to("file:" + home + "?fileName=told.json");
                from("direct:tapped")
                        .to("direct:catalog-load")
                        .wireTap("file:" + home + "?fileName=told.json&tempPrefix=.part-");
                from("direct:as-text").to("direct:catalog-load").setBody(simple("told: ${body}"));
            }
        });
    }

    private <T> T send(String endpoint, String body, Class<T> type) {
        return host.createProducerTemplate().requestBodyAndHeader(endpoint, body, "CatalogDropName", "Café.csv", type);
    }

    private String inTheOutbox(Summary summary) throws Exception {
        return Files.readString(home.resolve("outbox").resolve(summary.folder()).resolve("summary.json"));
    }

    private JsonNode told() throws Exception {
        return new ObjectMapper().readTree(home.resolve("told.json").toFile());
    }

    @Test
    void file_endpoint_gets_the_text_of_the_summary() throws Exception {
        Summary summary = send("direct:to-a-file", CSV, Summary.class);
        assertThat(home.resolve("told.json")).hasContent(inTheOutbox(summary));
        assertThat(told().at("/read_as/delimiter").asText()).isEqualTo(";");
    }

    @Test
    void wire_tap_gets_the_text_of_the_summary() throws Exception {
        Summary summary = send("direct:tapped", CSV, Summary.class);
        Instant deadline = Instant.now().plusSeconds(30);
        while (!Files.exists(home.resolve("told.json")) && Instant.now().isBefore(deadline)) {
            Thread.onSpinWait();
        }
        assertThat(home.resolve("told.json")).hasContent(inTheOutbox(summary));
    }

    @Test
    void log_of_the_body_has_the_text_of_the_summary() throws Exception {
        String told = send("direct:as-text", CSV, String.class);
        JsonNode json = new ObjectMapper().readTree(told.substring("told: ".length()));
        assertThat(json.at("/drop").asText()).isEqualTo("Café.csv");
        assertThat(json.at("/outcomes/created").asInt()).isEqualTo(1);
        assertThat(json.has("refusal")).isFalse();
    }

    @Test
    void summary_text_of_a_refused_drop_has_the_reason() throws Exception {
        send("direct:to-a-file", CSV, Summary.class);
        send("direct:to-a-file", CSV, Summary.class);
        JsonNode json = told();
        assertThat(json.at("/refusal/code").asText()).isEqualTo("already_loaded");
        assertThat(json.at("/refusal/message").asText()).contains("outbox");
    }

    @Test
    void summary_text_of_an_unreadable_drop_has_the_reason() throws Exception {
        host.createProducerTemplate().requestBody("direct:to-a-file", "no name");
        JsonNode json = told();
        assertThat(json.at("/refusal/code").asText()).isEqualTo("unknown_type");
        assertThat(json.at("/rows").asInt()).isZero();
        assertThat(json.at("/read_as").isEmpty()).isTrue();
    }

    @Test
    void summary_text_is_the_same_for_all_text_types() throws Exception {
        Summary summary = send("direct:catalog-load", CSV, Summary.class);
        assertThat(host.getTypeConverter().convertTo(String.class, summary)).isEqualTo(inTheOutbox(summary));
        assertThat(new String(host.getTypeConverter().convertTo(byte[].class, summary), StandardCharsets.UTF_8))
                .isEqualTo(inTheOutbox(summary));
    }
}
