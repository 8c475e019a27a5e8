package org.catalogdrop.camel;

import java.util.List;
import org.apache.camel.Exchange;

/**
 * Keeps the caller's exchange as it was while it goes through our routes: its headers, properties and variables are restored, and none of
 * our variables stay.
 */
final class HostExchange {

    private static final String CHARSET = "catalogDropCharset";

    private HostExchange() {}

    /** Removes the charset that the host set: our files and requests have their own. */
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
        // Our variables hold all of a load, and the host may keep the exchange. Camel also keeps the headers of a
        // step's result there.
        List.copyOf(exchange.getVariables().keySet()).stream()
                .filter(name -> name.startsWith(Routes.PREFIX) || name.startsWith("header:" + Routes.PREFIX))
                .forEach(exchange::removeVariable);
    }
}
