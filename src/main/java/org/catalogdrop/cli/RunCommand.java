package org.catalogdrop.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.catalogdrop.accounts.AccountLoader;
import org.catalogdrop.camel.Installation;
import org.catalogdrop.cli.output.ExitStatus;
import org.catalogdrop.cli.output.ProgressBar;
import org.catalogdrop.config.AccountFiles;
import org.catalogdrop.config.Repeat;
import org.catalogdrop.config.Settings;
import org.catalogdrop.inbox.InboxCourier;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.model.Plural;
import org.catalogdrop.results.NextStep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code run}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description =
                "Watches the inbox and loads what appears, until it is stopped. With several accounts, the inbox of each.")
final class RunCommand extends AccountCommand {

    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    private static final int SHOWN = 10;

    @Option(names = "--once", description = "Loads what is in the inbox, and ends.")
    private boolean once;

    @Option(names = "--settle", description = "Looks up the rows in doubt of a finished drop that is dropped again.")
    private boolean settle;

    @Override
    public Integer call() throws Exception {
        Optional<AccountFiles> accounts =
                accountName().isPresent() ? Optional.empty() : AccountFiles.of(Program.sources());
        if (accounts.isPresent()) {
            return new AccountsProgram(accounts.get(), once, this::prepare, RunCommand::status).run();
        }
        Settings settings = settings(true);
        if (!once && settings.folders().journal() instanceof JournalPlace.Postgres journal) {
            return standBy(settings, journal);
        }
        return watch(settings, Optional.empty());
    }

    private int standBy(Settings settings, JournalPlace.Postgres journal) throws Exception {
        StandbyRun run = new StandbyRun(journal);
        Optional<StandbyPort> port =
                StandbyPort.open(settings.drops(), settings.api().account(), journal, run::fault);
        try {
            port.ifPresent(StandbyPort::showStandby);
            return standBy(settings, run, port);
        } finally {
            port.ifPresent(StandbyPort::close);
        }
    }

    private int standBy(Settings settings, StandbyRun run, Optional<StandbyPort> port) throws Exception {
        if (settings.folders().handover().isEmpty()) {
            return run.run(() -> watch(settings, port));
        }
        NextStep advice = new NextStep();
        accountName().ifPresentOrElse(advice::nameCommands, advice::nameCommands);
        InboxCourier courier = InboxCourier.share(settings.drops(), settings.folders(), advice);
        try {
            return run.run(() -> watch(settings, port));
        } finally {
            courier.close();
        }
    }

    /** @param port where it is shown; empty if the program has a port of its own, or none */
    private int watch(Settings settings, Optional<StandbyPort> port) throws Exception {
        try (Program program = Program.start(settings, new Installation.InboxMode(true, once), this::prepare);
                ProgressBar progress = ProgressBar.ofRun(program.drop())) {
            Runnable hide = show(program, settings, port);
            try {
                return watch(program, settings, progress);
            } finally {
                hide.run();
            }
        }
    }

    private static Runnable show(Program program, Settings settings, Optional<StandbyPort> port) {
        if (port.isPresent()) {
            return port.get().show(program);
        }
        // It ends with the program.
        program.showPage(settings);
        return () -> {};
    }

    private int watch(Program program, Settings settings, ProgressBar progress) throws Exception {
        progress.begin();
        LOG.info("watching {}{}", settings.folders().inbox(), once ? " until all that is in it has been loaded" : "");
        if (!once) {
            program.awaitStop();
            return ExitStatus.STOPPED;
        }
        program.drop().runs().awaitIdle();
        return status(program.drop());
    }

    /** Returns the exit status of the drops that were loaded, or that of an unfinished run if others wait for their approval. */
    private static int status(Installation drop) throws IOException {
        List<String> waiting = drop.approvals().waitingDrops();
        if (waiting.isEmpty()) {
            return drop.runs().exitStatus();
        }
        LOG.warn(
                "{} for approval and not loaded yet: {}. 'catalog-drop status' shows how to approve. Then run again.",
                Plural.of(waiting.size(), "drop is waiting", "drops are waiting"),
                waiting.stream()
                        .limit(SHOWN)
                        .collect(Collectors.joining(", ", "", waiting.size() > SHOWN ? ", …" : "")));
        return ExitStatus.STOPPED;
    }

    private void prepare(AccountLoader loader) {
        prepare(loader.drop());
        loader.drop().nextStep().nameCommands(loader.account());
    }

    private void prepare(Installation drop) {
        accountName().ifPresentOrElse(drop.nextStep()::nameCommands, drop.nextStep()::nameCommands);
        if (settle) {
            drop.loads().entrance().onRepeat(Repeat.SETTLE);
        }
    }
}
