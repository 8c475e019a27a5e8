package org.catalogdrop.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Writes the progress of a load to {@code progress.json} in the state folder, each second, for {@code status} in another process. What a
 * killed process left there is ignored: the file is valid only for the process that has the folder.
 */
public final class ProgressFile {

    private static final String NAME = "progress.json";
    private static final long EACH_SECONDS = 1;
    private static final double LEAST_RATE = 0.1;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The progress of a load.
     *
     * @param process the number of the process that loads
     * @param digest the digest of the drop
     * @param done rows that have an outcome
     * @param rows all rows; negative while the file is being checked
     * @param rate rows a second
     * @param since when the load began
     * @param at when this was written
     */
    public record Note(
            long process, String drop, String digest, long done, long rows, double rate, Instant since, Instant at) {

        /** Returns the seconds left at this rate; empty if there is no rate yet. */
        public OptionalLong secondsLeft() {
            return rows < 0 || rate < LEAST_RATE
                    ? OptionalLong.empty()
                    : OptionalLong.of(Math.round((rows - done) / rate));
        }
    }

    private final Path file;
    private final Supplier<Optional<LoadPhase>> load;
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean written;
    private long firstDone = -1;
    private long begunNanos;

    private ProgressFile(Path state, Supplier<Optional<LoadPhase>> load) {
        this.file = state.resolve(NAME);
        this.load = load;
    }

    /** Begins to write the progress of a load. A load that ends within a second is not written. */
    static ProgressFile follow(Path state, Supplier<Optional<LoadPhase>> load) {
        ProgressFile progress = new ProgressFile(state, load);
        // Weak, so that the thread does not keep a loader in memory that was abandoned without an end.
        WeakReference<ProgressFile> followed = new WeakReference<>(progress);
        CountDownLatch ended = progress.ended;
        Thread thread = new Thread(() -> writeEachSecond(followed, ended), "catalog-drop-progress");
        thread.setDaemon(true);
        thread.start();
        return progress;
    }

    /** Returns what a process has written about its load, if anything. */
    public static Optional<Note> read(Path state, long process) {
        try {
            JsonNode json = JSON.readTree(state.resolve(NAME).toFile());
            Note note = new Note(
                    json.required("process").asLong(),
                    json.required("drop").asText(),
                    json.required("digest").asText(),
                    json.required("done").asLong(),
                    json.required("rows").asLong(),
                    json.required("rate").asDouble(),
                    Instant.parse(json.required("since").asText()),
                    Instant.parse(json.required("at").asText()));
            return Optional.of(note).filter(one -> one.process() == process);
        } catch (IOException | RuntimeException none) {
            return Optional.empty();
        }
    }

    private static void writeEachSecond(WeakReference<ProgressFile> followed, CountDownLatch ended) {
        try {
            while (!ended.await(EACH_SECONDS, TimeUnit.SECONDS) && write(followed)) {
                // Tried again in a second.
            }
        } catch (InterruptedException nobody) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether there is still a load to follow. */
    private static boolean write(WeakReference<ProgressFile> followed) {
        ProgressFile progress = followed.get();
        if (progress == null) {
            return false;
        }
        progress.write();
        return true;
    }

    private synchronized void write() {
        if (ended.getCount() > 0) {
            load.get().ifPresent(this::write);
        }
    }

    private void write(LoadPhase phase) {
        long done = phase instanceof RunningLoad running ? running.settled() : 0;
        if (firstDone < 0 && phase instanceof RunningLoad) {
            // Rows settled by an earlier run pass at once and would falsify the rate.
            firstDone = done;
            begunNanos = System.nanoTime();
        }
        Map<String, Object> note = new LinkedHashMap<>();
        note.put("process", ProcessHandle.current().pid());
        note.put("drop", phase.drop().name());
        note.put("digest", phase.drop().digest());
        note.put("done", done);
        note.put("rows", phase.rows());
        note.put("rate", rate(done));
        note.put("since", phase.opened().started().toString());
        note.put("at", Instant.now().toString());
        Path part = file.resolveSibling(NAME + ".part");
        try {
            JSON.writeValue(part.toFile(), note);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            written = true;
        } catch (IOException full) {
            // Only the progress is lost; the load continues.
        }
    }

    private double rate(long done) {
        double seconds = (System.nanoTime() - begunNanos) / 1e9;
        return firstDone < 0 || seconds < EACH_SECONDS / 2.0 ? 0 : (done - firstDone) / seconds;
    }

    /** Ends the progress file, whether the load succeeded or not. */
    synchronized void end() {
        ended.countDown();
        if (written) {
            written = false;
            try {
                Files.deleteIfExists(file);
            } catch (IOException stays) {
                // The next load overwrites it.
            }
        }
    }
}
