package org.catalogdrop.camel;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.util.ObjectHelper;
import org.catalogdrop.config.Repeat;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Plan;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Summary;
import org.catalogdrop.page.LoaderCalls;

/** Calls the routes for the page. Safe for many threads. */
final class RouteCalls implements LoaderCalls {

    private final ProducerTemplate template;

    RouteCalls(CamelContext context) {
        this.template = context.createProducerTemplate();
    }

    @Override
    public Account account() {
        return call("direct:catalog-account", exchange -> {}, Account.class);
    }

    @Override
    public Plan plan(Path file, String name, int sample, Optional<Path> folder) {
        return call(
                "direct:catalog-plan",
                exchange -> {
                    exchange.getMessage().setBody(file);
                    exchange.getMessage().setHeader(DropBody.NAME, name);
                    exchange.getMessage().setHeader(DropCalls.PLAN_SAMPLE, sample);
                    folder.ifPresent(one -> exchange.getMessage().setHeader(DropCalls.PLAN_FOLDER, one));
                },
                Plan.class);
    }

    @Override
    public Summary load(Path file, String name, Repeat repeat) {
        return call(
                "direct:catalog-load",
                exchange -> {
                    exchange.getMessage().setBody(file);
                    exchange.getMessage().setHeader(DropBody.NAME, name);
                    exchange.setProperty(DropCalls.REPEAT, repeat);
                },
                Summary.class);
    }

    private <T> T call(String endpoint, Processor request, Class<T> type) {
        Exchange answer = template.request(endpoint, request);
        Exception fault = answer.getException();
        if (fault == null) {
            return answer.getMessage().getBody(type);
        }
        DropRefused refused = ObjectHelper.getException(DropRefused.class, fault);
        if (refused != null) {
            throw refused;
        }
        RunHalted halted = ObjectHelper.getException(RunHalted.class, fault);
        if (halted != null) {
            throw halted;
        }
        throw new IllegalStateException("the call of " + endpoint + " failed", fault);
    }
}
