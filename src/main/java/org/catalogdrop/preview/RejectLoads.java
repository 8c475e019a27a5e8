package org.catalogdrop.preview;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.catalogdrop.input.DropInspector;
import org.catalogdrop.journal.DropEntry;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.RejectLoad;
import org.catalogdrop.journal.RejectLoad.LoadedReject;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.results.ResultsReader;

/**
 * Remembers which rows of rejects files were loaded from their table, and finds out what became of them. A load is recorded before its drop
 * is put into the inbox: a crash between leaves a row that is said to be loaded and was not, never one that is loaded twice unseen. Safe for
 * many threads.
 */
public final class RejectLoads {

    private final JournalPlace place;
    private final Path inbox;
    private final Path outbox;
    private final Supplier<Journal> journal;

    public RejectLoads(JournalPlace place, Path inbox, Path outbox, Supplier<Journal> journal) {
        this.place = place;
        this.inbox = inbox;
        this.outbox = outbox;
        this.journal = journal;
    }

    /** Returns what was loaded from a rejects file that has this digest now. */
    public Loaded of(Path file, String source) {
        return new Loaded(
                Journal.rejectLoads(place, folder(file), file.getFileName().toString()), source);
    }

    private static String folder(Path file) {
        return file.getParent().getFileName().toString();
    }

    /**
     * Records that rows are loaded.
     *
     * @param file the rejects file
     * @param fixed the rows
     * @param name the name that their drop shall have
     * @param digest the digest of the drop
     */
    public RejectLoad record(Path file, RejectFixing.Fixed fixed, String name, String digest) {
        // The journal numbers and dates it.
        return journal.get()
                .recordRejectLoad(RejectLoad.of(
                        folder(file), file.getFileName().toString(), fixed.source(), name, digest, fixed.rows()));
    }

    /** Records the name that the drop got in the inbox. */
    public void rename(RejectLoad load, String name) {
        if (!name.equals(load.name())) {
            journal.get().renameRejectLoad(load, name);
        }
    }

    /** Forgets a load whose drop was not put into the inbox. */
    public void forget(RejectLoad load) {
        journal.get().forgetRejectLoad(load);
    }

    /**
     * What was loaded from a rejects file.
     *
     * @param loads the loads, the oldest first
     * @param source SHA-256 of the file now
     */
    public record Loaded(List<RejectLoad> loads, String source) {

        /** Returns the number of the last load; 0 if there was none. */
        public long last() {
            return loads.isEmpty() ? 0 : loads.get(loads.size() - 1).id();
        }

        /**
         * Returns the last load with a row. A file that was made again may have its rows elsewhere, so they are known by their cells then.
         *
         * @param content the hash of its cells
         */
        public Optional<LoadedRow> of(long number, String content) {
            for (int i = loads.size() - 1; i >= 0; i--) {
                RejectLoad load = loads.get(i);
                boolean isSame = load.source().equals(source);
                for (int place = 0; place < load.rows().size(); place++) {
                    LoadedReject row = load.rows().get(place);
                    if (isSame ? row.number() == number : row.content().equals(content)) {
                        return Optional.of(new LoadedRow(load, place + 1L));
                    }
                }
            }
            return Optional.empty();
        }

        /** Returns the loads after the one with this number. */
        public List<RejectLoad> after(long load) {
            return loads.stream().filter(one -> one.id() > load).toList();
        }
    }

    /**
     * A row that was loaded.
     *
     * @param load its last load
     * @param row its number in the drop of that load
     */
    public record LoadedRow(RejectLoad load, long row) {}

    /**
     * What became of a load.
     *
     * @param drop its drop; empty if no load of it has begun
     * @param waits whether its drop is in the inbox
     * @param lines the results of its rows, by their number in the drop; empty if there are none yet
     */
    public record Fate(Optional<DropLine> drop, boolean waits, Map<Long, ResultsReader.Line> lines) {}

    /** Returns what became of these loads. */
    public Map<RejectLoad, Fate> fates(Iterable<RejectLoad> loads) {
        Map<RejectLoad, Fate> fates = new LinkedHashMap<>();
        for (RejectLoad load : loads) {
            if (!fates.containsKey(load)) {
                fates.put(load, fate(load));
            }
        }
        return fates;
    }

    private Fate fate(RejectLoad load) {
        Optional<DropLine> drop = Journal.latest(place, load.digest());
        return new Fate(drop, waits(load), drop.map(this::lines).orElse(Map.of()));
    }

    private boolean waits(RejectLoad load) {
        Path file = inbox.resolve(load.name());
        try {
            return Files.isRegularFile(file) && DropInspector.digest(file).equals(load.digest());
        } catch (IOException gone) {
            return false;
        }
    }

    private Map<Long, ResultsReader.Line> lines(DropLine drop) {
        boolean isOver = drop.state() == DropEntry.State.DONE || drop.state() == DropEntry.State.PUBLISHED;
        Map<Long, ResultsReader.Line> lines = new HashMap<>();
        if (isOver && !drop.folder().isEmpty()) {
            try (ResultsReader results = ResultsReader.open(outbox.resolve(drop.folder()))) {
                while (results.hasNext()) {
                    ResultsReader.Line line = results.next();
                    lines.put(Long.parseLong(line.row()), line);
                }
            } catch (RunHalted | IOException | NumberFormatException unreadable) {
                // Its results were moved away; the journal's counts are shown then.
                lines.clear();
            }
        }
        return lines;
    }
}
