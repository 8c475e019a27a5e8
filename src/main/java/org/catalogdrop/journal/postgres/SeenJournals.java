package org.catalogdrop.journal.postgres;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.catalogdrop.journal.store.JournalFaults;
import org.catalogdrop.journal.store.JournalPosition;

/**
 * How far this machine has seen journals on PostgreSQL. It is kept in the state folder, so that a database that was restored from a backup is
 * noticed. The process knows it exactly; the file may be some seconds behind after a crash. Safe for many threads.
 */
final class SeenJournals {

    /**
     * A journal that was seen.
     *
     * @param id the identity of the journal
     * @param place the database and the schema in which it was
     * @param position how far it was at least
     */
    record Seen(String id, String place, JournalPosition position) {}

    private static final String FILE = "journal-seen";

    /** One for each folder, because a journal may be opened several times by one process. */
    private static final Map<Path, SeenJournals> ALL = new ConcurrentHashMap<>();

    private final Path file;
    private final Map<String, Seen> byId = new TreeMap<>();

    private SeenJournals(Path file) throws IOException {
        this.file = file;
        read();
    }

    /** Returns what was seen by the process of a state folder. */
    static SeenJournals of(Path state) {
        try {
            Path folder = state.toAbsolutePath().normalize();
            SeenJournals known = ALL.get(folder);
            if (known == null) {
                known = new SeenJournals(folder.resolve(FILE));
                SeenJournals first = ALL.putIfAbsent(folder, known);
                known = first == null ? known : first;
            }
            return known;
        } catch (IOException | IllegalArgumentException fault) {
            throw JournalFaults.of(fault instanceof IOException io ? io : new IOException(fault), state);
        }
    }

    synchronized Optional<Seen> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Returns the journal that was seen in a place last. */
    synchronized Optional<Seen> last(String place) {
        return byId.values().stream().filter(seen -> seen.place().equals(place)).findFirst();
    }

    /** Notes how far a journal is. Another one that was in the same place before is forgotten. */
    synchronized void note(Seen seen) {
        byId.values()
                .removeIf(other ->
                        other.place().equals(seen.place()) && !other.id().equals(seen.id()));
        byId.put(seen.id(), seen);
    }

    private void read() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        Properties lines = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            lines.load(in);
        }
        for (String id : lines.stringPropertyNames()) {
            String[] parts = lines.getProperty(id).split(" ", 4);
            JournalPosition position =
                    new JournalPosition(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
            byId.put(id, new Seen(id, parts[3], position));
        }
    }

    /** Writes it to the disk. */
    synchronized void keep() throws IOException {
        Properties lines = new Properties();
        byId.values().forEach(seen -> {
            JournalPosition at = seen.position();
            lines.setProperty(seen.id(), at.drop() + " " + at.request() + " " + at.requestedAt() + " " + seen.place());
        });
        StringWriter text = new StringWriter();
        lines.store(text, "How far this machine has seen journals (drop, request, its time, place); keep this file.");
        Path part = file.resolveSibling(FILE + ".part");
        try (FileChannel channel = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
