package org.catalogdrop.journal.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;

/**
 * The name of a state folder on this host: a random one, kept in the folder, and that of the host. Only one process at a time uses the
 * folder. A copy of it on another host, such as a cloned machine has, is another node. Stateless.
 */
public final class NodeFile {

    private static final String FILE = "node";

    private NodeFile() {}

    /** Returns the name; empty if there is none. */
    public static Optional<String> find(Path state) {
        return Files.exists(state.resolve(FILE)) ? Optional.of(of(state)) : Optional.empty();
    }

    /** Returns the name, and makes it if there is none. */
    public static String of(Path state) {
        return kept(state) + "@" + ProcessName.host();
    }

    private static String kept(Path state) {
        Path file = state.resolve(FILE);
        try {
            String kept = Files.exists(file) ? Files.readString(file).strip() : "";
            if (!kept.isEmpty()) {
                return kept;
            }
            String made = UUID.randomUUID().toString();
            Path part = Files.writeString(file.resolveSibling(FILE + ".part"), made + "\n");
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return made;
        } catch (IOException fault) {
            throw JournalFaults.of(fault, state);
        }
    }
}
