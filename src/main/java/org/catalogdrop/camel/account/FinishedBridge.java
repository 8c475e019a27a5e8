package org.catalogdrop.camel.account;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.catalogdrop.CatalogDropConstants;

/** Hands the summary of each drop of an account that has ended to the route of the host, if it has one. */
final class FinishedBridge extends RouteBuilder {

    private static final String LINE = "catalog-summary";

    private final CamelContext host;
    private final String account;

    FinishedBridge(CamelContext host, String account) {
        this.host = host;
        this.account = account;
    }

    @Override
    public void configure() {
        from(CatalogDropConstants.FINISHED)
                .routeId("catalog-finished-" + account)
                .errorHandler(noErrorHandler())
                .process(this::handOver);
    }

    private void handOver(Exchange ended) throws Exception {
        try (ProducerTemplate calls = host.createProducerTemplate()) {
            Exchange answer =
                    calls.send(CatalogDropConstants.FINISHED + "?block=false&failIfNoConsumers=false", exchange -> {
                        exchange.setVariable(LINE, ended.getVariable(LINE));
                        exchange.getMessage().setHeader(CatalogDropConstants.ACCOUNT, account);
                        exchange.getMessage().setBody(ended.getMessage().getBody());
                    });
            if (answer.getException() != null) {
                throw answer.getException();
            }
        }
    }
}
