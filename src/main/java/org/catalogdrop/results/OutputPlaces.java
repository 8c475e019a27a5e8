package org.catalogdrop.results;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.catalogdrop.model.Problem;
import org.catalogdrop.results.file.Disk;
import org.catalogdrop.results.file.FileNames;
import org.catalogdrop.results.file.SafeCell;
import org.catalogdrop.results.file.Utf8File;

/** Finds places for finished and refused files. Nothing is ever overwritten. Stateless. */
public final class OutputPlaces {

    private OutputPlaces() {}

    /**
     * Returns a free path in the folder: {@code products.csv.gz}, or {@code products-2.csv.gz}, {@code products-3.csv.gz}…
     *
     * @param folder need not exist
     * @param name a file name
     */
    public static Path free(Path folder, String name) {
        String ending = FileNames.ending(name);
        String stem = name.substring(0, name.length() - ending.length());
        Path path = folder.resolve(name);
        for (int n = 2; Disk.taken(path); n++) {
            path = folder.resolve(FileNames.fit(stem, "-" + n + ending));
        }
        return path;
    }

    /**
     * Writes {@code NAME.reason.txt}: why a drop was refused; completely or not at all. Makes the folder if necessary. A file with the
     * same text is left; one with another text stays, and this one gets the next free name.
     *
     * @param refused the folder of refused drops
     * @param nameInRefused the name of the drop there
     * @param dropName the name under which it was dropped
     * @param problem why
     * @param next what to do next
     * @return the file
     * @throws org.catalogdrop.model.RunHalted if it cannot be written
     */
    public static Path reason(Path refused, String nameInRefused, String dropName, Problem problem, String next) {
        String text = SafeCell.clean(Refusal.text(nameInRefused, dropName, problem, next));
        Path wanted = refused.resolve(FileNames.fit(nameInRefused, Refusal.ENDING));
        Path part = refused.resolve(FileNames.fit("." + nameInRefused, Refusal.ENDING + ".part"));
        try {
            if (says(wanted, text)) {
                return wanted;
            }
            Files.createDirectories(refused);
            Disk.wipe(part);
            Utf8File.write(part, text);
            Path free = free(refused, wanted.getFileName().toString());
            Disk.reveal(part, free);
            return free;
        } catch (IOException e) {
            throw Disk.halted(wanted, e);
        }
    }

    /**
     * Moves a file. Nothing is overwritten, even if another process takes the place at the same moment. Makes the folder if necessary.
     *
     * @param file the file to move
     * @param place a path in the folder, as {@link #free} returns it
     * @throws FileAlreadyExistsException if the place is taken
     * @throws IOException if the file cannot be moved; it is then where it was
     */
    public static void move(Path file, Path place) throws IOException {
        Files.createDirectories(place.getParent());
        // Reserves the name: a rename alone would replace the file that has it.
        Files.createFile(place);
        try {
            try {
                Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException otherDisk) {
                copy(file, place);
                Files.delete(file);
            }
        } catch (IOException | RuntimeException fault) {
            Files.deleteIfExists(place);
            throw fault;
        }
        Disk.sync(place.getParent());
    }

    /** Copies a file to another disk. It gets its name there when all of it is on that disk. */
    private static void copy(Path file, Path place) throws IOException {
        Path part = place.resolveSibling(FileNames.fit("." + place.getFileName(), ".part"));
        try {
            Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Disk.reveal(part, place);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static boolean says(Path path, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                && Files.size(path) == bytes.length
                && Arrays.equals(Files.readAllBytes(path), bytes);
    }
}
