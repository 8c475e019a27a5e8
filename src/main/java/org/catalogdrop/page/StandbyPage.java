package org.catalogdrop.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.catalogdrop.journal.postgres.JournalOwners;
import org.catalogdrop.journal.postgres.LeaseKeeper;
import org.catalogdrop.journal.postgres.PostgresDatabase;
import org.catalogdrop.journal.store.JournalOwner;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.page.http.BrowserRequest;
import org.catalogdrop.page.http.PageResponse;
import org.catalogdrop.page.http.PageRoute;
import org.catalogdrop.page.http.Templates;
import org.catalogdrop.report.DisplayText;

/** The page of a program that stands by: who owns the journal, since when, and what stands by. Its parts change by themselves. */
public final class StandbyPage implements PageRoute {

    private static final int LONGEST = 1000;

    private final JournalPlace.Postgres journal;
    private final PostgresDatabase database;
    private final Supplier<Optional<String>> fault;

    /** @param fault why the journal cannot be used now, if it is for more than that another process has it */
    public StandbyPage(JournalPlace.Postgres journal, Supplier<Optional<String>> fault) {
        this.journal = journal;
        this.database = new PostgresDatabase(journal);
        this.fault = fault;
    }

    @Override
    public String path() {
        return "/";
    }

    @Override
    public String menu() {
        return "Standing by";
    }

    @Override
    public PageResponse show(BrowserRequest request) {
        return switch (request.below()) {
            case "" -> PageResponse.view("Standing by", "page/standby.jte", view());
            case "now/events" ->
                PageResponse.events(() -> Map.of("standby", Templates.part("page/standby-state.jte", view())));
            default -> PageResponse.missing();
        };
    }

    private StandbyView view() {
        List<AccountView.Fact> facts = new ArrayList<>();
        facts.add(new AccountView.Fact("Journal", true, journal.display()));
        try {
            JournalOwners owners = LeaseKeeper.known(journal).orElseGet(database::look);
            Optional<JournalOwner> owner = owners.owner(journal.schema());
            facts.add(new AccountView.Fact(
                    "Owner", true, owner.map(JournalOwner::process).orElse("none")));
            owner.ifPresent(one -> facts.add(new AccountView.Fact("Since", true, since(one.since()))));
            List<String> standbys = owners.standbys(journal.schema());
            facts.add(new AccountView.Fact(
                    "Standing by", true, standbys.isEmpty() ? "none" : String.join(", ", standbys)));
            boolean isOwner = owner.filter(database::isHere).isPresent();
            return new StandbyView(problem(), isOwner, facts);
        } catch (RunHalted away) {
            return new StandbyView(text(away.getMessage()), false, facts);
        }
    }

    private String problem() {
        return fault.get().map(StandbyPage::text).orElse("");
    }

    private static String since(Instant time) {
        return DisplayText.of(time);
    }

    private static String text(String message) {
        return DisplayText.of(message, LONGEST);
    }
}
