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
import org.catalogdrop.input.csv.DialectDetector;
import org.catalogdrop.input.csv.TableHint;
import org.catalogdrop.input.json.JsonForm;
import org.catalogdrop.input.row.AnyColumns;
import org.catalogdrop.input.row.FormatHints;
import org.catalogdrop.input.stream.FileKind;
import org.catalogdrop.input.stream.KnownBytes;
import org.catalogdrop.input.stream.RawBytes;
import org.catalogdrop.input.stream.ReadFaults;
import org.catalogdrop.input.stream.ReadLimits;
import org.catalogdrop.input.text.CharsetDetection;
import org.catalogdrop.input.text.DecodingStack;
import org.catalogdrop.input.text.DropSource;
import org.catalogdrop.input.text.FileType;
import org.catalogdrop.input.text.MisnamedText;
import org.catalogdrop.input.xlsx.Workbook;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DetectedBy;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropFormat;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.PhysicalFormat;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Table;

/** Inspects files and makes drops of them: digest, format and charset. Immutable. */
public final class DropInspector {

    private final ReadLimits limits;
    private final Set<String> mapped;
    private final FormatHints expected;

    /** Makes an inspector for drops with standard columns. */
    public DropInspector(ReadLimits limits) {
        this(limits, Set.of());
    }

    /** @param mapped further column names that identify a CSV header, because a mapping gives them a meaning */
    public DropInspector(ReadLimits limits, Collection<String> mapped) {
        this(limits, mapped, FormatHints.NOTHING);
    }

    /** @param expected what settings and mapping file say about the format */
    public DropInspector(ReadLimits limits, Collection<String> mapped, FormatHints expected) {
        this(limits, Set.copyOf(mapped), expected);
    }

    private DropInspector(ReadLimits limits, Set<String> mapped, FormatHints expected) {
        this.limits = limits;
        this.mapped = mapped;
        this.expected = expected;
    }

    /** Returns an inspector for drops whose columns may have any names, because their mapping does not exist yet. */
    public static DropInspector ofAnyColumns(ReadLimits limits, FormatHints expected) {
        Table searched = expected.table().withHeader(Table.SEARCHED);
        return new DropInspector(limits, new AnyColumns(), expected.with(searched));
    }

    /**
     * Reads a file once for its digest and detects its format from its start. Only a pass over its rows shows whether they can be read.
     *
     * @param name the name in results; its ending says the type
     * @throws DropRefused if it cannot be a drop: UNKNOWN_TYPE, EMPTY_DROP, BINARY, CHARSET, BAD_GZIP, BAD_ZIP, BAD_WORKBOOK, TOO_LARGE,
     *     NO_HEADER, DOUBLE_HEADER, QUOTE, ENDLESS_LINE, MALFORMED_JSON; CHANGED if it is written to or removed meanwhile
     * @throws org.catalogdrop.model.RunHalted if it cannot be read for a reason outside of it
     */
    public Drop identify(Path file, String name) {
        return identify(file, name, KnownBytes.Memory.NONE);
    }

    /** Identifies a file without digesting it, if its digest is remembered and its checksum is still the same. */
    public Drop identify(Path file, String name, KnownBytes.Memory memory) {
        try {
            FileType type = FileType.of(name, file, limits);
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
                        "The file was still being written. Drop it again when it is complete. Write it under another name first and rename it then.");
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
            throw ReadFaults.fileNotFound();
        } catch (IOException e) {
            throw ReadFaults.unreadable(e);
        }
    }

    /**
     * Detects the format of a file from its start, without its digest: for a look at its first rows. A drop that is loaded must be {@linkplain
     * #identify(Path, String) identified}.
     *
     * @throws DropRefused if it cannot be a drop
     * @throws org.catalogdrop.model.RunHalted if it cannot be read for a reason outside of it
     */
    public Drop glance(Path file, String name) {
        try {
            Form form = form(file, FileType.of(name, file, limits));
            BasicFileAttributes now = attributes(file);
            return new Drop(
                    file, name, "", 0, now.size(), now.lastModifiedTime().toInstant(), form.format(), form.shape());
        } catch (NoSuchFileException e) {
            throw ReadFaults.fileNotFound();
        } catch (IOException e) {
            throw ReadFaults.unreadable(e);
        }
    }

    /** Returns the visible sheets of a workbook; none if the drop is no workbook. */
    public static List<String> sheets(Drop drop, ReadLimits limits) throws IOException {
        return drop.format() == DropFormat.XLSX ? Workbook.names(drop.path(), limits) : List.of();
    }

    /**
     * Returns the digest of a file with any content.
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
        try (RawBytes raw = DropSource.raw(file, digests)) {
            raw.toEnd();
            return raw;
        }
    }

    private record Form(DropFormat format, PhysicalFormat shape) {}

    private Form form(Path file, FileType type) {
        boolean workbook = type.kind() == FileKind.WORKBOOK;
        DecodingStack packed =
                new DecodingStack(file, type.packing(), workbook, StandardCharsets.UTF_8, limits, Table.PLAIN);
        CharsetDetection encoding = workbook
                ? new CharsetDetection(StandardCharsets.UTF_8, DetectedBy.FORMAT)
                : CharsetDetection.find(packed, expected.charset());
        DecodingStack layers = packed.with(encoding.charset());
        return switch (type.kind()) {
            case CSV -> csv(layers, encoding, expected, DialectDetector.AUTO);
            case TSV -> csv(layers, encoding, expected, DialectDetector.TAB);
            case WORKBOOK -> csv(layers, encoding, ofWorkbook(layers), DialectDetector.COMMA);
            case JSON -> json(layers, encoding, false);
            case JSON_LINES -> json(layers, encoding, true);
        };
    }

    private Form csv(DecodingStack whole, CharsetDetection encoding, FormatHints said, List<Character> delimiters) {
        DecodingStack layers =
                whole.workbook() ? whole.with(Table.PLAIN.withSheet(said.table().sheet())) : whole;
        if (mapped instanceof AnyColumns && !layers.workbook()) {
            MisnamedText.refusal(layers, "CSV").ifPresent(refused -> {
                throw refused;
            });
        }
        Dialect found;
        try {
            found = new DialectDetector(layers, mapped, said).find(delimiters);
        } catch (DropRefused refused) {
            throw layers.workbook()
                    ? refused
                    : MisnamedText.refusal(layers, "CSV").orElse(refused);
        }
        return new Form(layers.workbook() ? DropFormat.XLSX : found.format(), found.shape(layers.packing(), encoding));
    }

    /** Returns the hints for a workbook. If any sheet will do, they name the one that looks most like a table. */
    private FormatHints ofWorkbook(DecodingStack layers) {
        Table table = expected.table().withEscape(Optional.empty());
        TableHint hint = new TableHint(layers, mapped);
        if (table.sheet().isEmpty()) {
            return FormatHints.NOTHING.with(mapped instanceof AnyColumns ? table.withSheet(hint.likelySheet()) : table);
        }
        return FormatHints.NOTHING.with(hint.isOfRejects() ? table.withSheet("") : table);
    }

    private Form json(DecodingStack layers, CharsetDetection encoding, boolean lines) {
        MisnamedText.refusal(layers, "JSON").ifPresent(refused -> {
            throw refused;
        });
        JsonForm.Found found =
                new JsonForm(layers, lines, mapped, expected.table().rows()).find();
        DropFormat format = found.format();
        PhysicalFormat shape = new PhysicalFormat(
                layers.packing(),
                encoding.charset(),
                encoding.by(),
                format.delimiter(),
                DetectedBy.FORMAT,
                PhysicalFormat.DOUBLE_QUOTE,
                false,
                Table.PLAIN.withRows(found.rows()));
        return new Form(format, shape);
    }

    /**
     * Returns where in a CSV file all of these columns are, as a sentence after a space; empty if they are nowhere.
     *
     * @param columns the columns that its mapping reads
     */
    public static String hint(Drop drop, ReadLimits limits, Set<String> columns) {
        PhysicalFormat shape = drop.shape();
        DecodingStack layers = new DecodingStack(
                drop.path(), shape.packing(), drop.format() == DropFormat.XLSX, shape.charset(), limits, Table.PLAIN);
        Dialect way =
                new Dialect(shape.delimiter(), shape.delimiterBy(), shape.quote(), shape.sepLine(), shape.table());
        try {
            return new TableHint(layers, columns).sentence(List.of(way));
        } catch (DropRefused | RunHalted unreadable) {
            return "";
        }
    }
}
