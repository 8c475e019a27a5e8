package org.catalogdrop.results;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.catalogdrop.model.Cells;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.Missing;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.Summary;
import org.catalogdrop.model.Target;
import org.catalogdrop.model.UndoCount;
import org.catalogdrop.report.ChangeSamples;
import org.catalogdrop.report.Course;
import org.catalogdrop.results.file.CsvForm;
import org.catalogdrop.results.file.Disk;
import org.catalogdrop.results.file.FileNames;
import org.catalogdrop.results.file.OutcomeFile;
import org.catalogdrop.results.file.Utf8File;
import org.catalogdrop.results.reject.RejectFile;

/**
 * The results of one drop, written into a hidden folder that gets its name when all of it is on disk.
 *
 * <p>Memory does not grow with the rows. Every disk fault is a {@link org.catalogdrop.model.RunHalted} of {@code Code.DISK}; after it,
 * nothing can be published. Safe for many threads; outcomes must come in row order.
 */
public final class Results implements Closeable {

    /** As long as the text that a folder's name may need besides NAME, such as {@code .NAME-DIGEST8.part}. */
    private static final String LONGEST_TAIL = "-12345678-99999";

    private static final String SUMMARY = "summary.json";

    private enum State {
        OPEN,
        BROKEN,
        ENDED
    }

    private final Path part;
    private boolean announces;
    private final Drop drop;
    private final String mapping;
    private final InstantSource clock;
    private final OutcomeCounts tally = new OutcomeCounts();
    private final List<OutcomeFile> files = new ArrayList<>();
    private final Set<String> unknownColumns = new LinkedHashSet<>();
    private Missing missing = Missing.NONE;
    private Optional<UndoFile> undo = Optional.empty();
    private Optional<ReportFile> report = Optional.empty();
    private String undoSetting = "";
    private Target target = Target.UNKNOWN;
    private State state = State.OPEN;

    private Results(Path part, Drop drop, String mapping, InstantSource clock) {
        this.part = part;
        this.drop = drop;
        this.mapping = mapping;
        this.clock = clock;
    }

    /**
     * Begins results in {@code OUTBOX/.DIGEST8-OWNER.part/}, so that other processes that load the same bytes into this outbox have a
     * folder of their own. Leftovers of earlier runs there are deleted. Makes the outbox if necessary.
     *
     * @param outbox the folder that gets the results
     * @param drop the drop
     * @param mapping the name of the mapping, for {@code summary.json}; may be empty
     * @param form how their CSV is written
     * @param undo returns the row of {@code undo.csv} that takes an outcome back; empty if there is nothing to take back
     * @param owner hex digits that identify the loader, also after a crash
     * @throws org.catalogdrop.model.RunHalted if the folder or a file cannot be made
     */
    public static Results begin(
            Path outbox,
            Drop drop,
            String mapping,
            CsvForm form,
            Function<Outcome, Optional<Cells>> undo,
            String owner) {
        Results results = begin(outbox, drop, mapping, form, InstantSource.system(), owner);
        results.setUndo(new UndoFile(results.part, form.of(drop), undo));
        return results;
    }

    /** Begins results without {@code undo.csv} and with another clock. */
    static Results begin(Path outbox, Drop drop, String mapping, CsvForm form, InstantSource clock, String owner) {
        Path part = partFolder(outbox, drop, owner);
        Results results = new Results(part, drop, mapping, clock);
        try {
            Files.createDirectories(outbox);
            // And leftovers of a version without owners.
            Disk.wipe(outbox.resolve("." + base(drop) + ".part"));
            Disk.wipe(part);
            Files.createDirectory(part);
            results.files.add(new MappingPairs(part));
            results.files.add(new ResultLines(part, form.of(drop)));
            results.files.add(new RejectFile(part, drop, mapping, form.of(drop)));
            return results;
        } catch (IOException e) {
            results.close();
            throw Disk.halted(part, e);
        }
    }

    private static Path partFolder(Path outbox, Drop drop, String owner) {
        return outbox.resolve("." + drop.digest8() + "-" + owner + ".part");
    }

    /**
     * Deletes the unfinished results of some owners.
     *
     * @param kept digests of drops for which {@link #claim} is called
     */
    public static void sweep(Path outbox, Set<String> owners, Set<String> kept) {
        if (!Files.isDirectory(outbox)) {
            return;
        }
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(outbox, ".????????-????????.part")) {
            for (Path part : parts) {
                String digest8 = part.getFileName().toString().substring(1, 9);
                if (owners.contains(owner(part)) && kept.stream().noneMatch(digest -> digest.startsWith(digest8))) {
                    Disk.wipe(part);
                }
            }
        } catch (IOException fault) {
            throw Disk.halted(outbox, fault);
        }
    }

    private static String owner(Path part) {
        return part.getFileName().toString().substring(10, 18);
    }

    /**
     * Takes the unpublished results of a drop from former owners, so that none of them can publish them any more, even if it wakes up
     * between two steps.
     *
     * @param owner who takes them
     * @param owners all owners so far
     * @return whether there were any; else no former owner has begun results that it has not published
     */
    public static boolean claim(Path outbox, Drop drop, String owner, Set<String> owners) {
        Path own = partFolder(outbox, drop, owner);
        if (!Files.isDirectory(outbox)) {
            return false;
        }
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(outbox, "." + drop.digest8() + "-????????.part")) {
            for (Path part : parts) {
                if (!part.equals(own) && owners.contains(owner(part))) {
                    take(part, own);
                }
            }
        } catch (IOException fault) {
            throw Disk.halted(outbox, fault);
        }
        return Disk.taken(own);
    }

    private static void take(Path part, Path own) throws IOException {
        Disk.wipe(own);
        try {
            Disk.reveal(part, own);
        } catch (NoSuchFileException published) {
            // Its owner has published it at this moment, or has deleted it.
        }
    }

    /**
     * Writes the outcome of the next row.
     *
     * @throws IllegalStateException if it is not that of the next row, or an accepted one has no id or request_id
     * @throws org.catalogdrop.model.RunHalted if it cannot be written
     */
    public synchronized void write(Outcome outcome) {
        requireOpen();
        tally.expect(outcome);
        state = State.BROKEN;
        for (OutcomeFile file : files) {
            try {
                file.write(outcome);
            } catch (IOException e) {
                throw Disk.halted(file.path(), e);
            }
        }
        tally.add(outcome);
        report.ifPresent(page -> page.add(outcome));
        state = State.OPEN;
    }

    private void setUndo(UndoFile file) {
        undo = Optional.of(file);
        files.add(file);
    }

    /** Sets the value of {@code drop.undo}, for the summary. */
    public synchronized void undoSetting(String word) {
        undoSetting = word;
    }

    /**
     * Requests {@code report.html}, before the first outcome.
     *
     * @param course the record of the load over time
     */
    public synchronized void report(Course course) {
        report = Optional.of(new ReportFile(course));
    }

    /** Sets where the rows go, for the summary. */
    public synchronized void target(Target known) {
        target = known;
    }

    /** Sets the elements missing from the drop, for the summary. */
    public synchronized void missing(Missing found) {
        missing = found;
    }

    /** Sets the columns without a meaning, for the summary. */
    public synchronized void unknownColumns(Set<String> columns) {
        unknownColumns.addAll(columns);
    }

    /** Returns the rows written so far. */
    public synchronized Counts counts() {
        return tally.counts();
    }

    /**
     * Publishes the results: writes {@code summary.json}, syncs every file and the folder to disk, then renames it to the next free name
     * in the outbox. If somebody else takes that at the same moment, it uses the one after it.
     *
     * @param announced is called with each name before it is tried
     * @param requests the requests of the load
     * @throws IllegalStateException if rows and outcomes do not match, which is a bug
     * @throws org.catalogdrop.model.RunHalted if something cannot be written; there is then no such folder
     */
    public synchronized Summary publish(Consumer<String> announced, RequestCounts requests) {
        finish();
        while (true) {
            String folderName = freeName(part.getParent(), drop);
            announced.accept(folderName);
            announces = true;
            Path target = part.resolveSibling(folderName);
            try {
                Summary summary = settle(folderName, requests);
                if (isRevealed(target)) {
                    state = State.ENDED;
                    return summary;
                }
            } catch (IOException e) {
                throw Disk.halted(target, e);
            }
        }
    }

    /** Ends all files except the summary. */
    private void finish() {
        requireOpen();
        Summary summary = summary("", new RequestCounts(0, 0, 0, clock.instant()));
        if (SummaryText.sum(summary) != summary.rows()) {
            throw new IllegalStateException(drop.name() + ": " + Plural.of(summary.rows(), "row") + " but "
                    + SummaryText.sum(summary) + " outcomes: " + summary.byStatus());
        }
        state = State.BROKEN;
        for (OutcomeFile file : files) {
            try {
                file.finish();
            } catch (IOException e) {
                throw Disk.halted(file.path(), e);
            }
        }
    }

    private Summary settle(String folderName, RequestCounts requests) {
        Summary summary = summary(folderName, requests);
        Path at = part.resolve(SUMMARY);
        try {
            if (report.isPresent()) {
                report.get().write(part, summary, undo.map(UndoFile::changes).orElseGet(ChangeSamples::new));
            }
            Utf8File.write(at, SummaryText.of(summary));
            Disk.sync(part);
            return summary;
        } catch (IOException e) {
            throw Disk.halted(at, e);
        }
    }

    /** Returns whether the folder has got its name; false if the name is taken. */
    private boolean isRevealed(Path target) throws IOException {
        if (Disk.taken(target)) {
            return false;
        }
        try {
            Disk.reveal(part, target);
            return true;
        } catch (FileSystemException fault) {
            if (Disk.taken(part) && Disk.taken(target)) {
                return false;
            }
            throw fault;
        }
    }

    /** Returns a name for the results that is free in the outbox: {@code NAME-DIGEST8}, or {@code NAME-DIGEST8-2}, {@code -3}… */
    public static String freeName(Path outbox, Drop drop) {
        String base = base(drop);
        String name = base;
        for (int n = 2; Disk.taken(outbox.resolve(name)); n++) {
            name = base + "-" + n;
        }
        return name;
    }

    /**
     * Without {@link #publish}: deletes the hidden folder; if a name was announced, the folder stays, empty. What cannot be deleted stays
     * hidden, and the next begin deletes it.
     */
    @Override
    public synchronized void close() {
        if (state == State.ENDED) {
            return;
        }
        state = State.ENDED;
        for (OutcomeFile file : files) {
            quietly(file::close);
        }
        quietly(() -> Disk.wipe(part));
        if (announces) {
            // Until they are begun again it shows that a folder with the announced name is not ours.
            quietly(() -> Files.createDirectories(part));
        }
    }

    private Summary summary(String folderName, RequestCounts requests) {
        Counts counts = tally.counts();
        return new Summary(
                drop.name(),
                drop.digest(),
                drop.format().word(),
                Optional.of(drop.shape()),
                mapping,
                counts.rows(),
                counts.byAction(),
                counts.byStatus(),
                requests.requests(),
                requests.retries(),
                requests.started().truncatedTo(ChronoUnit.MILLIS),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                folderName,
                missing,
                Optional.empty(),
                undo.map(file -> file.count(undoSetting)).orElse(UndoCount.NONE),
                target,
                requests.reads(),
                counts.rejectsByCode(),
                List.copyOf(unknownColumns));
    }

    private void requireOpen() {
        if (state != State.OPEN) {
            throw new IllegalStateException(
                    part + ": the results are " + state.name().toLowerCase(Locale.ROOT) + "; begin them again");
        }
    }

    /** Returns {@link Drop#resultsName()}, with NAME truncated if the name is too long for a folder; the digest keeps it unique. */
    private static String base(Drop drop) {
        String name = FileNames.portable(drop.name(), File.separatorChar == '\\');
        String longest = FileNames.fit(name, LONGEST_TAIL);
        return longest.substring(0, longest.length() - LONGEST_TAIL.length()) + "-" + drop.digest8();
    }

    private static void quietly(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            // Nothing depends on it, as the Javadoc of close says.
        }
    }

    private interface Step {
        void run() throws IOException;
    }
}
