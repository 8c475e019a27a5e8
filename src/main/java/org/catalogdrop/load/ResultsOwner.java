package org.catalogdrop.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;

/**
 * The digits that mark unfinished results of a state folder, because an outbox may be shared. They are kept in that folder, so that its
 * next process knows what a crash left.
 */
final class ResultsOwner {

    private static final String FILE = "results-owner";

    private ResultsOwner() {}

    static String of(Path state) {
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
