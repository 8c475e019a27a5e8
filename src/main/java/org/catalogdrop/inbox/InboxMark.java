package org.catalogdrop.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.catalogdrop.results.file.Disk;

/** The name of an inbox, in a hidden file of it. A machine that gets another host name still has the same inbox. Stateless. */
public final class InboxMark {

    static final String FILE = ".catalog-drop.inbox";

    /** The name of the copy in the state folder. */
    static final String COPY = "inbox-name";

    private InboxMark() {}

    /** Returns the name of an inbox; empty if it has none, or is not there. */
    public static String read(Path inbox) throws IOException {
        Path file = inbox.resolve(FILE);
        return Files.exists(file) ? Files.readString(file).strip() : "";
    }

    /**
     * Returns the name of an inbox, and makes it if there is none. The one process that has the inbox calls it. The state folder keeps a
     * copy, for an inbox that someone empties with its hidden files.
     */
    static String make(Path inbox, Path state) throws IOException {
        Path copy = state.resolve(COPY);
        String kept = read(inbox);
        String name = kept.isEmpty() ? ofCopy(copy, inbox) : kept;
        if (kept.isEmpty()) {
            write(inbox.resolve(FILE), name + "\n");
        }
        String text = name + " " + inbox + "\n";
        if (!Files.exists(copy) || !Files.readString(copy).equals(text)) {
            write(copy, text);
        }
        return name;
    }

    private static String ofCopy(Path copy, Path inbox) throws IOException {
        String[] kept = Files.exists(copy) ? Files.readString(copy).strip().split(" ", 2) : new String[0];
        return kept.length == 2 && kept[1].equals(inbox.toString())
                ? kept[0]
                : UUID.randomUUID().toString();
    }

    private static void write(Path file, String text) throws IOException {
        Path part = Files.writeString(file.resolveSibling(file.getFileName() + ".part"), text);
        Disk.syncContent(part);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        Disk.sync(file.getParent());
    }
}
