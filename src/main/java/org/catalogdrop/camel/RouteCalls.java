package org.catalogdrop.camel;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.util.ObjectHelper;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.DropHeld;
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
        return call("direct:catalog-account", null, Map.of(), Account.class);
    }

    @Override
    public Plan plan(Path file, String name, int sample, Optional<Path> folder) {
        Map<String, Object> headers = new HashMap<>();
        headers.put(DropBody.NAME, name);
        headers.put(DropCalls.PLAN_SAMPLE, sample);
        folder.ifPresent(one -> headers.put(DropCalls.PLAN_FOLDER, one));
        return call("direct:catalog-plan", file, headers, Plan.class);
    }

    @Override
    public Summary load(Path file, String name) {
        return call("direct:catalog-load", file, Map.of(DropBody.NAME, name), Summary.class);
    }

    private <T> T call(String endpoint, Object body, Map<String, Object> headers, Class<T> type) {
        Exchange answer = template.request(endpoint, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
        Exception fault = answer.getException();
        if (fault == null) {
            return answer.getMessage().getBody(type);
        }
        DropRefused refused = ObjectHelper.getException(DropRefused.class, fault);
        if (refused != null) {
            throw refused;
        }
        DropHeld held = ObjectHelper.getException(DropHeld.class, fault);
        if (held != null) {
            throw held;
        }
        RunHalted halted = ObjectHelper.getException(RunHalted.class, fault);
        if (halted != null) {
            throw halted;
        }
        throw new IllegalStateException("the call of " + endpoint + " failed", fault);
    }
}
