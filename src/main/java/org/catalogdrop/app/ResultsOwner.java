package org.catalogdrop.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;

/**
 * The digits by which results in the making are known to be of a state folder, since an outbox may be shared. They are kept in that folder,
 * so that the next process of it knows what a crash left.
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
            Files.writeString(file, made + "\n");
            return made;
        } catch (IOException fault) {
            throw new RunHalted(
                    Code.DISK,
                    file + " cannot be read or written (" + fault
                            + "). See that the disk has room and the folder may be written to, then run again to go on.");
        }
    }
}
