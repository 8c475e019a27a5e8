package org.catalogdrop.cli;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.catalogdrop.camel.Management;
import org.catalogdrop.camel.PageOpening;
import org.catalogdrop.config.Settings;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.observability.JournalHealth;
import org.catalogdrop.page.StandbyPage;
import org.catalogdrop.page.http.PageLogins;
import org.catalogdrop.page.http.PageServer;

/**
 * The port of a run whose journal another process can own. It stays open whoever the owner is: while the run stands by, it serves health,
 * metrics and a page that say so. Used by one thread.
 */
final class StandbyPort implements AutoCloseable {

    /** What all pages of the port share, whoever the owner is. */
    private record Site(Settings.Page page, int port, String account, PageLogins logins) {}

    private final Management management;
    private final Optional<Site> site;
    private final JournalHealth journal;
    private Optional<Runnable> standby = Optional.empty();

    private StandbyPort(Management management, Optional<Site> site, JournalHealth journal) {
        this.management = management;
        this.site = site;
        this.journal = journal;
    }

    /**
     * Opens the port, if one is set and free.
     *
     * @param fault why the journal cannot be used now; empty if only another process has it
     */
    static Optional<StandbyPort> open(
            Settings.Drops drops, String account, JournalPlace.Postgres journal, Supplier<Optional<String>> fault) {
        if (drops.management().isEmpty()) {
            return Optional.empty();
        }
        InetSocketAddress address = drops.management().get();
        Optional<Site> site = PageOpening.safePage(drops.page(), address)
                .map(page -> new Site(page, address.getPort(), account, new PageLogins(page)));
        Optional<PageServer> page = site.map(one -> new PageServer(
                one.page(), one.port(), one.account(), List.of(new StandbyPage(journal, fault)), "", one.logins()));
        return Management.open(address, page)
                .map(port -> new StandbyPort(port, site, JournalHealth.ofStandby(journal, fault)));
    }

    /** Shows that the run stands by. */
    void showStandby() {
        if (standby.isEmpty()) {
            standby = Optional.of(management.showStandby(journal));
        }
    }

    /** Shows what a program loads, until the answer is run. */
    Runnable show(Program program) {
        standby.ifPresent(Runnable::run);
        standby = Optional.empty();
        List<Runnable> hide = new ArrayList<>();
        hide.add(management.show(
                Optional.empty(), program.context(), program.drop().vitals()));
        site.ifPresent(one -> hide.add(
                management.showPage(program.drop().page(one.page(), one.port(), one.account(), "", one.logins()))));
        return () -> {
            hide.forEach(Runnable::run);
            showStandby();
        };
    }

    @Override
    public void close() {
        management.close();
    }
}
