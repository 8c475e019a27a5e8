package org.catalogdrop.camel.component;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.service.ServiceHelper;
import org.catalogdrop.CatalogDropConstants;
import org.catalogdrop.accounts.AccountLoader;
import org.catalogdrop.camel.DropBody;
import org.catalogdrop.camel.HostSettings;
import org.catalogdrop.camel.Installation;
import org.catalogdrop.camel.SelfInstallation;
import org.catalogdrop.camel.account.HostAccounts;
import org.slf4j.MDC;

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

    /** By the name of the account; empty for that without a name. */
    private final Map<String, ProducerTemplate> calls = new ConcurrentHashMap<>();

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
        CamelContext host = getEndpoint().getCamelContext();
        String account = (String) options.get(CatalogDropConstants.ACCOUNT);
        // Without a name of its own, each call may have one.
        if ((account != null || HostAccounts.names(host).isEmpty()) && !new HostSettings(host).isExport()) {
            target(account == null ? "" : account);
        }
    }

    private CamelContext target(String account) {
        CamelContext host = getEndpoint().getCamelContext();
        if (!account.isEmpty()) {
            return HostAccounts.context(host, account);
        }
        if (!HostAccounts.names(host).isEmpty() && Installation.in(host).isEmpty()) {
            throw new IllegalStateException(getEndpoint().getEndpointBaseUri()
                    + " does not say which account it is for. Set the option 'account' or the header "
                    + CatalogDropConstants.ACCOUNT + " to one of " + String.join(", ", HostAccounts.names(host)) + ".");
        }
        SelfInstallation.require(host, getEndpoint().getEndpointBaseUri());
        return host;
    }

    private ProducerTemplate template(CamelContext target) {
        ProducerTemplate template = target.createProducerTemplate();
        template.setDefaultEndpointUri(route);
        return template;
    }

    @Override
    protected void doStop() throws Exception {
        ServiceHelper.stopService(calls.values());
        calls.clear();
        super.doStop();
    }

    @Override
    public void process(Exchange exchange) {
        Object named = exchange.getMessage()
                .getHeader(CatalogDropConstants.ACCOUNT, options.get(CatalogDropConstants.ACCOUNT));
        String account = named == null ? "" : named.toString();
        CamelContext target = target(account);
        Exchange call = call(exchange, target);
        String before = MDC.get(AccountLoader.LOG_KEY);
        if (!account.isEmpty()) {
            MDC.put(AccountLoader.LOG_KEY, account);
        }
        try {
            calls.computeIfAbsent(account, name -> template(target)).send(call);
        } finally {
            restore(before);
        }
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

    private static void restore(String before) {
        if (before == null) {
            MDC.remove(AccountLoader.LOG_KEY);
        } else {
            MDC.put(AccountLoader.LOG_KEY, before);
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
