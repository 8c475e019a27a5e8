package org.catalogdrop.scenario;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.catalogdrop.camel.Installation;
import org.catalogdrop.camel.Routes;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.crash.CrashDrop;
import org.catalogdrop.model.Plan;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.Sandbox;

/**
 * One life of the shipped routes, which dies at a step: from that moment no step of any route does anything, on any thread. What
 * is on disk and in the account then is all that the next life finds.
 */
public final class StepLife implements InterceptStrategy, AutoCloseable {

    /** Where to die. */
    public interface Step {
        /** Whether the passage through this node, before or after it, is the one. */
        boolean isHere(String node, boolean after);
    }

    /** Not an Exception, as what kills a process is none. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static final long PATIENCE = 30;

    private final Step step;
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicBoolean dead = new AtomicBoolean();
    private final CamelContext context = new DefaultCamelContext();
    private final Installation drop;

    public StepLife(Settings settings, Installation.InboxMode mode, Step step) throws Exception {
        this.step = step;
        context.getCamelContextExtension().addInterceptStrategy(this);
        context.getShutdownStrategy().setTimeout(1);
        drop = Installation.install(context, settings, mode, Optional.empty());
        context.start();
    }

    /** Without waits, and with another chunk size and in-flight count in each life. */
    public static Settings settings(Path home, Sandbox sandbox, int life) {
        Map<String, String> settings = Map.of(
                "kommo.base-url", sandbox.baseUrl(),
                "kommo.access-token", "sandbox-token",
                "kommo.catalog-id", Long.toString(CrashDrop.LIST),
                "kommo.chunk-size", Integer.toString(2 + life % 3),
                "kommo.in-flight", Integer.toString(1 + life % 4),
                "kommo.requests-per-second", "0",
                "kommo.doubt-wait", "0ms",
                "drop.home", home.toString());
        return SettingsReader.read(key -> Optional.ofNullable(settings.get(key)), true);
    }

    /** Loads a file until it is finished, or until the step comes: then there is no summary. */
    public static Optional<Summary> load(Settings settings, Path file, Step step) throws Exception {
        try (StepLife life = new StepLife(settings, new Installation.InboxMode(false, false), step)) {
            return life.load(file);
        }
    }

    public Optional<Summary> load(Path file) throws Exception {
        try (ProducerTemplate template = context.createProducerTemplate()) {
            return Optional.of(template.requestBody("direct:catalog-load", file, Summary.class));
        } catch (CamelExecutionException end) {
            if (!dead.get()) {
                throw end;
            }
            return Optional.empty();
        }
    }

    Plan plan(Path file) throws Exception {
        try (ProducerTemplate template = context.createProducerTemplate()) {
            return template.requestBody("direct:catalog-plan", file, Plan.class);
        }
    }

    /** Works off the inbox, as {@code run --once} does, until nothing is left or the step comes; says whether it died. */
    public static boolean run(Settings settings, Step step) throws Exception {
        try (StepLife life = new StepLife(settings, new Installation.InboxMode(true, true), step)) {
            Thread idle = new Thread(life::awaitIdle, "step-life");
            idle.setDaemon(true);
            idle.start();
            if (!life.over.await(PATIENCE, TimeUnit.SECONDS)) {
                throw new IllegalStateException("this life neither ends nor dies");
            }
            idle.interrupt();
            return life.dead.get();
        }
    }

    private void awaitIdle() {
        try {
            drop.runs().awaitIdle();
            over.countDown();
        } catch (InterruptedException died) {
            Thread.currentThread().interrupt();
        }
    }

    public Installation drop() {
        return drop;
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext camel, NamedNode node, Processor target, Processor nextTarget) {
        String name = name(node);
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                if (!isLettingGo(name) && dies(name, false, exchange)) {
                    callback.done(true);
                    return true;
                }
                return super.process(exchange, sync -> {
                    dies(name, true, exchange);
                    callback.done(sync);
                });
            }
        };
    }

    /** As {@code bean method:verb} wherever a bean is called or a step of a chunk is taken, with the parameters of the route's template filled in. */
    private static String name(NamedNode node) {
        String name = node.getLabel();
        RouteDefinition route = ProcessorDefinitionHelper.getRoute(node);
        return (route == null ? name : Routes.filled(route, name))
                .replaceFirst("^to\\[bean:(.+)\\?method=", "$1 method:")
                .replaceFirst("^ref:(catalog-.+)\\.", "$1 method:");
    }

    /** What only frees threads of this process, which the next life shares. */
    private static boolean isLettingGo(String node) {
        return node.contains("doFinally") || node.contains("catalog-sending method:endDelivery");
    }

    private boolean dies(String name, boolean after, Exchange exchange) {
        if (!dead.get() && step.isHere(name, after) && dead.compareAndSet(false, true)) {
            // Whoever waits for another thread would wait for ever.
            over.countDown();
            drop.loads().current().ifPresent(load -> load.failure().fail(new IllegalStateException("died")));
        }
        if (dead.get()) {
            exchange.setException(new Death());
            exchange.setProperty(Exchange.SCHEDULER_POLLED_MESSAGES, false);
        }
        return dead.get();
    }

    @Override
    public void close() {
        context.stop();
        if (dead.get()) {
            // A dead process has no load under way, and so none to wait for.
            drop.loads().one().leave();
        }
        drop.close();
    }
}
