package org.catalogdrop.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.catalogdrop.config.Settings;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;

/**
 * The digits that mark unfinished results, because an outbox may be shared. They are kept beside the journal, so that the next process
 * knows what a crash left: those of a state folder in a file of it. Each owner of a journal on PostgreSQL has digits of its own, which are
 * in the journal: a former owner that wakes up must not have the name of what the next one writes.
 */
final class ResultsOwner {

    private static final String FILE = "results-owner";

    private ResultsOwner() {}

    /** Returns the digits of this process. */
    static String of(Settings.Folders folders, Journal journal) {
        return folders.journal() instanceof JournalPlace.Postgres ? journal.resultsMark() : of(folders.state());
    }

    /** Returns the digits of this process and of all former owners of its journal. */
    static Set<String> all(Settings.Folders folders, Journal journal) {
        Set<String> all = new HashSet<>(journal.resultsMarks());
        all.add(of(folders, journal));
        if (Files.exists(folders.state().resolve(FILE))) {
            all.add(of(folders.state()));
        }
        return all;
    }

    private static String of(Path state) {
        Path file = state.resolve(FILE);
        try {
            String kept = Files.exists(file) ? Files.readString(file).strip() : "";
            if (kept.matches("[0-9a-f]{8}")) {
                return kept;
            }
            String made = "%08x".formatted(ThreadLocalRandom.current().nextInt());
            write(file, made + "\n");
            return made;
        } catch (IOException fault) {
            throw new RunHalted(
                    Code.DISK,
                    file + " cannot be read or written (" + fault
                            + "). Check that the disk has free space and the folder is writable, then run again to resume.");
        }
    }

    /** Writes the digits to disk before they are used, because leftovers of a power cut in the outbox must be recognised. */
    private static void write(Path file, String text) throws IOException {
        Path part = file.resolveSibling(FILE + ".part");
        try (FileChannel channel = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        if (!file.getFileSystem().getSeparator().equals("\\")) {
            // Windows cannot open folders; its file system syncs them itself.
            try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }
}
