package org.catalogdrop.inbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.catalogdrop.results.file.Disk;

/** The name of an inbox, in a hidden file of it. A machine that gets another host name still has the same inbox. Stateless. */
public final class InboxMark {

    private static final String FILE = ".catalog-drop.inbox";

    private InboxMark() {}

    /** Returns the name of an inbox; empty if it has none, or is not there. */
    public static String read(Path inbox) throws IOException {
        Path file = inbox.resolve(FILE);
        return Files.exists(file) ? Files.readString(file).strip() : "";
    }

    /** Returns the name of an inbox, and makes it if there is none. The one process that has the inbox calls it. */
    static String make(Path inbox) throws IOException {
        String kept = read(inbox);
        if (!kept.isEmpty()) {
            return kept;
        }
        String made = UUID.randomUUID().toString();
        Path part = inbox.resolve(FILE + ".part");
        Files.write(part, (made + "\n").getBytes(StandardCharsets.US_ASCII));
        Disk.syncContent(part);
        Files.move(part, inbox.resolve(FILE), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        Disk.sync(inbox);
        return made;
    }
}
