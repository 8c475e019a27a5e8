package org.catalogdrop.camel;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.catalogdrop.config.Settings;
import org.catalogdrop.inbox.Approvals;
import org.catalogdrop.inbox.RunState;
import org.catalogdrop.kommo.ClockSkew;
import org.catalogdrop.load.ListReads;
import org.catalogdrop.load.LoadSteps;
import org.catalogdrop.observability.LoaderHealth;
import org.catalogdrop.page.LoaderParts;
import org.catalogdrop.page.PageDirectory;
import org.catalogdrop.page.http.PageServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the page of a loader together. A class of its own, so that nothing of the page is loaded before. Stateless. */
final class PageOpening {

    private static final Logger LOG = LoggerFactory.getLogger(PageOpening.class);

    private PageOpening() {}

    /**
     * Returns the page, unless it would be open to others without a password.
     *
     * @param settings with a page
     * @param address where it is going to be served
     */
    static Optional<PageServer> open(
            Settings settings,
            InetSocketAddress address,
            CamelContext context,
            LoaderHealth health,
            LoadSteps loads,
            ListReads reads,
            RunState runs,
            Approvals approvals,
            ClockSkew clocks) {
        Settings.Page page = settings.drops().page().orElseThrow();
        if (page.password().isEmpty() && !address.getAddress().isLoopbackAddress()) {
            LOG.warn(
                    "the page is not served: {} can be reached from other machines, and drop.page-password is not set. Set a password, or"
                            + " leave drop.management-address at 127.0.0.1. Health and metrics are served.",
                    address.getAddress().getHostAddress());
            return Optional.empty();
        }
        LoaderParts loader = new LoaderParts(
                settings.api(),
                settings.folders(),
                settings.drops(),
                health,
                loads,
                reads,
                runs,
                approvals,
                clocks,
                new RouteCalls(context));
        return Optional.of(
                new PageServer(page, address.getPort(), settings.api().account(), PageDirectory.of(loader)));
    }
}
