package org.catalogdrop.results;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropFormat;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.results.file.CsvForm;

/** Drops, rows and outcomes for the tests of this room. */
public final class Given {

    static final Instant STARTED = Instant.parse("2026-03-01T10:00:00Z");
    static final InstantSource CLOCK = InstantSource.fixed(STARTED.plusMillis(2500));
    public static final RequestCounts COST = new RequestCounts(2, 1, 0, STARTED);
    static final String DIGEST = "0123456789abcdef".repeat(4);
    static final Problem NO_NAME = new Problem(Code.NAME_MISSING, "name", "column 'name' is empty; an add needs one");

    static final String OWNER = "abcd";

    private Given() {}

    public static Drop drop(String name, DropFormat format) {
        return new Drop(Path.of(name), name, DIGEST, 0, 10, STARTED, format);
    }

    public static Row row(long number, List<String> columns, Object... cells) {
        return Row.of(number, number + 1, columns, List.of(cells));
    }

    public static Row row(long number) {
        return row(number, List.of("name"), "n" + number);
    }

    static Outcome done(Row row, Action action, long id) {
        return new Outcome(row, Long.toString(row.number()), action.word(), Status.done(action), id, Optional.empty());
    }

    public static Outcome created(long number) {
        return done(row(number), Action.ADD, 1000 + number);
    }

    public static Outcome rejected(Row row, Problem problem) {
        return new Outcome(row, Long.toString(row.number()), "add", Status.REJECTED, 0, Optional.of(problem));
    }

    public static Outcome rejected(Row row) {
        return rejected(row, NO_NAME);
    }

    /** Begins results without a row that takes anything back. */
    public static Results begin(Path outbox, Drop drop, String mapping) {
        return Results.begin(outbox, drop, mapping, CsvForm.OF_DROP, outcome -> Optional.empty(), OWNER);
    }

    /** Loads the outcomes and gives the text of each file of the results. */
    public static Map<String, String> results(Path outbox, Drop drop, Outcome... outcomes) {
        try (Results results = Results.begin(outbox, drop, "default", CsvForm.OF_DROP, CLOCK, OWNER)) {
            Arrays.stream(outcomes).forEach(results::write);
            Summary summary = results.publish(name -> {}, COST);
            return files(outbox.resolve(summary.folder()));
        }
    }

    static Map<String, String> files(Path folder) {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path : paths.toList()) {
                files.put(path.getFileName().toString(), Files.readString(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
