package org.catalogdrop.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.catalogdrop.accounts.AccountClaims;
import org.catalogdrop.cli.status.AccountStatus;
import org.catalogdrop.cli.status.HandoverStatus;
import org.catalogdrop.cli.status.StatusJson;
import org.catalogdrop.cli.status.StatusReport;
import org.catalogdrop.cli.status.StatusText;
import org.catalogdrop.config.AccountFiles;
import org.catalogdrop.config.Needs;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.SettingsFault;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.inbox.Approvals;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.Ownership;
import org.catalogdrop.journal.postgres.JournalOwners;
import org.catalogdrop.journal.postgres.PostgresDatabase;
import org.catalogdrop.journal.store.JournalOwner;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.kommo.throttle.BlockStore;
import org.catalogdrop.load.ProgressFile;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.resolve.MappingResolver;
import org.catalogdrop.resolve.RecordedSettings;
import org.catalogdrop.results.Refusal;
import org.catalogdrop.results.Summaries;
import org.catalogdrop.shared.SharedStores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows what is loading now, the known drops, the state of each, and what to do next.")
final class StatusCommand extends AccountCommand {

    @Option(
            names = "--json",
            description =
                    "Prints the same as JSON: state, owner, standing_by, journal_fault, loading, blocked, inbox, drops, refused, waiting, not_taken.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = out();
        Optional<AccountFiles> accounts =
                accountName().isPresent() ? Optional.empty() : AccountFiles.of(Program.sources());
        if (accounts.isPresent()) {
            List<AccountStatus> all = all(accounts.get());
            if (json) {
                out.print(Summaries.json(
                        Map.of("accounts", all.stream().map(AccountStatus::json).toList())));
            } else {
                all.forEach(one -> out.println(NormalizedName.show(one.line())));
                out.println("'catalog-drop status -a NAME' shows one of them.");
            }
            return 0;
        }
        StatusReport report = report(settings(false));
        if (json) {
            out.print(Summaries.json(StatusJson.of(report)));
        } else {
            // Names of files and drops are foreign text.
            StatusText.of(report).forEach(line -> out.println(NormalizedName.show(forAccount(line))));
        }
        return 0;
    }

    private List<AccountStatus> all(AccountFiles accounts) throws IOException {
        accounts.ofProcess();
        Map<String, Settings> settings = new TreeMap<>();
        Map<String, String> faults = new TreeMap<>();
        for (String name : names(accounts)) {
            try {
                settings.put(name, accounts.read(name, Needs.API));
            } catch (SettingsFault fault) {
                faults.put(name, fault.getMessage());
            }
        }
        AccountClaims.faults(settings)
                .forEach((name, shared) -> faults.put(
                        name,
                        SettingsFault.ofAccount(accounts.file(name), shared).getMessage()));
        List<AccountStatus> all = new ArrayList<>();
        for (String name : names(accounts)) {
            Optional<Settings> one = Optional.ofNullable(settings.get(name));
            all.add(new AccountStatus(
                    name,
                    Optional.ofNullable(faults.get(name)),
                    one.isPresent() ? Optional.of(report(one.get())) : Optional.empty()));
        }
        return all;
    }

    private static StatusReport report(Settings settings) throws IOException {
        Settings.Folders folders = settings.folders();
        Optional<Ownership.Owner> owner = Ownership.owner(Ownership.Kind.STATE, folders.state());
        Optional<JournalOwner> inDatabase = Optional.empty();
        StatusReport.SharedJournal journal = StatusReport.SharedJournal.NONE;
        if (folders.journal() instanceof JournalPlace.Postgres place) {
            PostgresDatabase database = new PostgresDatabase(place);
            JournalOwners owners = database.look();
            inDatabase = owners.owner(place.schema());
            boolean elsewhere = inDatabase.filter(one -> !database.isHere(one)).isPresent();
            boolean gone = inDatabase.isPresent() && !elsewhere && owner.isEmpty();
            journal = new StatusReport.SharedJournal(
                    elsewhere, gone, owners.standbys(place.schema()), database.findRefusal());
        }
        BlockStore block = SharedStores.block(settings.api(), folders.journal());
        return new StatusReport(
                folders,
                inDatabase.map(JournalOwner::display).map(Ownership.Owner::of).or(() -> owner),
                owner.flatMap(one -> one.process().isPresent()
                        ? ProgressFile.read(folders.state(), one.process().getAsLong())
                        : Optional.empty()),
                block.recall().map(standing -> block.problem(standing).message()),
                Journal.drops(folders.journal()),
                Journal.halts(folders.journal()),
                Refusal.in(folders.refused()),
                new Approvals(
                                settings.drops(),
                                settings.folders(),
                                MappingResolver.readOnly(settings.api(), settings.drops(), settings.folders()),
                                digest -> false,
                                digest -> false)
                        .waiting(),
                StatusReport.NotTaken.in(folders),
                HandoverStatus.of(folders),
                Optional.of(settings)
                        .filter(one -> !one.api().baseUrl().equals(SettingsReader.NO_ACCOUNT))
                        .map(Settings::api)
                        .map(RecordedSettings::ofTarget),
                journal);
    }
}
