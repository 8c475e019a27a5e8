package org.catalogdrop.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.catalogdrop.config.Settings;
import org.catalogdrop.decision.DecisionsByKey;
import org.catalogdrop.decision.DuplicateKeys;
import org.catalogdrop.inbox.IgnoredFile;
import org.catalogdrop.input.DropReader;
import org.catalogdrop.journal.MappingHistory;
import org.catalogdrop.mapping.Mapping;
import org.catalogdrop.mapping.MappingFile;
import org.catalogdrop.mapping.MappingRefused;
import org.catalogdrop.mapping.NameSearch;
import org.catalogdrop.mapping.ResolvedNames;
import org.catalogdrop.mapping.rule.KeyLocation;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Reject;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.SafeText;
import org.catalogdrop.model.Skip;
import org.catalogdrop.model.Upsert;
import org.catalogdrop.model.Verdict;
import org.catalogdrop.resolve.HeaderCheck;
import org.catalogdrop.resolve.MappingFolder;
import org.catalogdrop.resolve.MappingFolder.RawFile;
import org.catalogdrop.resolve.MappingResolver;
import org.catalogdrop.resolve.ResolvedMapping;
import org.catalogdrop.results.RejectGroups;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mapping check}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Checks the mapping files against the account, and every row of a drop against its mapping. Sends no write.",
            "Exit status: 0 = valid; 2 = invalid mapping file or drop; 3 = some rows would be rejected."
        })
final class MappingCheckCommand extends AccountCommand {

    private static final int MOST_UNREAD = 50;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "A drop; every row of it is checked.")
    private Optional<Path> drop;

    @Option(names = "--offline", description = "Checks only the files and sends no request to the account.")
    private boolean offline;

    private Settings settings;
    private final List<MappingFile> sound = new ArrayList<>();
    private int faults;
    private long rejects;

    @Override
    public Integer call() throws Exception {
        settings = settings(!offline);
        MappingFolder folder = new MappingFolder(settings.folders().mappings());
        List<RawFile> files = folder.files();
        IgnoredFile.ofMappings(settings.folders().mappings())
                .forEach(file -> say(file.name() + " is ignored. " + file.advice()));
        if (files.isEmpty()) {
            say("There are no mapping files in " + folder.folder() + "; 'catalog-drop mapping init FILE' makes one.");
        }
        Optional<Account> account = offline || !asks(files) ? Optional.empty() : Optional.of(account());
        for (RawFile file : files) {
            check(file, account);
        }
        sound.forEach(this::reportParts);
        if (drop.isPresent()) {
            try {
                check(drop.get(), account);
            } catch (DropRefused refused) {
                fault(drop.get().getFileName() + ": " + refused.problem().message());
            } catch (MappingRefused told) {
                fault(drop.get().getFileName() + ": its rows were not checked, because its mapping file has faults");
            }
        }
        if (faults > 0) {
            return 2;
        }
        return rejects > 0 ? 3 : 0;
    }

    private Account account() throws Exception {
        try (Program program = Program.startReading(settings, err()::println)) {
            return program.account();
        }
    }

    private static boolean asks(List<RawFile> files) {
        return files.stream().anyMatch(file -> {
            try {
                return file.parsed().needsAccount();
            } catch (MappingRefused told) {
                return false;
            }
        });
    }

    private void check(RawFile rawFile, Optional<Account> account) {
        try {
            MappingFile file = rawFile.parsed();
            sound.add(file);
            if (file.needsAccount() && account.isPresent()) {
                ResolvedNames now =
                        NameSearch.find(file, account.get(), settings.api().catalogId());
                MappingHistory.accepted(
                                settings.folders().journal(),
                                rawFile.name(),
                                account.get().id())
                        .ifPresent(kept -> new ResolvedNames(kept.names())
                                .changes(now)
                                .forEach(change -> fault(rawFile.name() + ": since the last drop " + change
                                        + "; 'catalog-drop mapping accept " + rawFile.name() + "' accepts it")));
            }
            say(rawFile.name() + ": for " + file.drops()
                    + (file.needsAccount() && account.isEmpty() ? "; its names were not checked" : ""));
        } catch (MappingRefused faulty) {
            faulty.faults().forEach(this::fault);
        }
    }

    /** Reports files whose drops are parts of one list: the elements of each are missing from the other. */
    private void reportParts(MappingFile file) {
        String others = sound.stream()
                .filter(other ->
                        other != file && other.isUpsert() && catalog(other).equals(catalog(file)))
                .map(MappingFile::name)
                .collect(Collectors.joining(", "));
        if (file.deletesMissing() && !others.isEmpty()) {
            say(
                    "Note: " + file.name()
                            + " deletes elements that are missing from its drops ('missing: delete'), and "
                            + others
                            + " is for the same list. If the drops of each have only a part of the list, set 'missing: keep' in all of them.");
        }
    }

    private String catalog(MappingFile file) {
        OptionalLong otherwise = settings.api().catalogId();
        return file.catalog().orElse(otherwise.isPresent() ? Long.toString(otherwise.getAsLong()) : "");
    }

    private void check(Path path, Optional<Account> account) throws IOException, MappingRefused {
        MappingResolver.Dropped dropped = MappingResolver.readOnly(settings.api(), settings.drops(), settings.folders())
                .identify(path, path.getFileName().toString());
        if (dropped.mapping().isEmpty()) {
            say(path + ": no mapping file fits its name, so it is read by the standard columns");
            return;
        }
        ResolvedMapping.OfFile mapping = dropped.mapping().get();
        if (mapping.isUnnamed()) {
            if (account.isEmpty()) {
                fault(path + ": " + mapping.file().name()
                        + " has names that only the account can explain; leave out --offline");
                return;
            }
            mapping = mapping.named(NameSearch.find(mapping.file(), account.get(), mapping.catalog()));
        }
        rows(path, dropped, mapping);
    }

    private void rows(Path path, MappingResolver.Dropped dropped, ResolvedMapping.OfFile meaning) throws IOException {
        Map<String, Long> counts = new TreeMap<>();
        RejectGroups groups = new RejectGroups();
        Set<String> unread = new LinkedHashSet<>();
        List<String> last = List.of();
        DuplicateKeys twice = new DuplicateKeys();
        boolean mayBeTwice = false;
        Mapping mapping = meaning.mapping();
        try (DropReader reading =
                DropReader.open(dropped.drop(), settings.drops().limits())) {
            Iterator<Row> rows = fitting(dropped, meaning, reading);
            while (rows.hasNext()) {
                Row row = rows.next();
                if (!row.columns().equals(last) && unread.size() < MOST_UNREAD) {
                    last = row.columns();
                    unread.addAll(meaning.file().unread(last));
                }
                Verdict verdict = mapping.verdict(row);
                counts.merge(word(verdict), 1L, Long::sum);
                if (verdict instanceof Reject reject) {
                    groups.add(row, reject.problem());
                } else if (verdict instanceof Upsert upsert) {
                    mayBeTwice |= twice.note(upsert.key());
                }
            }
        }
        if (mayBeTwice) {
            long before = groups.rows();
            addTwice(dropped, meaning, twice, groups);
            long more = groups.rows() - before;
            counts.merge("upsert", -more, Long::sum);
            counts.merge("rejected", more, Long::sum);
        }
        counts.values().removeIf(count -> count == 0);
        rejects = groups.rows();
        groups.lines(meaning.file()).forEach(line -> err().println(SafeText.of(path.getFileName() + ": " + line)));
        if (!unread.isEmpty()) {
            say(path.getFileName() + ": columns that " + meaning.file().name() + " does not read: "
                    + unread.stream().map(NormalizedName::show).collect(Collectors.joining(", ")));
        }
        mapping.remarks().forEach(remark -> say(path.getFileName() + ": " + remark));
        say(path.getFileName() + ": by " + meaning.file().name() + ": "
                + counts.entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey())
                        .collect(Collectors.joining(", ")));
    }

    private Iterator<Row> fitting(MappingResolver.Dropped dropped, ResolvedMapping.OfFile meaning, DropReader reading)
            throws IOException {
        MappingFolder folder = new MappingFolder(settings.folders().mappings());
        return new HeaderCheck(folder, dropped.drop(), settings.drops().limits(), false)
                .checkWhole(meaning, reading.rows());
    }

    private static String word(Verdict verdict) {
        if (verdict instanceof Operation operation) {
            return operation.action().word();
        }
        return verdict instanceof Upsert ? "upsert" : verdict instanceof Skip ? "skipped" : "rejected";
    }

    /** Adds the rows with duplicate keys, which are known only when all keys are. */
    private void addTwice(
            MappingResolver.Dropped dropped, ResolvedMapping.OfFile meaning, DuplicateKeys twice, RejectGroups groups)
            throws IOException {
        Mapping mapping = meaning.mapping();
        String column = meaning.keyPlace().map(KeyLocation::column).orElse("");
        try (DropReader reading =
                DropReader.open(dropped.drop(), settings.drops().limits())) {
            Iterator<Row> rows = reading.rows();
            while (rows.hasNext()) {
                Row row = rows.next();
                if (mapping.verdict(row) instanceof Upsert upsert) {
                    twice.earlierRow(upsert.key(), row.number())
                            .ifPresent(first -> groups.add(
                                    row,
                                    new Problem(Code.DOUBLE_KEY, column, DecisionsByKey.twice(upsert.key(), first))));
                }
            }
        }
    }

    private void fault(String text) {
        faults++;
        err().println(SafeText.of(text));
    }

    private void say(String text) {
        out().println(SafeText.of(text));
    }
}
