package org.catalogdrop.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.catalogdrop.model.Plan;
import org.catalogdrop.model.Summary;
import org.catalogdrop.scenario.InstalledHost;
import org.junit.jupiter.api.Test;

/** A host's exchange goes through our routes; what it has of its own is there afterwards, and nothing of ours. */
class HostExchangeTest extends InstalledHost {

    private static final String CSV = "name\nCafé\n";

    /** Those that a route is likely to have, and that ours once had. */
    private static final Map<String, Object> OWN =
            Map.of("load", "1", "page", "2", "reply", "3", "account", "4", "reading", "5", "call", "6", "listing", "7");

    private Exchange send(String endpoint, Object body) {
        Exchange answer = host.createProducerTemplate().request(endpoint, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeader("CatalogDropName", "drop.csv");
            exchange.setProperty(Exchange.CHARSET_NAME, "ISO-8859-1");
            exchange.setProperty("mine", "8");
            OWN.forEach(exchange::setVariable);
        });
        assertThat(answer.getException()).isNull();
        return answer;
    }

    private static void checkIsAsItWas(Exchange exchange) {
        assertThat(exchange.getVariables()).isEqualTo(OWN);
        assertThat(exchange.getProperties()).containsOnly(Map.entry("mine", "8"));
        assertThat(exchange.getProperty(Exchange.CHARSET_NAME)).isEqualTo("ISO-8859-1");
    }

    @Test
    void load_called_by_host_leaves_the_exchange_as_it_was() {
        Exchange answer = send("direct:catalog-load", CSV);
        assertThat(answer.getMessage().getBody(Summary.class).exitStatus()).isZero();
        assertThat(answer.getMessage().getHeaders()).containsEntry("CatalogDropName", "drop.csv");
        checkIsAsItWas(answer);
    }

    @Test
    void refused_load_called_by_host_leaves_the_exchange_as_it_was() {
        Exchange answer = send("direct:catalog-load", "");
        assertThat(answer.getMessage().getBody(Summary.class).refusal()).isPresent();
        checkIsAsItWas(answer);
    }

    @Test
    void plan_called_by_host_leaves_the_exchange_as_it_was() {
        Exchange answer = send("direct:catalog-plan", "id,name\n1,Café\n");
        assertThat(answer.getMessage().getBody(Plan.class).rows()).isOne();
        checkIsAsItWas(answer);
    }

    @Test
    void list_called_by_host_leaves_the_exchange_as_it_was() {
        send("direct:catalog-load", CSV);
        Exchange answer = send("direct:catalog-list", "");
        assertThat((List<?>) answer.getMessage().getBody()).hasSize(1);
        checkIsAsItWas(answer);
    }

    /** Mapping files are chosen by the name. */
    @Test
    void second_drop_of_the_same_exchange_has_its_own_name() throws Exception {
        Path second = Files.writeString(home.resolve("second.csv"), "name\nTea\n");
        host.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:both")
                        .to("direct:catalog-load")
                        .removeHeader("CatalogDropName")
                        .setBody(constant(second.toFile()))
                        .to("direct:catalog-load");
            }
        });
        assertThat(send("direct:both", CSV).getMessage().getBody(Summary.class).drop())
                .isEqualTo("second.csv");
    }
}
