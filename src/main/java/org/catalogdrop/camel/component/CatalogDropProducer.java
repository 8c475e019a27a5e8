package org.catalogdrop.camel.component;

import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.service.ServiceHelper;
import org.catalogdrop.CatalogDropConstants;
import org.catalogdrop.camel.DropBody;
import org.catalogdrop.camel.SelfInstallation;

/**
 * Hands each call to the route of the loader, in an exchange of its own. The caller's exchange keeps its headers, properties and variables,
 * and gets the answer as its body. Safe for many threads.
 */
final class CatalogDropProducer extends DefaultProducer {

    private static final List<String> HEADERS = List.of(
            Exchange.FILE_NAME,
            CatalogDropConstants.DROP_NAME,
            CatalogDropConstants.CATALOG_ID,
            CatalogDropConstants.ELEMENT_ID,
            CatalogDropConstants.TERM,
            CatalogDropConstants.MAPPING,
            CatalogDropConstants.AGAIN,
            CatalogDropConstants.THROW_ON_REFUSAL,
            CatalogDropConstants.CHECK_ACCOUNT,
            CatalogDropConstants.PLAN_FOLDER,
            CatalogDropConstants.PLAN_SAMPLE);

    private final String route;
    private final Map<String, Object> options;
    private ProducerTemplate calls;

    /**
     * @param route the endpoint of the route that takes the calls
     * @param options the headers of a call that has none of its own
     */
    CatalogDropProducer(Endpoint endpoint, String route, Map<String, Object> options) {
        super(endpoint);
        this.route = route;
        this.options = options;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        CamelContext context = getEndpoint().getCamelContext();
        SelfInstallation.require(context, getEndpoint().getEndpointBaseUri());
        calls = context.createProducerTemplate();
        calls.setDefaultEndpointUri(route);
    }

    @Override
    protected void doStop() throws Exception {
        ServiceHelper.stopService(calls);
        super.doStop();
    }

    @Override
    public void process(Exchange exchange) {
        Exchange call = call(exchange, getEndpoint().getCamelContext());
        calls.send(call);
        // A stream that was read is known as such if the host redelivers.
        Object read = call.getProperty(DropBody.READ);
        if (read != null) {
            exchange.setProperty(DropBody.READ, read);
        }
        if (call.getException() != null) {
            exchange.setException(call.getException());
        } else {
            exchange.getMessage().setBody(call.getMessage().getBody());
        }
    }

    private Exchange call(Exchange exchange, CamelContext context) {
        Exchange call = new DefaultExchange(context);
        exchange.getProperties().forEach(call::setProperty);
        Message message = call.getMessage();
        message.setBody(exchange.getMessage().getBody());
        options.forEach((name, value) -> set(message, name, value));
        HEADERS.forEach(name -> set(message, name, exchange.getMessage().getHeader(name)));
        return call;
    }

    private static void set(Message message, String header, Object value) {
        if (value != null) {
            message.setHeader(header, value);
        }
    }
}
