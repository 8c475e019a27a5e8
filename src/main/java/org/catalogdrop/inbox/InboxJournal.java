package org.catalogdrop.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.journal.Ownership;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.results.file.Disk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in a hidden file of an inbox with which journal on PostgreSQL its files are loaded. A process with another journal does not know what
 * that one has loaded, so it must not take them too. Stateless.
 */
public final class InboxJournal {

    private static final Logger LOG = LoggerFactory.getLogger(InboxJournal.class);

    private static final String FILE = ".catalog-drop.journal";
    private static final String ID = "journal: ";

    private InboxJournal() {}

    /**
     * Takes an inbox for a journal in the state folder, whose process has locked it.
     *
     * @throws RunHalted {@link Code#OWNED} if its files are loaded with a journal on PostgreSQL
     */
    public static void requireNone(Path inbox, JournalPlace journal) {
        if (Files.exists(inbox.resolve(FILE))) {
            throw other(inbox, journal);
        }
    }

    /**
     * Takes an inbox for a journal on PostgreSQL that several machines share with it.
     *
     * @param identities the identities of the journal, the current one first
     * @throws RunHalted {@link Code#OWNED} if its files are loaded with another journal
     */
    public static void claimShared(Path inbox, JournalPlace journal, List<String> identities) {
        Optional<Ownership.Owner> owner = Ownership.owner(Ownership.Kind.INBOX, inbox);
        if (owner.isPresent()) {
            throw new RunHalted(
                    Code.OWNED,
                    "The inbox " + inbox + " is in use by " + owner.get().name()
                            + ", which does not have the journal in " + journal.display()
                            + ". Both would load the same files. Stop that one, or set drop.inbox to another folder.");
        }
        claim(inbox, journal, identities);
    }

    /**
     * Takes an inbox for a journal on PostgreSQL.
     *
     * @param identities the identities of the journal, the current one first
     * @throws RunHalted {@link Code#OWNED} if its files are loaded with another journal
     */
    static void claim(Path inbox, JournalPlace journal, List<String> identities) {
        try {
            Path file = inbox.resolve(FILE);
            String kept = Files.exists(file) ? id(Files.readAllLines(file)) : "";
            if (!kept.isEmpty() && !identities.contains(kept)) {
                throw other(inbox, journal);
            }
            if (!kept.equals(identities.get(0))) {
                write(
                        file,
                        "The files of this folder are loaded with the journal in " + journal.display() + "\n" + ID
                                + identities.get(0) + "\n");
            }
        } catch (IOException fault) {
            throw Disk.halted(inbox.resolve(FILE), fault);
        }
    }

    /** Lets the next process take the inbox with any journal. If that fails, that process says which file to delete. */
    public static void release(Path inbox) {
        try {
            Files.deleteIfExists(inbox.resolve(FILE));
        } catch (IOException left) {
            LOG.debug("{} cannot be deleted", inbox.resolve(FILE), left);
        }
    }

    private static String id(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(ID))
                .map(line -> line.substring(ID.length()).strip())
                .findFirst()
                .orElse("");
    }

    private static void write(Path file, String text) throws IOException {
        Path part = Files.writeString(file.resolveSibling(FILE + ".part"), text);
        Disk.syncContent(part);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        Disk.sync(file.getParent());
    }

    private static RunHalted other(Path inbox, JournalPlace journal) {
        Path file = inbox.resolve(FILE);
        return new RunHalted(
                Code.OWNED,
                "The inbox " + inbox + " belongs to another journal: " + said(file)
                        + " This process has the journal in "
                        + journal.display()
                        + ", and does not know what was loaded with the other one. It would load the same files again. Set drop.journal"
                        + " and drop.journal-schema as on the other machines, or drop.inbox to another folder. If the other journal is"
                        + " not used any more, for instance because it was copied back, delete " + file + ".");
    }

    /** Returns what the file says for people. */
    private static String said(Path file) {
        try {
            return Files.readAllLines(file).stream()
                            .filter(line -> !line.startsWith(ID))
                            .findFirst()
                            .orElse("it has the file " + file)
                    + ".";
        } catch (IOException unreadable) {
            return "it has the file " + file + ".";
        }
    }
}
