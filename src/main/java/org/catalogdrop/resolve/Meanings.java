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
import org.catalogdrop.input.Drops;
import org.catalogdrop.input.Reading;
import org.catalogdrop.input.row.Expected;
import org.catalogdrop.input.stream.KnownBytes;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.journal.Entry;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.KeptMapping;
import org.catalogdrop.journal.KeptMappings;
import org.catalogdrop.mapping.CsvWords;
import org.catalogdrop.mapping.MappingFile;
import org.catalogdrop.mapping.MappingRefused;
import org.catalogdrop.mapping.NameSearch;
import org.catalogdrop.mapping.NamedFieldSearch;
import org.catalogdrop.mapping.NamedFields;
import org.catalogdrop.mapping.Names;
import org.catalogdrop.mapping.yaml.MappingParser;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropHeld;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Summary;
import org.catalogdrop.model.Table;
import org.catalogdrop.resolve.MappingFolder.Lying;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What gives drops their meaning. It is that of the first row sent until the drop's end: the journal keeps the mapping file, and what its
 * names or those in the columns stood for, so that a crash and an edited file do not split a drop.
 */
public final class Meanings {

    private static final Logger LOG = LoggerFactory.getLogger(Meanings.class);

    private final Settings settings;
    private final Supplier<Journal> journal;
    private final MappingFolder folder;
    private final KnownBytes.Memory memory;

    public Meanings(Settings settings, Supplier<Journal> journal, KnownBytes.Memory memory) {
        this.memory = memory;
        this.settings = settings;
        this.journal = journal;
        this.folder = new MappingFolder(settings.folders().mappings());
    }

    /** For who writes no journal. */
    public static Meanings readOnly(Settings settings) {
        Supplier<Journal> none = () -> {
            throw new IllegalStateException("there is no journal to write");
        };
        return new Meanings(settings, none, KnownBytes.Memory.NONE);
    }

    /** The meaning of a drop that begins. */
    public Meaning of(Dropped dropped) {
        return dropped.mapping()
                .<Meaning>map(one -> one)
                .orElse(new Meaning.Standard(settings.api().catalogId(), dropped.fields(), Optional.empty()));
    }

    /**
     * A drop, and what gives it its meaning.
     *
     * @param mapping the mapping file for it, if there is one
     * @param fields those its columns tell by name, if there is none
     */
    public record Dropped(Drop drop, Optional<Meaning.OfFile> mapping, NamedFields fields) {

        public Dropped with(Drop other) {
            return new Dropped(other, mapping, fields);
        }

        /** Whether its rows are known again by a key. */
        public boolean isByKey() {
            return mapping.filter(Meaning::isByKey).isPresent();
        }
    }

    /** Finds the mapping file for a drop, and what the file is under it. */
    public Dropped identify(Path file, String name) throws IOException {
        Optional<Lying> lying = folder.forDrop(name);
        boolean rejects = lying.isEmpty() && name.toLowerCase(Locale.ROOT).startsWith("rejects");
        Set<String> columns = new HashSet<>();
        Optional<MappingFile> parsed = lying.map(folder::parsed);
        parsed.ifPresent(one -> columns.addAll(one.columns()));
        if (rejects) {
            folder.files().forEach(one -> columns.addAll(MappingFolder.columns(one)));
        }
        Expected expected = Written.expected(
                settings,
                parsed.map(MappingFile::csv).orElse(CsvWords.NONE),
                parsed.map(MappingFile::table).orElse(Table.PLAIN));
        Drop drop = identify(file, name, columns, expected);
        if (rejects) {
            lying = ofRejects(drop);
        }
        return new Dropped(drop, lying.map(this::unnamed), lying.isPresent() ? NamedFields.NONE : namedFields(drop));
    }

    /** What else is wrong with the drop is found when it is checked. */
    private NamedFields namedFields(Drop drop) throws IOException {
        try (Reading reading = Reading.open(drop, settings.drops().limits())) {
            return NamedFields.of(
                    new UntilFault(reading.rows()),
                    drop.format().isCsv(),
                    settings.api().catalogId());
        } catch (DropRefused unreadable) {
            return NamedFields.NONE;
        }
    }

    /** The rows of a drop as far as they can be read. */
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

    private Meaning.OfFile unnamed(Lying lying) {
        MappingFile file = folder.parsed(lying);
        Optional<Names> names = file.needsAccount() ? Optional.empty() : Optional.of(Names.NONE);
        return new Meaning.OfFile(file, lying.content(), names, settings.api().catalogId());
    }

    private Drop identify(Path file, String name, Set<String> columns, Expected expected) {
        try {
            return new Drops(settings.drops().limits(), columns, expected).identify(file, name, memory);
        } catch (DropRefused refused) {
            String known = folder.told();
            if (refused.problem().code() != Code.NO_HEADER || known.isEmpty() || !columns.isEmpty()) {
                throw refused;
            }
            throw new DropRefused(
                    Code.NO_HEADER,
                    refused.problem().message() + " No mapping file fits the name '" + name + "': " + known + ".");
        }
    }

    /** Rejected rows say by which mapping file they were read. */
    private Optional<Lying> ofRejects(Drop drop) throws IOException {
        try (Reading reading = Reading.open(drop, settings.drops().limits())) {
            Iterator<Row> rows = reading.rows();
            Row first = rows.hasNext() ? rows.next() : Row.of(1, 1, List.of(), List.of());
            int at = first.columns().indexOf("_mapping");
            String name = at < 0 || at >= first.cells().size()
                    ? ""
                    : first.cells().get(at).toString();
            Optional<Lying> lying = folder.files().stream()
                    .filter(file -> file.name().equals(name))
                    .findFirst();
            if (!name.isEmpty() && lying.isEmpty()) {
                throw new DropRefused(
                        Code.NO_MAPPING,
                        "its rows were rejected by the mapping " + name + ", which is not in " + folder.folder()
                                + ". Put it back, and drop this file again.");
            }
            return lying;
        }
    }

    /** What the journal is to remember of the settings that give rows their meaning. */
    public String settings(Drop drop, Meaning meaning) {
        return new Recorded(
                        Optional.of(Recorded.host(settings)),
                        Optional.of(Written.told(drop.shape())),
                        meaning.list(),
                        meaning.recorded())
                .line();
    }

    /** The meaning a drop has by its entry. */
    public Meaning of(Entry entry, Dropped dropped) {
        Recorded recorded = Recorded.of(entry.settings());
        requireReadAs(recorded, dropped.drop());
        OptionalLong catalog = recorded.catalog();
        String before = recorded.mapping();
        String now = of(dropped).recorded();
        if (before.equals(now)) {
            dropped.mapping().filter(one -> !one.isUnnamed()).ifPresent(one -> keep(one, ""));
            return dropped.mapping()
                    .<Meaning>map(one -> new Meaning.OfFile(one.file(), one.content(), one.names(), catalog))
                    .orElse(new Meaning.Standard(catalog, dropped.fields(), Optional.empty()));
        }
        Meaning kept = before.isEmpty()
                ? Meaning.Standard.ofIds(catalog)
                : kept(before, digest -> journal.get().mappings().of(digest), catalog);
        if (!sameFile(kept, dropped.mapping())) {
            LOG.warn(
                    "{}: goes on by {}, as it began; {} counts for drops that begin now",
                    dropped.drop().name(),
                    kept.told(),
                    dropped.mapping()
                            .map(one -> one.file().name() + " as it is")
                            .orElse("that no mapping fits"));
        }
        return kept;
    }

    /** Returns the meaning with which the load of a drop goes on, from the state folder; also while another process loads from there. */
    public Meaning begun(Dropped dropped, Recorded recorded) {
        requireReadAs(recorded, dropped.drop());
        Meaning now = of(dropped);
        String before = recorded.mapping();
        if (before.equals(now.recorded())) {
            return now;
        }
        return before.isEmpty()
                ? Meaning.Standard.ofIds(recorded.catalog())
                : kept(before, digest -> KeptMappings.of(settings.folders().state(), digest), recorded.catalog());
    }

    /** Returns the meaning with which the load of a drop began; of one that rows were sent of. */
    public static Meaning begun(Journal journal, Recorded recorded) {
        return recorded.mapping().isEmpty()
                ? Meaning.Standard.ofIds(recorded.catalog())
                : kept(recorded.mapping(), digest -> journal.mappings().of(digest), recorded.catalog());
    }

    /** Rows that were sent are not read in another way when the load goes on. */
    private static void requireReadAs(Recorded recorded, Drop drop) {
        String now = Written.told(drop.shape());
        String before = recorded.readAs().orElse(now);
        if (!before.equals(now)) {
            throw new DropHeld(
                    Code.NOT_AS_BEGUN,
                    drop.name() + " was begun as " + before
                            + " (charset, delimiter, quote, place of the table) and is read as " + now
                            + " now. Set drop.charset, drop.delimiter and drop.quote, or the mapping's 'csv' and 'header', as they were; then run"
                            + " again to go on.",
                    drop.digest());
        }
    }

    private static boolean sameFile(Meaning kept, Optional<Meaning.OfFile> now) {
        return kept instanceof Meaning.OfFile one
                ? now.isPresent()
                        && java.util.Arrays.equals(one.content(), now.get().content())
                : now.isEmpty();
    }

    /** The meaning that results tell of, from the state folder; also while another process loads from there. */
    public static Meaning told(Settings settings, Summary summary) {
        Path state = settings.folders().state();
        OptionalLong catalog = recorded(settings, summary)
                .map(Recorded::catalog)
                .orElse(settings.api().catalogId());
        String told = summary.mapping();
        return told.indexOf('@') < 0 && told.indexOf(Meaning.Standard.SIGN) < 0
                ? Meaning.Standard.ofIds(catalog)
                : kept(told, digest -> KeptMappings.of(state, digest), catalog);
    }

    /** What the journal remembers of the load that made results. */
    static Optional<Recorded> recorded(Settings settings, Summary summary) {
        return line(settings, summary).map(drop -> Recorded.of(drop.settings()));
    }

    /** The journal's entry of the load that made results. */
    public static Optional<DropLine> line(Settings settings, Summary summary) {
        return Journal.drops(settings.folders().state()).stream()
                .filter(drop ->
                        drop.digest().equals(summary.digest()) && drop.folder().equals(summary.folder()))
                .findFirst();
    }

    private static Meaning kept(String told, Function<String, Optional<KeptMapping>> memory, OptionalLong catalog) {
        String digest = told.substring(Math.max(told.lastIndexOf('@'), told.lastIndexOf(Meaning.Standard.SIGN)) + 1);
        KeptMapping kept = memory.apply(digest)
                .orElseThrow(() -> new RunHalted(
                        Code.JOURNAL,
                        "the journal does not have the mapping " + told + ". Is it that of this state folder?"));
        if (kept.name().equals(Meaning.Standard.NAME)) {
            return Meaning.Standard.ofIds(catalog).named(new Names(kept.names()));
        }
        try {
            MappingFile file = MappingParser.parse(kept.name(), kept.content());
            return new Meaning.OfFile(file, kept.content(), Optional.of(new Names(kept.names())), catalog);
        } catch (MappingRefused newer) {
            throw new RunHalted(
                    Code.JOURNAL,
                    "the drop began by a mapping that this version of the program does not take: "
                            + String.join(" ", newer.faults()));
        }
    }

    /**
     * The names of a mapping file, or of the drop's columns, become ids.
     *
     * @throws DropRefused UNKNOWN_NAME if the account does not have them; DRIFT if they stand for something else than for the last drop
     */
    public Named name(Drop drop, Entry entry, Meaning unnamed, Account account) {
        Meaning named = named(unnamed, account);
        if (named instanceof Meaning.OfFile file) {
            refuseDrift(file, journal.get().mappings().accepted(file.file().name(), account.id()));
        }
        journal.get().mappings().accept(kept(named), account.id());
        return new Named(named, journal.get().mean(entry.id(), settings(drop, named)));
    }

    /**
     * A meaning whose names have ids, and the entry of the journal that remembers it.
     *
     * @param meaning what gives the rows their meaning
     * @param entry the drop as the journal knows it now
     */
    public record Named(Meaning meaning, Entry entry) {}

    /** As {@link #name}, for a plan: the journal is only read. */
    public Meaning planned(Meaning unnamed, Account account) {
        Meaning named = named(unnamed, account);
        if (named instanceof Meaning.OfFile file) {
            refuseDrift(
                    file,
                    KeptMappings.accepted(
                            settings.folders().state(), file.file().name(), account.id()));
        }
        return named;
    }

    private static Meaning named(Meaning unnamed, Account account) {
        if (unnamed instanceof Meaning.OfFile file) {
            return file.named(names(file, account));
        }
        Meaning.Standard standard = (Meaning.Standard) unnamed;
        return standard.named(names(standard, account));
    }

    private static Names names(Meaning.Standard standard, Account account) {
        try {
            return NamedFieldSearch.find(standard.fields(), account);
        } catch (MappingRefused faulty) {
            throw new DropRefused(
                    Code.UNKNOWN_NAME,
                    "the account does not have all fields that the columns name, or not for certain. "
                            + String.join(" ", faulty.faults())
                            + " Correct the columns or the account, and drop this file again.");
        }
    }

    private static void refuseDrift(Meaning.OfFile named, Optional<KeptMapping> before) {
        List<String> changes = before.map(
                        one -> new Names(one.names()).changes(named.names().orElseThrow()))
                .orElse(List.of());
        if (!changes.isEmpty()) {
            throw new DropRefused(
                    Code.DRIFT,
                    "the account has changed since the last drop of "
                            + named.file().name() + ": "
                            + String.join("; ", changes)
                            + ". If that is as it should be, accept the change for "
                            + named.file().name()
                            + "; if not, put it right in the account. Then drop this file again.");
        }
    }

    private static Names names(Meaning.OfFile mapping, Account account) {
        try {
            return NameSearch.find(mapping.file(), account, mapping.catalog());
        } catch (MappingRefused faulty) {
            throw new DropRefused(
                    Code.UNKNOWN_NAME,
                    "the account does not have all that the mapping names. " + String.join(" ", faulty.faults())
                            + " Correct the mapping or the account, and drop this file again.");
        }
    }

    private void keep(Meaning.OfFile mapping, String account) {
        journal.get().mappings().accept(kept(mapping), account);
    }

    private static KeptMapping kept(Meaning meaning) {
        if (meaning instanceof Meaning.OfFile mapping) {
            return kept(mapping);
        }
        Meaning.Standard standard = (Meaning.Standard) meaning;
        return new KeptMapping(
                standard.digest(),
                Meaning.Standard.NAME,
                new byte[0],
                standard.names().orElseThrow().values());
    }

    public static KeptMapping kept(Meaning.OfFile mapping) {
        return new KeptMapping(
                mapping.digest(),
                mapping.file().name(),
                mapping.content(),
                mapping.names().orElseThrow().values());
    }

    /** The rows, if their columns are those of the meaning. */
    public Iterator<Row> fitting(Drop drop, Meaning meaning, Iterator<Row> rows) {
        return new Fitting(
                        folder,
                        drop,
                        settings.drops().limits(),
                        settings.drops().unknownColumnsRefused())
                .check(meaning, rows);
    }

    /** The same for a pass over the whole drop before anything is sent. */
    public Iterator<Row> wholeFitting(Drop drop, Meaning meaning, Iterator<Row> rows) {
        return new Fitting(
                        folder,
                        drop,
                        settings.drops().limits(),
                        settings.drops().unknownColumnsRefused())
                .checkWhole(meaning, rows);
    }
}
