package org.catalogdrop.input;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.catalogdrop.input.csv.Dialect;
import org.catalogdrop.input.csv.FoundDialect;
import org.catalogdrop.input.csv.TableHint;
import org.catalogdrop.input.json.JsonForm;
import org.catalogdrop.input.row.EveryName;
import org.catalogdrop.input.row.Expected;
import org.catalogdrop.input.stream.FileKind;
import org.catalogdrop.input.stream.KnownBytes;
import org.catalogdrop.input.stream.Limits;
import org.catalogdrop.input.stream.RawBytes;
import org.catalogdrop.input.stream.ReadFaults;
import org.catalogdrop.input.text.Encoding;
import org.catalogdrop.input.text.Layers;
import org.catalogdrop.input.text.Source;
import org.catalogdrop.input.text.Type;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Format;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Shape;
import org.catalogdrop.model.Table;
import org.catalogdrop.model.Witness;

/** Makes drops of files: what a file is, and the digest by which it is known again. */
public final class Drops {

    private final Limits limits;
    private final Set<String> mapped;
    private final Expected expected;

    /** For drops whose columns have the names of the contract. */
    public Drops(Limits limits) {
        this(limits, Set.of());
    }

    /** @param mapped further column names that tell a CSV header, since a mapping gives them a meaning */
    public Drops(Limits limits, Collection<String> mapped) {
        this(limits, mapped, Expected.NOTHING);
    }

    /** @param expected what is said of the drops beforehand */
    public Drops(Limits limits, Collection<String> mapped, Expected expected) {
        this(limits, Set.copyOf(mapped), expected);
    }

    private Drops(Limits limits, Set<String> mapped, Expected expected) {
        this.limits = limits;
        this.mapped = mapped;
        this.expected = expected;
    }

    /** For drops whose columns may have any names, since their mapping is still to be made. */
    public static Drops ofAnyColumns(Limits limits, Expected expected) {
        Table searched = expected.table().withHeader(Table.SEARCHED);
        return new Drops(limits, new EveryName(), expected.with(searched));
    }

    /**
     * Reads a file once for its digest and looks at its start for its form. That its rows can be read, only {@link Survey} tells.
     *
     * @param name the name the results call it by; its ending tells the type
     * @throws DropRefused if it can be no drop: UNKNOWN_TYPE, EMPTY_DROP, BINARY, CHARSET, BAD_GZIP, BAD_ZIP, BAD_WORKBOOK, TOO_LARGE,
     *     NO_HEADER, DOUBLE_HEADER, QUOTE, ENDLESS_LINE, MALFORMED_JSON; CHANGED if it is written to or taken away meanwhile
     * @throws org.catalogdrop.model.RunHalted if it cannot be read for a reason outside of it
     */
    public Drop identify(Path file, String name) {
        return identify(file, name, KnownBytes.Memory.NONE);
    }

    /** The same, without a digest if it is a file whose digest is remembered and whose checksum is still the same. */
    public Drop identify(Path file, String name, KnownBytes.Memory memory) {
        try {
            Type type = Type.of(name, file, limits);
            BasicFileAttributes before = attributes(file);
            Optional<KnownBytes> known = memory.of(before);
            RawBytes read = toEnd(file, known.isEmpty());
            if (known.filter(one -> one.checksum() != read.checksum()).isPresent()) {
                return identify(file, name, KnownBytes.Memory.NONE);
            }
            Form form = form(file, type);
            BasicFileAttributes after = attributes(file);
            if (before.size() != after.size() || !before.lastModifiedTime().equals(after.lastModifiedTime())) {
                throw new DropRefused(
                        Code.CHANGED,
                        "The file is still being written. Drop it again when it is complete, best by a rename.");
            }
            Instant modified = before.lastModifiedTime().toInstant();
            return new Drop(
                    file,
                    name,
                    known.map(KnownBytes::digest).orElseGet(read::digest),
                    read.checksum(),
                    before.size(),
                    modified,
                    form.format(),
                    form.shape());
        } catch (NoSuchFileException e) {
            throw ReadFaults.gone();
        } catch (IOException e) {
            throw ReadFaults.unreadable(e);
        }
    }

    /**
     * The digest by which a file is known again, whatever it holds.
     *
     * @throws IOException if it cannot be read
     */
    public static String digest(Path file) throws IOException {
        try (RawBytes raw = new RawBytes(file, true)) {
            raw.toEnd();
            return raw.digest();
        }
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class);
    }

    private static RawBytes toEnd(Path file, boolean digests) throws IOException {
        try (RawBytes raw = Source.raw(file, digests)) {
            raw.toEnd();
            return raw;
        }
    }

    private record Form(Format format, Shape shape) {}

    private Form form(Path file, Type type) {
        boolean workbook = type.kind() == FileKind.WORKBOOK;
        Layers packed = new Layers(file, type.packing(), workbook, StandardCharsets.UTF_8, limits, Table.PLAIN);
        Encoding encoding = workbook
                ? new Encoding(StandardCharsets.UTF_8, Witness.FORMAT)
                : Encoding.find(packed, expected.charset());
        Layers layers = packed.with(encoding.charset());
        return switch (type.kind()) {
            case CSV -> csv(layers, encoding, expected, Dialect.AUTO);
            case TSV -> csv(layers, encoding, expected, Dialect.TAB);
            case WORKBOOK -> csv(layers, encoding, ofWorkbook(layers), Dialect.COMMA);
            case JSON -> json(layers, encoding, false);
            case JSON_LINES -> json(layers, encoding, true);
        };
    }

    private Form csv(Layers whole, Encoding encoding, Expected said, List<Character> delimiters) {
        Layers layers =
                whole.workbook() ? whole.with(Table.PLAIN.withSheet(said.table().sheet())) : whole;
        FoundDialect found = new Dialect(layers, mapped, said).find(delimiters);
        return new Form(layers.workbook() ? Format.XLSX : found.format(), found.shape(layers.packing(), encoding));
    }

    /** What is said of a workbook; if any sheet will do, the one that looks like a table. */
    private Expected ofWorkbook(Layers layers) {
        Table table = expected.table().withEscape(Optional.empty());
        TableHint hint = new TableHint(layers, mapped);
        if (table.sheet().isEmpty()) {
            return Expected.NOTHING.with(mapped instanceof EveryName ? table.withSheet(hint.likelySheet()) : table);
        }
        return Expected.NOTHING.with(hint.isOfRejects() ? table.withSheet("") : table);
    }

    private Form json(Layers layers, Encoding encoding, boolean lines) {
        JsonForm.Found found =
                new JsonForm(layers, lines, mapped, expected.table().rows()).find();
        Format format = found.format();
        Shape shape = new Shape(
                layers.packing(),
                encoding.charset(),
                encoding.by(),
                format.delimiter(),
                Witness.FORMAT,
                Shape.DOUBLE_QUOTE,
                false,
                Table.PLAIN.withRows(found.rows()));
        return new Form(format, shape);
    }

    /**
     * Where in the file of a drop in CSV all of these columns stand, as a sentence behind a blank; empty if they do not.
     *
     * @param columns those that its mapping reads
     */
    public static String hint(Drop drop, Limits limits, Set<String> columns) {
        Shape shape = drop.shape();
        Layers layers = new Layers(
                drop.path(), shape.packing(), drop.format() == Format.XLSX, shape.charset(), limits, Table.PLAIN);
        FoundDialect way =
                new FoundDialect(shape.delimiter(), shape.delimiterBy(), shape.quote(), shape.sepLine(), shape.table());
        try {
            return new TableHint(layers, columns).sentence(List.of(way));
        } catch (DropRefused | RunHalted unreadable) {
            return "";
        }
    }
}
