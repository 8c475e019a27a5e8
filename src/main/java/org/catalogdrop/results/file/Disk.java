package org.catalogdrop.results.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;

/** File system operations besides writing. Stateless. */
public final class Disk {

    private Disk() {}

    /** Returns whether something has this name, even a broken link. */
    public static boolean taken(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Renames {@code from} to its final name; the name is on disk when this returns. */
    public static void reveal(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        sync(to.toAbsolutePath().getParent());
    }

    /** Syncs a folder's entries to disk. Where folders cannot be opened (Windows) the file system must do so itself. */
    public static void sync(Path folder) throws IOException {
        boolean interrupted = Thread.interrupted();
        try (FileChannel channel = open(folder)) {
            if (channel != null) {
                channel.force(true);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Syncs the content of a file to disk, which must be done before it gets a name under which it is read. */
    public static void syncContent(Path file) throws IOException {
        boolean interrupted = Thread.interrupted();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static FileChannel open(Path folder) throws IOException {
        boolean windows = folder.getFileSystem().getSeparator().equals("\\");
        return windows ? null : FileChannel.open(folder, StandardOpenOption.READ);
    }

    /** Deletes whatever has this name, with everything in it; follows no links. */
    public static void wipe(Path path) throws IOException {
        if (!taken(path)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Returns the halt for a fault, in words for the operator. */
    public static RunHalted halted(Path path, IOException cause) {
        RunHalted halted = new RunHalted(
                Code.DISK,
                path + ": cannot be written: " + reason(cause)
                        + ". Check that the disk has free space and the folder is writable, then run again. It resumes from what is"
                        + " settled.");
        halted.initCause(cause);
        return halted;
    }

    private static String reason(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "it no longer exists";
        }
        if (cause instanceof FileSystemException precise) {
            String reason = precise.getReason() == null ? kind(cause) : precise.getReason();
            return precise.getFile() == null ? reason : reason + " (" + precise.getFile() + ")";
        }
        return cause.getMessage() == null ? kind(cause) : cause.getMessage();
    }

    /** Returns the kind of a fault. {@code AccessDeniedException} has it only in its name. */
    private static String kind(IOException cause) {
        return cause.getClass()
                .getSimpleName()
                .replace("Exception", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }
}
