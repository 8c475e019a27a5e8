package org.catalogdrop.kommo.auth;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file that only its owner may read (mode 600), always replaced as a whole and synced. Used by one thread at a time. */
public final class PrivateFile {

    private final Path file;

    /** @param file absolute; need not exist */
    public PrivateFile(Path file) {
        this.file = file;
    }

    /** Replaces the content. When this returns, it survives a power cut. */
    public void write(byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        try (FileChannel channel = create(part, StandardOpenOption.CREATE_NEW)) {
            write(channel, bytes);
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        sync(file.getParent());
    }

    /** Creates a file that only its owner may read from its first moment on, where the file system has such rights. */
    static FileChannel create(Path path, OpenOption how) throws IOException {
        FileAttribute<?>[] owner =
                path.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        return FileChannel.open(path, Set.of(how, StandardOpenOption.WRITE), owner);
    }

    static void write(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        channel.force(true);
    }

    /** Syncs a folder, so that a new name is durable. Where folders cannot be opened (Windows) the file system must do so itself. */
    static void sync(Path folder) throws IOException {
        if (folder.getFileSystem().getSeparator().equals("\\")) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
