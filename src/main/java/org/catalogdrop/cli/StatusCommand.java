package org.catalogdrop.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import org.catalogdrop.cli.status.StatusJson;
import org.catalogdrop.cli.status.StatusReport;
import org.catalogdrop.cli.status.StatusText;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.inbox.Approvals;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.Ownership;
import org.catalogdrop.kommo.throttle.BlockFile;
import org.catalogdrop.load.ProgressFile;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.resolve.MappingResolver;
import org.catalogdrop.resolve.RecordedSettings;
import org.catalogdrop.results.Refusal;
import org.catalogdrop.results.Summaries;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows what is loading now, the known drops, the state of each, and what to do next.")
final class StatusCommand extends CliCommand {

    @Option(
            names = "--json",
            description =
                    "Prints the same as JSON: state, owner, loading, blocked, inbox, drops, refused, waiting, not_taken.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        StatusReport report = report(Program.settings(false));
        PrintWriter out = out();
        if (json) {
            out.print(Summaries.json(StatusJson.of(report)));
        } else {
            // Names of files and drops are foreign text.
            StatusText.of(report).forEach(line -> out.println(NormalizedName.show(line)));
        }
        return 0;
    }

    private static StatusReport report(Settings settings) throws IOException {
        Settings.Folders folders = settings.folders();
        Optional<Ownership.Owner> owner = Ownership.owner(Ownership.Kind.STATE, folders.state());
        BlockFile block = new BlockFile(folders.state(), settings.api().baseUrl(), new ObjectMapper());
        return new StatusReport(
                folders,
                owner,
                owner.flatMap(one -> one.process().isPresent()
                        ? ProgressFile.read(folders.state(), one.process().getAsLong())
                        : Optional.empty()),
                block.recall().map(standing -> block.problem(standing).message()),
                Journal.drops(folders.state()),
                Refusal.in(folders.refused()),
                new Approvals(
                                settings.drops(),
                                settings.folders(),
                                MappingResolver.readOnly(settings.api(), settings.drops(), settings.folders()),
                                digest -> false,
                                digest -> false)
                        .waiting(),
                StatusReport.NotTaken.in(folders),
                Optional.of(settings)
                        .filter(one -> !one.api().baseUrl().equals(SettingsReader.NO_ACCOUNT))
                        .map(Settings::api)
                        .map(RecordedSettings::ofTarget));
    }
}
