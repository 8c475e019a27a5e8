package org.catalogdrop.resolve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.catalogdrop.config.Settings;
import org.catalogdrop.input.DropInspector;
import org.catalogdrop.input.DropReader;
import org.catalogdrop.input.row.FormatHints;
import org.catalogdrop.input.stream.KnownBytes;
import org.catalogdrop.journal.DropEntry;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.MappingHistory;
import org.catalogdrop.journal.MappingHistory.MappingSnapshot;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.mapping.MappingFile;
import org.catalogdrop.mapping.MappingRefused;
import org.catalogdrop.mapping.NameSearch;
import org.catalogdrop.mapping.NamedFieldSearch;
import org.catalogdrop.mapping.NamedFields;
import org.catalogdrop.mapping.ResolvedNames;
import org.catalogdrop.mapping.rule.CsvSettings;
import org.catalogdrop.mapping.yaml.MappingParser;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropHeld;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Summary;
import org.catalogdrop.model.Table;
import org.catalogdrop.resolve.MappingFolder.RawFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the mapping of a drop. From the first row that is sent to the end of the drop it stays the same: the journal keeps the mapping
 * file, and the ids of its names or of the columns' names, so that a crash or an edited file does not split a drop. Safe for many
 * threads.
 */
public final class MappingResolver {

    private static final Logger LOG = LoggerFactory.getLogger(MappingResolver.class);

    private final Settings.Api api;
    private final Settings.Drops drops;
    private final JournalPlace place;
    private final Supplier<Journal> journal;
    private final MappingFolder folder;
    private final KnownBytes.Memory memory;

    public MappingResolver(
            Settings.Api api,
            Settings.Drops drops,
            Settings.Folders folders,
            Supplier<Journal> journal,
            KnownBytes.Memory memory) {
        this(api, drops, folders.journal(), journal, new MappingFolder(folders.mappings()), memory);
    }

    private MappingResolver(
            Settings.Api api,
            Settings.Drops drops,
            JournalPlace place,
            Supplier<Journal> journal,
            MappingFolder folder,
            KnownBytes.Memory memory) {
        this.memory = memory;
        this.api = api;
        this.drops = drops;
        this.place = place;
        this.journal = journal;
        this.folder = folder;
    }

    /** Returns a resolver for a call that names the list of its rows; this one if it names none. */
    public MappingResolver forList(OptionalLong list) {
        return list.isEmpty()
                ? this
                : new MappingResolver(api.withCatalogId(list.getAsLong()), drops, place, journal, folder, memory);
    }

    /** Returns a resolver that never writes to the journal. */
    public static MappingResolver readOnly(Settings.Api api, Settings.Drops drops, Settings.Folders folders) {
        Supplier<Journal> none = () -> {
            throw new IllegalStateException("there is no journal to write");
        };
        return new MappingResolver(api, drops, folders, none, KnownBytes.Memory.NONE);
    }

    /** Returns the mapping of a drop whose load begins. */
    public ResolvedMapping of(Dropped dropped) {
        return dropped.mapping()
                .<ResolvedMapping>map(one -> one)
                .orElse(new ResolvedMapping.Standard(api.catalogId(), dropped.fields(), Optional.empty()));
    }

    /**
     * A drop and the source of its mapping.
     *
     * @param mapping the mapping file for it, if there is one
     * @param fields the fields that its columns name, if there is none
     */
    public record Dropped(Drop drop, Optional<ResolvedMapping.OfFile> mapping, NamedFields fields) {

        public Dropped with(Drop other) {
            return new Dropped(other, mapping, fields);
        }

        /** Returns whether its rows have keys. */
        public boolean isByKey() {
            return mapping.filter(ResolvedMapping::isByKey).isPresent();
        }
    }

    /** Finds the mapping file for a drop, and the format of the file under it. */
    public Dropped identify(Path file, String name) throws IOException {
        return identify(file, name, Optional.empty());
    }

    /**
     * Finds the mapping file for a drop, and the format of the file under it.
     *
     * @param mapping the name of the mapping file; empty for the one that fits the drop's name
     */
    public Dropped identify(Path file, String name, Optional<String> mapping) throws IOException {
        Optional<RawFile> rawFile =
                mapping.isPresent() ? Optional.of(folder.named(mapping.get())) : folder.forDrop(name);
        boolean rejects = rawFile.isEmpty() && name.toLowerCase(Locale.ROOT).startsWith("rejects");
        Set<String> columns = new HashSet<>();
        Optional<MappingFile> parsed = rawFile.map(folder::parsed);
        parsed.ifPresent(one -> columns.addAll(one.columns()));
        if (rejects) {
            folder.files().forEach(one -> columns.addAll(MappingFolder.columns(one)));
        }
        FormatHints expected = FormatCodec.expected(
                drops.expected(),
                parsed.map(MappingFile::csv).orElse(CsvSettings.NONE),
                parsed.map(MappingFile::table).orElse(Table.PLAIN));
        Drop drop = identify(file, name, columns, expected);
        if (rejects) {
            rawFile = ofRejects(drop);
        }
        return new Dropped(
                drop, rawFile.map(this::unnamed), rawFile.isPresent() ? NamedFields.NONE : namedFields(drop));
    }

    /** Returns the fields that columns name. Other faults of the drop are found when it is checked. */
    private NamedFields namedFields(Drop drop) throws IOException {
        try (DropReader reading = DropReader.open(drop, drops.limits())) {
            return NamedFields.of(new UntilFault(reading.rows()), drop.format().isCsv(), api.catalogId());
        } catch (DropRefused unreadable) {
            return NamedFields.NONE;
        }
    }

    /** The rows of a drop up to the first one that cannot be read. */
    private record UntilFault(Iterator<Row> rows) implements Iterator<Row> {

        @Override
        public boolean hasNext() {
            try {
                return rows.hasNext();
            } catch (DropRefused unreadable) {
                return false;
            }
        }

        @Override
        public Row next() {
            return rows.next();
        }
    }

    private ResolvedMapping.OfFile unnamed(RawFile rawFile) {
        MappingFile file = folder.parsed(rawFile);
        Optional<ResolvedNames> names = file.needsAccount() ? Optional.empty() : Optional.of(ResolvedNames.NONE);
        return new ResolvedMapping.OfFile(file, rawFile.content(), names, api.catalogId());
    }

    private Drop identify(Path file, String name, Set<String> columns, FormatHints expected) {
        try {
            return new DropInspector(drops.limits(), columns, expected).identify(file, name, memory);
        } catch (DropRefused refused) {
            String known = folder.describeDrops();
            if (refused.problem().code() != Code.NO_HEADER || known.isEmpty() || !columns.isEmpty()) {
                throw refused;
            }
            throw new DropRefused(
                    Code.NO_HEADER,
                    refused.problem().message() + " No mapping file fits the name '" + name + "': " + known + ".");
        }
    }

    /** Returns the mapping file that rejected rows name. */
    private Optional<RawFile> ofRejects(Drop drop) throws IOException {
        try (DropReader reading = DropReader.open(drop, drops.limits())) {
            Iterator<Row> rows = reading.rows();
            Row first = rows.hasNext() ? rows.next() : Row.of(1, 1, List.of(), List.of());
            int at = first.columns().indexOf("_mapping");
            String name = at < 0 || at >= first.cells().size()
                    ? ""
                    : first.cells().get(at).toString();
            Optional<RawFile> rawFile = folder.files().stream()
                    .filter(file -> file.name().equals(name))
                    .findFirst();
            if (!name.isEmpty() && rawFile.isEmpty()) {
                throw new DropRefused(
                        Code.NO_MAPPING,
                        "its rows were rejected by the mapping " + name + ", which is not in " + folder.folder()
                                + ". Put it back, and drop this file again.");
            }
            return rawFile;
        }
    }

    /** Returns the text that the journal keeps of the settings that give rows their meaning. */
    public String settings(Drop drop, ResolvedMapping meaning) {
        return new RecordedSettings(
                        Optional.of(RecordedSettings.host(api)),
                        Optional.of(FormatCodec.encode(drop.shape())),
                        meaning.list(),
                        meaning.recorded())
                .line();
    }

    /** Returns the mapping of a drop by its entry in the journal. */
    public ResolvedMapping of(DropEntry entry, Dropped dropped) {
        RecordedSettings recorded = RecordedSettings.of(entry.settings());
        requireReadAs(recorded, dropped.drop());
        OptionalLong catalog = recorded.catalog();
        String before = recorded.mapping();
        String now = of(dropped).recorded();
        if (before.equals(now)) {
            dropped.mapping().filter(one -> !one.isUnnamed()).ifPresent(one -> keep(one, ""));
            return dropped.mapping()
                    .<ResolvedMapping>map(
                            one -> new ResolvedMapping.OfFile(one.file(), one.content(), one.names(), catalog))
                    .orElse(new ResolvedMapping.Standard(catalog, dropped.fields(), Optional.empty()));
        }
        ResolvedMapping kept = before.isEmpty()
                ? ResolvedMapping.Standard.ofIds(catalog)
                : kept(before, digest -> journal.get().mappings().of(digest), catalog);
        if (!sameFile(kept, dropped.mapping())) {
            LOG.warn(
                    "{}: resumed with {}, as it began; new drops are read with {}",
                    NormalizedName.show(dropped.drop().name()),
                    kept.displayName(),
                    dropped.mapping()
                            .map(one -> one.file().name() + " as it is now")
                            .orElse("no mapping file"));
        }
        return kept;
    }

    /** Returns the mapping with which the load of a drop resumes, from the journal; also while another process loads with it. */
    public ResolvedMapping begun(Dropped dropped, RecordedSettings recorded) {
        requireReadAs(recorded, dropped.drop());
        ResolvedMapping now = of(dropped);
        String before = recorded.mapping();
        if (before.equals(now.recorded())) {
            return now;
        }
        return before.isEmpty()
                ? ResolvedMapping.Standard.ofIds(recorded.catalog())
                : kept(before, digest -> MappingHistory.of(place, digest), recorded.catalog());
    }

    /** Returns the mapping with which the load of a drop began, if rows of it were sent. */
    public static ResolvedMapping begun(Journal journal, RecordedSettings recorded) {
        return recorded.mapping().isEmpty()
                ? ResolvedMapping.Standard.ofIds(recorded.catalog())
                : kept(recorded.mapping(), digest -> journal.mappings().of(digest), recorded.catalog());
    }

    /** Refuses to resume if the rows would be read in another way than those that were sent. */
    private static void requireReadAs(RecordedSettings recorded, Drop drop) {
        String now = FormatCodec.encode(drop.shape());
        String before = recorded.readAs().orElse(now);
        if (!before.equals(now)) {
            throw new DropHeld(
                    Code.NOT_AS_BEGUN,
                    NormalizedName.show(drop.name()) + " was begun as " + before
                            + " (charset, delimiter, quote, place of the table), but is now read as " + now
                            + ". Restore drop.charset, drop.delimiter and drop.quote, or the mapping's 'csv' and 'header', then run"
                            + " again to resume.",
                    drop.digest());
        }
    }

    private static boolean sameFile(ResolvedMapping kept, Optional<ResolvedMapping.OfFile> now) {
        return kept instanceof ResolvedMapping.OfFile one
                ? now.isPresent()
                        && java.util.Arrays.equals(one.content(), now.get().content())
                : now.isEmpty();
    }

    /**
     * Returns the mapping that results name, from the journal; also while another process loads with it.
     *
     * @param otherwise the list, if the journal does not know the load any more
     */
    public static ResolvedMapping ofResults(JournalPlace place, Summary summary, OptionalLong otherwise) {
        OptionalLong catalog = line(place, summary)
                .map(drop -> RecordedSettings.of(drop.settings()).catalog())
                .orElse(otherwise);
        String recorded = summary.mapping();
        return recorded.indexOf('@') < 0 && recorded.indexOf(ResolvedMapping.Standard.SIGN) < 0
                ? ResolvedMapping.Standard.ofIds(catalog)
                : kept(recorded, digest -> MappingHistory.of(place, digest), catalog);
    }

    /** Returns the journal's entry of the load that made results. */
    public static Optional<DropLine> line(JournalPlace place, Summary summary) {
        return Journal.drops(place).stream()
                .filter(drop ->
                        drop.digest().equals(summary.digest()) && drop.folder().equals(summary.folder()))
                .findFirst();
    }

    private static ResolvedMapping kept(
            String recorded, Function<String, Optional<MappingSnapshot>> memory, OptionalLong catalog) {
        String digest = recorded.substring(
                Math.max(recorded.lastIndexOf('@'), recorded.lastIndexOf(ResolvedMapping.Standard.SIGN)) + 1);
        MappingSnapshot kept = memory.apply(digest)
                .orElseThrow(() -> new RunHalted(
                        Code.JOURNAL,
                        "the journal does not have the mapping " + recorded
                                + ". Check that this is the journal of that load."));
        if (kept.name().equals(ResolvedMapping.Standard.NAME)) {
            return ResolvedMapping.Standard.ofIds(catalog).named(new ResolvedNames(kept.names()));
        }
        try {
            MappingFile file = MappingParser.parse(kept.name(), kept.content());
            return new ResolvedMapping.OfFile(
                    file, kept.content(), Optional.of(new ResolvedNames(kept.names())), catalog);
        } catch (MappingRefused newer) {
            throw new RunHalted(
                    Code.JOURNAL,
                    "the drop began with a mapping that this version of the program does not accept: "
                            + String.join(" ", newer.faults()));
        }
    }

    /**
     * Resolves the names of a mapping file, or of the drop's columns, to ids.
     *
     * @throws DropRefused UNKNOWN_NAME if the account does not have them; DRIFT if they have another meaning than for the last drop
     */
    public Named name(Drop drop, DropEntry entry, ResolvedMapping unnamed, Account account) {
        ResolvedMapping named = named(unnamed, account);
        if (named instanceof ResolvedMapping.OfFile file) {
            refuseDrift(file, journal.get().mappings().accepted(file.file().name(), account.id()));
        }
        journal.get().mappings().accept(kept(named), account.id());
        return new Named(named, journal.get().recordSettings(entry.id(), settings(drop, named)));
    }

    /**
     * A mapping whose names have ids, and the entry of the journal that keeps it.
     *
     * @param meaning the resolved mapping
     * @param entry the drop as the journal knows it now
     */
    public record Named(ResolvedMapping meaning, DropEntry entry) {}

    /** Resolves names like {@link #name}, for a plan: the journal is only read. */
    public ResolvedMapping planned(ResolvedMapping unnamed, Account account) {
        ResolvedMapping named = named(unnamed, account);
        if (named instanceof ResolvedMapping.OfFile file) {
            refuseDrift(file, MappingHistory.accepted(place, file.file().name(), account.id()));
        }
        return named;
    }

    private static ResolvedMapping named(ResolvedMapping unnamed, Account account) {
        if (unnamed instanceof ResolvedMapping.OfFile file) {
            return file.named(names(file, account));
        }
        ResolvedMapping.Standard standard = (ResolvedMapping.Standard) unnamed;
        return standard.named(names(standard, account));
    }

    private static ResolvedNames names(ResolvedMapping.Standard standard, Account account) {
        try {
            return NamedFieldSearch.find(standard.fields(), account);
        } catch (MappingRefused faulty) {
            throw new DropRefused(
                    Code.UNKNOWN_NAME,
                    "some fields that the columns name are missing in the account or ambiguous. "
                            + String.join(" ", faulty.faults())
                            + " Correct the columns or the account, and drop this file again.");
        }
    }

    private static void refuseDrift(ResolvedMapping.OfFile named, Optional<MappingSnapshot> before) {
        List<String> changes = before.map(one ->
                        new ResolvedNames(one.names()).changes(named.names().orElseThrow()))
                .orElse(List.of());
        if (!changes.isEmpty()) {
            throw new DropRefused(
                    Code.DRIFT,
                    "the account has changed since the last drop of "
                            + named.file().name() + ": "
                            + String.join("; ", changes)
                            + ". If this is intended, accept the change for "
                            + named.file().name()
                            + "; if not, correct the account. Then drop this file again.");
        }
    }

    private static ResolvedNames names(ResolvedMapping.OfFile mapping, Account account) {
        try {
            return NameSearch.find(mapping.file(), account, mapping.catalog());
        } catch (MappingRefused faulty) {
            throw new DropRefused(
                    Code.UNKNOWN_NAME,
                    "the account does not have everything that the mapping names. " + String.join(" ", faulty.faults())
                            + " Correct the mapping or the account, and drop this file again.");
        }
    }

    private void keep(ResolvedMapping.OfFile mapping, String account) {
        journal.get().mappings().accept(kept(mapping), account);
    }

    private static MappingSnapshot kept(ResolvedMapping meaning) {
        if (meaning instanceof ResolvedMapping.OfFile mapping) {
            return kept(mapping);
        }
        ResolvedMapping.Standard standard = (ResolvedMapping.Standard) meaning;
        return new MappingSnapshot(
                standard.digest(),
                ResolvedMapping.Standard.NAME,
                new byte[0],
                standard.names().orElseThrow().values());
    }

    public static MappingSnapshot kept(ResolvedMapping.OfFile mapping) {
        return new MappingSnapshot(
                mapping.digest(),
                mapping.file().name(),
                mapping.content(),
                mapping.names().orElseThrow().values());
    }

    /** Returns the rows, if their columns are those of the mapping. */
    public Iterator<Row> fitting(Drop drop, ResolvedMapping meaning, Iterator<Row> rows) {
        return new HeaderCheck(folder, drop, drops.limits(), drops.unknownColumnsRefused()).check(meaning, rows);
    }

    /** Returns the rows for a pass over the whole drop before anything is sent, if their columns are those of the mapping. */
    public Iterator<Row> wholeFitting(Drop drop, ResolvedMapping meaning, Iterator<Row> rows) {
        return new HeaderCheck(folder, drop, drops.limits(), drops.unknownColumnsRefused()).checkWhole(meaning, rows);
    }
}
