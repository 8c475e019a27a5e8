package org.catalogdrop.preview;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.catalogdrop.config.Settings;
import org.catalogdrop.input.DropReader;
import org.catalogdrop.mapping.StandardMapping;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropHeld;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.PhysicalFormat;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Row;
import org.catalogdrop.resolve.MappingFolder;
import org.catalogdrop.resolve.MappingResolver;
import org.catalogdrop.resolve.ResolvedMapping;

/**
 * What can be seen of a file before it is loaded. Immutable.
 *
 * @param name the name that the drop has or would have
 * @param size its bytes
 * @param digest8 the first 8 hex digits of its digest; empty if it cannot be a drop yet
 * @param format how it is written: format, charset, delimiter, sheet, line of the header; a name and a value each
 * @param columns its columns
 * @param first its first rows, a text for each column
 * @param mapping the mapping file that is for it
 * @param unread columns that nothing reads
 * @param problem why it cannot be loaded as it is
 */
public record FileLook(
        String name,
        long size,
        String digest8,
        List<Named> format,
        List<String> columns,
        List<List<String>> first,
        Optional<String> mapping,
        List<String> unread,
        Optional<Problem> problem) {

    /** How many rows are shown. */
    public static final int ROWS = 10;

    /**
     * A fact.
     *
     * @param name what it is of
     * @param value what it is
     */
    public record Named(String name, String value) {}

    /** Returns whether a mapping file for it should be made: its columns are not the standard ones, and no mapping file is for it. */
    public boolean needsMapping() {
        return mapping.isEmpty()
                && problem.map(why -> why.code() == Code.NO_HEADER || why.code() == Code.NO_MAPPING)
                        .orElse(false);
    }

    /** Returns whether it can be loaded, as far as its beginning shows that. */
    public boolean isLoadable() {
        return problem.isEmpty();
    }

    /**
     * Looks at a file as a load would.
     *
     * @param file where it is
     * @param name the name that the drop will have
     */
    public static FileLook of(
            Path file, String name, MappingResolver mappings, Settings.Drops drops, MappingFolder folder)
            throws IOException {
        long size = Files.size(file);
        try {
            MappingResolver.Dropped dropped = mappings.identify(file, name);
            return of(dropped, mappings.of(dropped), drops, size);
        } catch (DropRefused refused) {
            return refused(file, name, size, drops, folder, refused.problem());
        } catch (DropHeld held) {
            return refused(file, name, size, drops, folder, held.problem());
        }
    }

    private static FileLook of(
            MappingResolver.Dropped dropped, ResolvedMapping meaning, Settings.Drops drops, long size)
            throws IOException {
        Drop drop = dropped.drop();
        List<Row> rows = new ArrayList<>();
        List<String> header = List.of();
        Optional<Problem> problem = Optional.empty();
        try (DropReader reading = DropReader.open(drop, drops.limits())) {
            Iterator<Row> all = reading.rows();
            header = reading.columns();
            while (rows.size() < ROWS && all.hasNext()) {
                rows.add(all.next());
            }
        } catch (DropRefused unreadable) {
            problem = Optional.of(unreadable.problem());
        }
        List<String> columns = columns(header, rows);
        List<String> unread = dropped.mapping()
                .map(mapping -> mapping.file().unread(columns))
                .orElseGet(() -> List.copyOf(StandardMapping.unknown(columns)));
        if (problem.isEmpty() && dropped.mapping().isPresent() && drop.format().isCsv()) {
            List<String> missing = dropped.mapping().get().file().missing(columns);
            if (!missing.isEmpty()) {
                problem = Optional.of(Problem.of(
                        Code.COLUMN_MISSING,
                        "the mapping " + meaning.fileName() + " reads columns that the file does not have: "
                                + String.join(", ", missing) + ". Correct the mapping or the file."));
            }
        }
        return new FileLook(
                drop.name(),
                size,
                drop.digest8(),
                format(drop),
                columns,
                rows.stream().map(row -> CellText.of(row, columns)).toList(),
                Optional.of(meaning.fileName()).filter(one -> !one.isEmpty()),
                unread,
                problem);
    }

    private static FileLook refused(
            Path file, String name, long size, Settings.Drops drops, MappingFolder folder, Problem problem)
            throws IOException {
        List<String> fit = folder.namesFor(name);
        Optional<String> mapping = fit.size() == 1 ? Optional.of(fit.get(0)) : Optional.empty();
        try {
            DropSample sample = DropSample.read(file, name, drops);
            List<String> columns = columns(sample.header(), sample.rows());
            return new FileLook(
                    name,
                    size,
                    "",
                    List.of(),
                    columns,
                    sample.rows().stream()
                            .limit(ROWS)
                            .map(row -> CellText.of(row, columns))
                            .toList(),
                    mapping,
                    List.of(),
                    Optional.of(problem));
        } catch (DropRefused | DropHeld unreadable) {
            return new FileLook(
                    name, size, "", List.of(), List.of(), List.of(), mapping, List.of(), Optional.of(problem));
        }
    }

    private static List<String> columns(List<String> header, List<Row> rows) {
        return !header.isEmpty()
                ? header
                : rows.stream()
                        .flatMap(row -> row.columns().stream())
                        .distinct()
                        .toList();
    }

    private static List<Named> format(Drop drop) {
        PhysicalFormat shape = drop.shape();
        List<Named> facts = new ArrayList<>();
        facts.add(new Named("Format", drop.format().word()));
        facts.add(new Named(
                "Charset", shape.charset() + ", by " + shape.charsetBy().name().toLowerCase(Locale.ROOT)));
        if (drop.format().isCsv()) {
            if (shape.table().sheet().isEmpty() && !drop.format().word().equals("xlsx")) {
                facts.add(new Named("Delimiter", delimiter(shape.delimiter())));
            }
            if (!shape.table().sheet().isEmpty()) {
                facts.add(new Named("Sheet", shape.table().sheet()));
            }
            if (shape.table().header() > 0) {
                facts.add(new Named(
                        "Header in line", Integer.toString(shape.table().header())));
            }
        }
        return facts;
    }

    private static String delimiter(char delimiter) {
        return switch (delimiter) {
            case ',' -> "comma";
            case ';' -> "semicolon";
            case '\t' -> "tab";
            case '|' -> "bar";
            default -> String.valueOf(delimiter);
        };
    }
}
