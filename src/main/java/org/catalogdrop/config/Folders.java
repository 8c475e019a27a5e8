package org.catalogdrop.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;

/** Creates the folders of a run. Stateless. */
public final class Folders {

    private Folders() {}

    /** Returns whether two absolute paths are the same folder, also through links. Neither needs to exist yet. */
    public static boolean isSame(Path one, Path other) {
        return real(one.normalize()).equals(real(other.normalize()));
    }

    /** Returns whether one of two folders is the other, or is below it, also through links. */
    public static boolean overlap(Path one, Path other) {
        Path first = real(one.normalize());
        Path second = real(other.normalize());
        return first.startsWith(second) || second.startsWith(first);
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException notThere) {
            return folder.getParent() == null
                    ? folder
                    : real(folder.getParent()).resolve(folder.getFileName());
        }
    }

    public static void make(Settings.Folders folders) {
        for (Path folder :
                List.of(folders.inbox(), folders.outbox(), folders.archive(), folders.refused(), folders.state())) {
            try {
                Files.createDirectories(folder);
            } catch (IOException fault) {
                throw new RunHalted(
                        Code.DISK,
                        "the folder " + folder + " cannot be created (" + fault
                                + "). Create it yourself, or set drop.home to a folder where this program may write.");
            }
            if (!Files.isWritable(folder)) {
                throw new RunHalted(
                        Code.DISK,
                        "the folder " + folder
                                + " is not writable. Give this program the right to write there, then run again.");
            }
        }
    }
}
