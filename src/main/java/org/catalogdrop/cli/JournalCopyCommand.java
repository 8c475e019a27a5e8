package org.catalogdrop.cli;

import java.util.Map;
import org.catalogdrop.config.Settings;
import org.catalogdrop.inbox.InboxJournal;
import org.catalogdrop.journal.JournalCopy;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.model.Plural;
import org.catalogdrop.shared.SharedStateMove;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code journal copy}. */
@Command(
        name = "copy",
        mixinStandardHelpOptions = true,
        description = {
            "Copies the journal of the state folder into the database that drop.journal names, or with --back from there into the state folder.",
            "The target must be empty, and no program may use either of them. Afterwards only the copy can be used, because the original does"
                    + " not know what is sent from then on. A pair of tokens and a block of the API are moved with it."
        })
final class JournalCopyCommand extends AccountCommand {

    @Option(names = "--back", description = "Copies from the database into the state folder.")
    private boolean back;

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = settings(false);
        if (!(settings.folders().journal() instanceof JournalPlace.Postgres database)) {
            throw misuse("drop.journal is not set, so there is no database to copy to or from. Set it to"
                    + " jdbc:postgresql://HOST/DATABASE");
        }
        JournalPlace folder = new JournalPlace.Folder(database.state());
        JournalPlace from = back ? database : folder;
        JournalPlace to = back ? folder : database;
        Map<String, Long> lines = JournalCopy.copy(from, to);
        if (back) {
            InboxJournal.release(settings.folders().inbox());
        }
        long all = lines.values().stream().mapToLong(Long::longValue).sum();
        out().println("Copied " + Plural.of(lines.get("drops"), "drop") + ", " + Plural.of(lines.get("keys"), "key")
                + ", "
                + all + " lines of " + lines.size() + " tables, from " + from.display() + " to " + to.display()
                + ", and counted them there.");
        SharedStateMove.move(settings.api(), database, back).forEach(what -> out().println("Moved " + what + " too."));
        out().println(
                        back
                                ? "Remove drop.journal from the settings now. The journal in the database can no longer be used."
                                : "Load with drop.journal from now on. The journal in the state folder can no longer be used.");
        return 0;
    }
}
