package org.catalogdrop.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Format;

/** Makes drops of files: what a file is, and the digest by which it is known again. */
public final class Drops {

    private final Limits limits;
    private final Set<String> mapped;

    /** For drops whose columns have the names of the contract. */
    public Drops(Limits limits) {
        this(limits, Set.of());
    }

    /** @param mapped further column names that tell a CSV header, since a mapping gives them a meaning */
    public Drops(Limits limits, Collection<String> mapped) {
        this(limits, Set.copyOf(mapped));
    }

    private Drops(Limits limits, Set<String> mapped) {
        this.limits = limits;
        this.mapped = mapped;
    }

    /** For drops whose columns may have any names, since their mapping is still to be made. */
    public static Drops ofAnyColumns(Limits limits) {
        return new Drops(limits, new EveryName());
    }

    /**
     * Reads a file once for its digest and looks at its start for its form. That its rows can be read, only {@link Survey} tells.
     *
     * @param name the name the results call it by; its ending tells the type
     * @throws DropRefused if it can be no drop: UNKNOWN_TYPE, EMPTY_DROP, BINARY, BAD_GZIP, TOO_LARGE, NO_HEADER, DOUBLE_HEADER,
     *     QUOTE, ENDLESS_LINE, MALFORMED_JSON; CHANGED if it is written to or taken away meanwhile
     * @throws org.catalogdrop.model.RunHalted if it cannot be read for a reason outside of it
     */
    public Drop identify(Path file, String name) {
        Type type = Type.of(name);
        try {
            BasicFileAttributes before = attributes(file);
            RawBytes read = toEnd(file);
            Format format = format(file, type);
            BasicFileAttributes after = attributes(file);
            if (before.size() != after.size() || !before.lastModifiedTime().equals(after.lastModifiedTime())) {
                throw new DropRefused(
                        Code.CHANGED,
                        "The file is still being written. Drop it again when it is complete, best by a rename.");
            }
            Instant modified = before.lastModifiedTime().toInstant();
            return new Drop(file, name, read.digest(), read.checksum(), before.size(), modified, format);
        } catch (NoSuchFileException e) {
            throw Source.gone();
        } catch (IOException e) {
            throw Source.unreadable(e);
        }
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class);
    }

    private static RawBytes toEnd(Path file) throws IOException {
        try (RawBytes raw = Source.raw(file, true)) {
            raw.toEnd();
            return raw;
        }
    }

    private Format format(Path file, Type type) {
        return switch (type.kind()) {
            case CSV ->
                new Dialect(file, type.gzip(), limits, mapped)
                        .find(List.of(Format.CSV_COMMA, Format.CSV_SEMICOLON, Format.CSV_TAB));
            case TSV -> new Dialect(file, type.gzip(), limits, mapped).find(List.of(Format.CSV_TAB));
            case JSON -> new JsonForm(file, type.gzip(), limits, false).find();
            case JSON_LINES -> new JsonForm(file, type.gzip(), limits, true).find();
        };
    }

    /** The refusal of a drop in which nothing is written. */
    static DropRefused empty() {
        return new DropRefused(
                Code.EMPTY_DROP,
                "The file is empty. Expected a header line or JSON, and rows. Drop it again when it has some.");
    }

    private enum Kind {
        CSV,
        TSV,
        JSON,
        JSON_LINES
    }

    private record Type(Kind kind, boolean gzip) {

        static Type of(String name) {
            String lower = name.toLowerCase(Locale.ROOT);
            boolean gzip = lower.endsWith(".gz");
            String plain = gzip ? lower.substring(0, lower.length() - 3) : lower;
            int dot = plain.lastIndexOf('.');
            String ending = dot < 0 ? "" : plain.substring(dot + 1);
            return switch (ending) {
                case "csv" -> new Type(Kind.CSV, gzip);
                case "tsv" -> new Type(Kind.TSV, gzip);
                case "json" -> new Type(Kind.JSON, gzip);
                case "ndjson", "jsonl" -> new Type(Kind.JSON_LINES, gzip);
                default ->
                    throw new DropRefused(
                            Code.UNKNOWN_TYPE,
                            "The name '" + name
                                    + "' tells no known type. Expected an ending of .csv .tsv .json .ndjson .jsonl, each also"
                                    + " with .gz. Rename the file and drop it again.");
            };
        }
    }
}
