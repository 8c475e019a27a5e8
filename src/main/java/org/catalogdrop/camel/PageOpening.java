package org.catalogdrop.camel;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.catalogdrop.config.Settings;
import org.catalogdrop.inbox.Approvals;
import org.catalogdrop.inbox.RunState;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.kommo.ClockSkew;
import org.catalogdrop.load.ListReads;
import org.catalogdrop.load.LoadSteps;
import org.catalogdrop.observability.LoaderHealth;
import org.catalogdrop.page.LoaderParts;
import org.catalogdrop.page.PageDirectory;
import org.catalogdrop.page.http.PageRoute;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the page of a loader together. A class of its own, so that nothing of the page is loaded before. Stateless. */
public final class PageOpening {

    private static final Logger LOG = LoggerFactory.getLogger(PageOpening.class);

    private PageOpening() {}

    /** Returns the page, if it is wanted and may be served at an address: not to other machines without a password. */
    public static Optional<Settings.Page> safePage(Optional<Settings.Page> wanted, InetSocketAddress address) {
        if (wanted.isPresent()
                && wanted.get().password().isEmpty()
                && !address.getAddress().isLoopbackAddress()) {
            LOG.warn(
                    "the page is not served: {} can be reached from other machines, and drop.page-password is not set. Set a password, or"
                            + " leave drop.management-address at 127.0.0.1. Health and metrics are served.",
                    address.getAddress().getHostAddress());
            return Optional.empty();
        }
        return wanted;
    }

    /** Returns the pages of a loader. */
    static List<PageRoute> pages(
            Settings settings,
            CamelContext context,
            LoaderHealth health,
            LoadSteps loads,
            ListReads reads,
            RunState runs,
            Approvals approvals,
            ClockSkew clocks,
            Supplier<Journal> journal) {
        return PageDirectory.of(new LoaderParts(
                settings.api(),
                settings.folders(),
                settings.drops(),
                health,
                loads,
                reads,
                runs,
                approvals,
                clocks,
                new RouteCalls(context),
                journal));
    }
}
