package org.catalogdrop.camel;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.util.ObjectHelper;
import org.catalogdrop.config.Repeat;
import org.catalogdrop.load.LoadSteps;
import org.catalogdrop.load.OpenedDrop;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Summary;
import org.catalogdrop.plan.PlanSession;
import org.catalogdrop.plan.PlanSteps;
import org.catalogdrop.resolve.CallOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first and last steps of the routes {@code catalog-load} and {@code catalog-plan}. They turn the body of a call into a drop, and
 * release what the call has reserved. Headers of a plan: {@code CatalogPlanFolder} (the folder for all changes and rejects; without it
 * only the first are computed) and {@code CatalogPlanSample} (how many those are, 20 by default). Headers of both: {@code CatalogId},
 * {@code CatalogDropMapping} and {@code CatalogDropAgain}. Safe for many threads.
 */
public final class DropCalls {

    private static final Logger LOG = LoggerFactory.getLogger(DropCalls.class);

    /** The header with the folder for all changes and rejects of a plan. */
    public static final String PLAN_FOLDER = "CatalogPlanFolder";

    /** The header with the number of changes and of rejects that a plan has. */
    public static final String PLAN_SAMPLE = "CatalogPlanSample";

    /** The header with the name of the mapping file for the drop. */
    public static final String MAPPING = "CatalogDropMapping";

    /** The header that says whether bytes that were loaded before are loaded again. */
    public static final String AGAIN = "CatalogDropAgain";

    /** The header that says whether a refused drop is an exception. */
    public static final String THROW_ON_REFUSAL = "CatalogDropThrowOnRefusal";

    /** The exchange property with what a load does with bytes that were loaded before, if it differs from the setting. */
    static final String REPEAT = "catalogDropRepeat";

    private static final int USUAL_SAMPLE = 20;
    private static final String OPENED = "catalogDropOpened";
    private static final String PLANNING = "catalogDropPlanning";

    private final DropBody body;
    private final LoadSteps loads;
    private final PlanSteps plans;
    private final InstantSource clock;

    DropCalls(DropBody body, LoadSteps loads, PlanSteps plans, InstantSource clock) {
        this.body = body;
        this.loads = loads;
        this.plans = plans;
        this.clock = clock;
    }

    /** Waits for the loads that came before, then opens the body as a drop. */
    public OpenedDrop openLoad(Exchange exchange) throws InterruptedException, IOException {
        loads.one().enter();
        exchange.setProperty(OPENED, true);
        exchange.setProperty(DropBody.STARTED, clock.instant());
        loads.sweep();
        Path file = body.file(exchange);
        boolean fromInbox = exchange.getProperty(DropBody.INBOX, false, Boolean.class);
        return loads.openDrop(file, body.name(exchange), fromInbox, fromInbox ? CallOptions.NONE : options(exchange));
    }

    /** Publishes the reason why the drop is refused. */
    public Summary publishRefusal(Exchange exchange) {
        DropRefused refusal = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, DropRefused.class);
        return loads.publishRefusal(body.name(exchange), refusal.problem(), DropBody.started(exchange));
    }

    private static CallOptions options(Exchange exchange) {
        Message call = exchange.getMessage();
        Optional<Repeat> again = Optional.of(Repeat.AGAIN).filter(one -> call.getHeader(AGAIN, false, Boolean.class));
        Optional<Repeat> asked = Optional.ofNullable((Repeat) exchange.removeProperty(REPEAT));
        Long list = call.getHeader(ListSteps.CATALOG_ID, Long.class);
        return new CallOptions(
                list == null ? OptionalLong.empty() : OptionalLong.of(list),
                Optional.ofNullable(call.getHeader(MAPPING, String.class)).filter(name -> !name.isBlank()),
                asked.or(() -> again));
    }

    /** Throws the reason why the drop was refused, for a caller that wants an exception. */
    public void throwRefusal(Exchange exchange) {
        boolean wanted = exchange.getMessage().getHeader(THROW_ON_REFUSAL, false, Boolean.class);
        if (wanted && exchange.getMessage().getBody() instanceof Summary summary) {
            summary.refusal().ifPresent(problem -> {
                throw new DropRefused(problem);
            });
        }
    }

    /** Ends the load, whether it succeeded or not. */
    public void closeLoad(Exchange exchange) throws IOException {
        if (exchange.removeProperty(OPENED) == null) {
            return;
        }
        try {
            recordHalt(exchange);
        } finally {
            try {
                loads.closeDrop();
            } finally {
                try {
                    body.release(exchange);
                } finally {
                    loads.one().leave();
                }
            }
        }
    }

    private void recordHalt(Exchange exchange) {
        Exception reason = Optional.ofNullable(exchange.getException())
                .orElseGet(() -> exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
        RunHalted halted = reason == null ? null : ObjectHelper.getException(RunHalted.class, reason);
        if (halted != null) {
            try {
                loads.recordHalt(halted);
            } catch (RunHalted journal) {
                // The first fault is the one to report.
                LOG.debug("the reason of a halt is not in the journal: {}", journal.getMessage());
            }
        }
    }

    /** Opens the body as a drop for a dry run. */
    public PlanSession openPlan(Exchange exchange) throws IOException {
        Path file = body.file(exchange);
        String name = body.name(exchange);
        Optional<Path> folder = Optional.ofNullable(exchange.getMessage().getHeader(PLAN_FOLDER, Path.class));
        int sample = exchange.getMessage().getHeader(PLAN_SAMPLE, USUAL_SAMPLE, Integer.class);
        CallOptions options = options(exchange);
        exchange.getMessage().removeHeaders("*");
        PlanSession planning = plans.openDrop(file, name, folder, sample, options);
        exchange.setProperty(PLANNING, planning);
        return planning;
    }

    /** Ends the dry run, whether it succeeded or not. */
    public void closePlan(Exchange exchange) throws IOException {
        PlanSession planning = (PlanSession) exchange.removeProperty(PLANNING);
        if (planning != null) {
            plans.closeDrop(planning);
        }
        body.release(exchange);
    }
}
