package org.catalogdrop.inbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.catalogdrop.input.DropInspector;
import org.catalogdrop.results.OutputPlaces;
import org.catalogdrop.results.file.Disk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts files into the inbox, each completely or not at all. Safe for many threads and processes. */
public final class InboxDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(InboxDelivery.class);
    private static final String PREFIX = ".delivery-";
    private static final String ENDING = ".part";
    private static final int TRIES = 100;

    private InboxDelivery() {}

    /**
     * Puts a file into the inbox under this name, or under a free one like it, if it has these bytes still.
     *
     * @param name a file name without a folder
     * @param content its bytes
     * @param digest SHA-256 of the bytes that are meant
     * @return where it is; empty if the content has other bytes, and then nothing is there
     * @throws IllegalArgumentException if the name is none of a drop, or leads elsewhere
     */
    public static Optional<Path> put(Path inbox, String name, InputStream content, String digest) throws IOException {
        if (!DropFiles.isNamedAsDrop(name)
                || !inbox.resolve(name).getFileName().toString().equals(name)) {
            throw new IllegalArgumentException(name + " is not the name of a drop");
        }
        // A hidden name is no drop, and none that is reported.
        Path part = inbox.resolve(PREFIX + UUID.randomUUID() + ENDING);
        try {
            Files.copy(content, part);
            // Of the copy, which nobody else changes.
            return DropInspector.digest(part).equals(digest)
                    ? Optional.of(reveal(part, inbox, name))
                    : Optional.empty();
        } finally {
            delete(part);
        }
    }

    /**
     * Gives a file of the inbox with a hidden name this name, or a free one like it. Its content is on disk before: after a power cut it is
     * there as a whole or not at all.
     *
     * @return where it is
     */
    public static Path reveal(Path part, Path inbox, String name) throws IOException {
        Disk.syncContent(part);
        for (int i = 0; i < TRIES; i++) {
            Path place = OutputPlaces.free(inbox, name);
            if (isNamed(part, place)) {
                try {
                    Disk.sync(inbox);
                } catch (IOException unsynced) {
                    // It is in the inbox and may be read already, so it must not be put there again.
                    LOG.warn("{}: the disk did not confirm its name: {}", place, unsynced.toString());
                }
                return place;
            }
        }
        throw new FileAlreadyExistsException(inbox.resolve(name).toString());
    }

    /** A link fails if the name is taken, and an atomic rename would replace what has it. */
    private static boolean isNamed(Path part, Path place) throws IOException {
        try {
            Files.createLink(place, part);
        } catch (FileAlreadyExistsException taken) {
            return false;
        } catch (UnsupportedOperationException | IOException noLinks) {
            try {
                Files.move(part, place);
            } catch (FileAlreadyExistsException taken) {
                return false;
            }
        }
        delete(part);
        return true;
    }

    private static void delete(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException left) {
            LOG.warn("{}: cannot be deleted: {}. It is hidden and not loaded. Delete it.", part, left.toString());
        }
    }

    /** Deletes what a killed process left of files that it was putting there. Only for the process that owns the inbox, before it puts one. */
    public static void sweep(Path inbox) throws IOException {
        if (Files.isDirectory(inbox)) {
            try (DirectoryStream<Path> left = Files.newDirectoryStream(inbox, PREFIX + "*" + ENDING)) {
                left.forEach(InboxDelivery::delete);
            }
        }
    }
}
