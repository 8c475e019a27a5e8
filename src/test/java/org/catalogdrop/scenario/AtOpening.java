package org.catalogdrop.scenario;

import java.util.function.BiConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSendingEvent;
import org.apache.camel.support.EventNotifierSupport;

/** Does something to a drop of the inbox after it was seen and before it is opened. */
public final class AtOpening extends EventNotifierSupport {

    private final BiConsumer<String, Exchange> deed;

    /** @param deed gets the drop's name and its exchange */
    public AtOpening(BiConsumer<String, Exchange> deed) {
        this.deed = deed;
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof ExchangeSendingEvent sending
                && sending.getEndpoint().getEndpointUri().equals("direct://catalog-load")) {
            Exchange exchange = sending.getExchange();
            deed.accept(exchange.getMessage().getHeader("CatalogDropName").toString(), exchange);
        }
    }
}
