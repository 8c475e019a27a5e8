package org.catalogdrop.inbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.catalogdrop.results.OutputPlaces;
import org.catalogdrop.results.file.Disk;

/** Puts files into the inbox, each completely or not at all. Safe for many threads and processes. */
public final class InboxDelivery {

    private static final int TRIES = 100;

    private InboxDelivery() {}

    /**
     * Puts a file into the inbox under this name, or under a free one like it.
     *
     * @param name a file name without a folder
     * @param content its bytes
     * @return where it is
     * @throws IllegalArgumentException if the name is none of a drop, or leads elsewhere
     */
    public static Path put(Path inbox, String name, InputStream content) throws IOException {
        if (!DropFiles.isNamedAsDrop(name)
                || !inbox.resolve(name).getFileName().toString().equals(name)) {
            throw new IllegalArgumentException(name + " is not the name of a drop");
        }
        // A hidden name is no drop, and none that is reported.
        Path part = inbox.resolve("." + UUID.randomUUID() + ".part");
        try {
            Files.copy(content, part);
            return reveal(part, inbox, name);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** A link fails if the name is taken, and a rename would replace what has it. */
    private static Path reveal(Path part, Path inbox, String name) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            Path place = OutputPlaces.free(inbox, name);
            try {
                Files.createLink(place, part);
                Disk.sync(inbox);
                return place;
            } catch (FileAlreadyExistsException taken) {
                // Another one was quicker: the next free name.
            } catch (UnsupportedOperationException | IOException noLinks) {
                Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
                return place;
            }
        }
        throw new FileAlreadyExistsException(inbox.resolve(name).toString());
    }
}
