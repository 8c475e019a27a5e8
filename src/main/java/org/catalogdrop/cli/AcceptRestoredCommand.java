package org.catalogdrop.cli;

import java.util.Optional;
import org.catalogdrop.cli.output.ExitStatus;
import org.catalogdrop.cli.status.NamedDrops;
import org.catalogdrop.journal.DropEntry;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.postgres.PostgresDatabase;
import org.catalogdrop.journal.postgres.Restoration;
import org.catalogdrop.journal.store.JournalOwner;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.journal.store.JournalPosition;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.SafeText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code journal accept-restored}. */
@Command(
        name = "accept-restored",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what a journal on PostgreSQL lacks that was restored from a backup, and with --yes accepts it as it is, for all machines.",
            "It does not know what was sent after the backup: check that first (docs/several-machines.md says how)."
        })
final class AcceptRestoredCommand extends AccountCommand {

    @Option(names = "--yes", description = "Accepts the journal.")
    private boolean yes;

    @Override
    public Integer call() {
        if (!(settings(false).folders().journal() instanceof JournalPlace.Postgres place)) {
            throw misuse(
                    "drop.journal is not set, so the journal is not on PostgreSQL. This command is for one that is");
        }
        PostgresDatabase database = new PostgresDatabase(place);
        Restoration restored = database.compare();
        show(
                "This machine has seen: ",
                restored.seen().map(JournalPosition::display).orElse("nothing"));
        show(
                "The journal has now:   ",
                restored.found().map(JournalPosition::display).orElse("nothing; there is none"));
        restored.refusal().ifPresent(reason -> show("It is not used: ", reason));
        if (!restored.isToBeAccepted()) {
            show("", "Nothing is missing, so there is nothing to accept.");
            return 0;
        }
        Journal.drops(place).stream()
                .filter(drop -> drop.state() == DropEntry.State.OPEN || drop.state() == DropEntry.State.PUBLISHING)
                .forEach(drop -> show("Under way there: ", NamedDrops.label(drop)));
        if (!yes) {
            show(
                    "",
                    "Check what was sent since, above all by drops that are under way (docs/several-machines.md). Then run this with --yes.");
            return ExitStatus.STOPPED;
        }
        Optional<JournalOwner> owner = database.findOwner();
        if (owner.isPresent()) {
            throw new RunHalted(
                    Code.OWNED,
                    "The journal in " + place.display() + " is in use by "
                            + owner.get().display()
                            + ". Stop the programs on all machines before it is accepted, then run this again.");
        }
        database.accept();
        show("", "Accepted. All machines may use the journal in " + place.display() + " again.");
        return 0;
    }

    private void show(String what, String text) {
        out().println(what + SafeText.of(text));
    }
}
