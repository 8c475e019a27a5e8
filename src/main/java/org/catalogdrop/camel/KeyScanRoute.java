package org.catalogdrop.camel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.util.ObjectHelper;
import org.catalogdrop.load.KeyScanSteps;
import org.catalogdrop.load.LoadPhase;
import org.catalogdrop.load.OpenedDrop;
import org.catalogdrop.model.RunHalted;

/** Reads the keys of a list by calling the route {@code catalog-keys}. Safe for many threads. */
final class KeyScanRoute implements KeyScanSteps.ListReader {

    private final CamelContext context;

    KeyScanRoute(CamelContext context) {
        this.context = context;
    }

    @Override
    public void read(KeyScanSteps.Looking looking, Optional<OpenedDrop> load) {
        try (ProducerTemplate template = context.createProducerTemplate()) {
            Exchange answer = template.request("direct:catalog-keys", exchange -> {
                load.ifPresent(one -> exchange.setVariable(LoadPhase.VARIABLE, one));
                exchange.getMessage().setBody(looking);
            });
            if (answer.getException() != null) {
                RunHalted halted = ObjectHelper.getException(RunHalted.class, answer.getException());
                throw halted != null ? halted : new IllegalStateException(answer.getException());
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
