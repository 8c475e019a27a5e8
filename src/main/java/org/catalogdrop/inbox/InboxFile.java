package org.catalogdrop.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.catalogdrop.input.DropInspector;

/**
 * A drop of the inbox on its way through the routes.
 *
 * @param path where it is
 * @param taken how the file was when it was taken; empty if that is not known
 */
public record InboxFile(Path path, Optional<Look> taken) {

    /**
     * What tells a file from another one of the same name.
     *
     * @param key identifies the file on its disk; the same text for all files where a system has no such key
     */
    public record Look(long size, FileTime modified, String key) {}

    /** Returns the file that has this path now. */
    public static InboxFile of(Path path) {
        return new InboxFile(path, look(path));
    }

    /** Returns the name of the file. */
    public String name() {
        return path.getFileName().toString();
    }

    /**
     * Returns whether another file, or other bytes, came to this path since the file was taken. A file that is gone was not replaced.
     *
     * @param digest the SHA-256 of the bytes that were loaded; empty if there is none
     */
    boolean isReplaced(String digest) {
        Optional<Look> now = look(path);
        if (now.isEmpty() || now.equals(taken)) {
            return false;
        }
        try {
            return !DropInspector.digest(path).equals(digest);
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static Optional<Look> look(Path path) {
        try {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return Optional.of(new Look(now.size(), now.lastModifiedTime(), String.valueOf(now.fileKey())));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
