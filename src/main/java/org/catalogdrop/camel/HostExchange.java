package org.catalogdrop.camel;

import java.util.List;
import org.apache.camel.Exchange;

/** The exchange of whoever calls goes through our routes; what it has of its own is there afterwards, and no variable of ours. */
final class HostExchange {

    private static final String CHARSET = "catalogDropCharset";

    private HostExchange() {}

    /** How the host reads text is put aside: our files and requests have charsets of their own. */
    static void enter(Exchange exchange) {
        Object charset = exchange.removeProperty(Exchange.CHARSET_NAME);
        if (charset != null) {
            exchange.setProperty(CHARSET, charset);
        }
    }

    static void leave(Exchange exchange) {
        Object charset = exchange.removeProperty(CHARSET);
        if (charset != null) {
            exchange.setProperty(Exchange.CHARSET_NAME, charset);
        }
        // They hold all of a load, and the exchange may be kept. With the result of a step Camel keeps its headers.
        List.copyOf(exchange.getVariables().keySet()).stream()
                .filter(name -> name.startsWith(Routes.PREFIX) || name.startsWith("header:" + Routes.PREFIX))
                .forEach(exchange::removeVariable);
    }
}
