package org.catalogdrop.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.catalogdrop.camel.ListSteps;
import org.catalogdrop.cli.status.NamedDrops;
import org.catalogdrop.config.Settings;
import org.catalogdrop.input.DropInspector;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Marker;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.SafeText;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.resolve.FormatCodec;
import org.catalogdrop.resolve.MappingResolver;
import org.catalogdrop.resolve.RecordedSettings;
import org.catalogdrop.resolve.ResolvedMapping;
import org.catalogdrop.results.Summaries;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description =
                "Checks the results of a load against its drop: every row once and in order, the counts, the ids.")
final class VerifyCommand extends CliCommand {

    @Parameters(
            paramLabel = "RESULTS",
            description =
                    "The folder of the results, or the drop: its digest, its first digits (at least 4), its file or its name,"
                            + " as 'status' shows them.")
    private String word;

    private Path folder;

    /** Not --account, which has had another meaning here from the beginning. */
    @Option(
            names = {"-a", "--account-name"},
            paramLabel = "NAME",
            description = "The account, if there are several: the name of its file in the folder 'accounts'.")
    private Optional<String> accountName;

    @Option(
            names = "--drop",
            paramLabel = "FILE",
            description = "The file of the drop. Default: the place where it was last, then the archive.")
    private Optional<Path> file;

    @Option(
            names = "--account",
            description =
                    "Also checks that the account has the elements, with the values that were sent. Reads the whole lists.")
    private boolean account;

    @Option(
            names = "--json",
            description =
                    "Prints the result as JSON: folder, rows, account, account_checked, rows_proven, sound, faults, values_differing.")
    private boolean json;

    @Override
    Optional<String> accountName() {
        return accountName;
    }

    @Override
    public Integer call() throws Exception {
        Settings settings = settings(account);
        folder = folder(settings);
        Summary summary = summary(folder);
        Optional<DropLine> line = MappingResolver.line(settings.folders().state(), summary);
        String loadedTo = loadedTo(summary, line);
        requireAccount(settings, loadedTo);
        ResolvedMapping meaning = MappingResolver.ofResults(
                settings.folders().state(), summary, settings.api().catalogId());
        DropInspector drops = new DropInspector(
                settings.drops().limits(),
                meaning.columns(),
                FormatCodec.expected(settings.drops().expected(), meaning.csv(), meaning.table()));
        Drop found = drop(settings, summary, drops, line);
        Drop drop = line.map(one -> RecordedSettings.of(one.settings()))
                .map(begun -> FormatCodec.numbered(found, begun.readAs()))
                .orElse(found);
        Optional<Marker> marker =
                line.flatMap(one -> Journal.marker(settings.folders().state(), one.id()));
        try (SentValues sent = new SentValues()) {
            Verification verification =
                    new Verification(summary, meaning, marker, account ? Optional.of(sent) : Optional.empty());
            verification.compare(folder, drop, settings.drops().limits());
            if (account) {
                askAccount(settings, verification);
            }
            return report(summary, loadedTo, marker, verification);
        }
    }

    private int report(Summary summary, String loadedTo, Optional<Marker> marker, Verification verification) {
        List<String> faults = verification.faults();
        if (json) {
            out().print(Summaries.json(
                    verdict(summary, loadedTo, marker.map(one -> verification.proven()), verification)));
            return faults.isEmpty() ? 0 : 1;
        }
        faults.forEach(fault -> err().println(SafeText.of(folder + ": " + fault)));
        if (faults.isEmpty()) {
            out().println(folder + ": sound. " + Plural.of(summary.rows(), "row") + ", each once and in order"
                    + (account
                            ? "; the account has the elements, with the values that were sent"
                                    + proven(summary, marker, verification)
                            : ""));
        }
        return faults.isEmpty() ? 0 : 1;
    }

    /** Returns what the markers of elements prove. Some may have been removed in the account since. */
    private static String proven(Summary summary, Optional<Marker> marker, Verification verification) {
        return marker.isEmpty()
                ? ""
                : "; " + verification.proven() + " of " + Plural.of(summary.count(Status.CREATED), "created row")
                        + " proven by their marker";
    }

    /** Returns the folder with this name, or that of the latest load of the drop with this name. A file means the drop of its name. */
    private Path folder(Settings settings) {
        Path path = Path.of(word);
        if (Files.isDirectory(path)) {
            return path;
        }
        String drop = Files.isRegularFile(path) ? path.getFileName().toString() : word;
        return new NamedDrops(Journal.drops(settings.folders().state()))
                .of(drop).stream()
                        .filter(one -> !one.folder().isEmpty())
                        .reduce((earlier, later) -> later)
                        .map(one -> settings.folders().outbox().resolve(one.folder()))
                        .orElse(path);
    }

    private static String loadedTo(Summary summary, Optional<DropLine> line) {
        return Optional.of(summary.target().account())
                .filter(known -> !known.isEmpty())
                .or(() ->
                        line.flatMap(one -> RecordedSettings.of(one.settings()).account()))
                .orElse("");
    }

    private void requireAccount(Settings settings, String loadedTo) {
        if (account && !loadedTo.isEmpty() && !loadedTo.equals(RecordedSettings.host(settings.api()))) {
            throw misuse(folder + " was loaded to " + loadedTo + ", and kommo.base-url names "
                    + RecordedSettings.host(settings.api())
                    + ". Nothing was read. Set kommo.base-url to that account, or run without --account.");
        }
    }

    /** @param proven how many rows markers prove; empty if elements have none */
    private Map<String, Object> verdict(
            Summary summary, String loadedTo, Optional<Long> proven, Verification verification) {
        List<String> faults = verification.faults();
        Map<String, Object> verdict = new LinkedHashMap<>();
        verdict.put("folder", folder.toString());
        verdict.put("rows", summary.rows());
        verdict.put("account", loadedTo);
        verdict.put("account_checked", account);
        verdict.put("rows_proven", account ? proven.orElse(null) : null);
        verdict.put("sound", faults.isEmpty());
        verdict.put("faults", faults);
        verdict.put("values_differing", account ? verification.differing() : null);
        return verdict;
    }

    private Drop drop(Settings settings, Summary summary, DropInspector drops, Optional<DropLine> line)
            throws IOException {
        if (file.isPresent() && !Files.isRegularFile(file.get())) {
            throw misuse(file.get() + " does not exist or is not a file");
        }
        if (file.isPresent()) {
            return drops.identify(file.get(), summary.drop());
        }
        Optional<Drop> known = line.flatMap(DropLine::place)
                .map(Path::of)
                .filter(Files::isRegularFile)
                .flatMap(place -> identify(place, summary, drops))
                .filter(drop -> drop.digest().equals(summary.digest()));
        return known.isPresent() ? known.get() : archived(settings, summary, drops);
    }

    /** Returns the drop from the archive. If it has several of one name, the digest decides. */
    private Drop archived(Settings settings, Summary summary, DropInspector drops) throws IOException {
        Path archive = settings.folders().archive();
        String stem = summary.drop().replaceFirst("\\..*", "");
        if (Files.isDirectory(archive)) {
            try (Stream<Path> files = Files.list(archive)) {
                for (Path candidate : files.filter(
                                path -> path.getFileName().toString().startsWith(stem))
                        .sorted()
                        .toList()) {
                    Optional<Drop> drop = identify(candidate, summary, drops);
                    if (drop.isPresent() && drop.get().digest().equals(summary.digest())) {
                        return drop.get();
                    }
                }
            }
        }
        throw misuse("the drop of these results (" + summary.drop() + ", SHA-256 " + summary.digest() + ") is not in "
                + archive + ". Name it with --drop.");
    }

    /** Returns the drop; empty if the file cannot have its format. */
    private static Optional<Drop> identify(Path candidate, Summary summary, DropInspector drops) {
        try {
            return Optional.of(drops.identify(candidate, summary.drop()));
        } catch (DropRefused other) {
            return Optional.empty();
        }
    }

    private static void askAccount(Settings settings, Verification verification) throws Exception {
        try (Program program = Program.start(settings)) {
            for (long catalog : verification.catalogs()) {
                program.list(Map.of(ListSteps.CATALOG_ID, catalog), verification::seen);
            }
        }
        verification.allSeen();
    }
}
