package org.catalogdrop.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.catalogdrop.intake.Drops;
import org.catalogdrop.model.Amount;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Plain;
import org.catalogdrop.model.Summary;
import org.catalogdrop.results.Summaries;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description =
                "Checks a finished outbox folder against its drop: every row once, in order, the counts, the ids.")
final class VerifyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "OUTBOX-FOLDER", description = "The folder of the results.")
    private Path folder;

    @Option(
            names = "--drop",
            paramLabel = "FILE",
            description = "The drop; without it, it is looked for in the archive.")
    private Optional<Path> file;

    @Option(
            names = "--account",
            description = "Checks as well that the account has the elements; reads the whole lists.")
    private boolean account;

    @Option(names = "--json", description = "Prints the verdict as JSON: folder, rows, account_checked, sound, faults.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Settings settings = Program.settings(account);
        Summary summary = ResultsFolder.summary(folder, spec.commandLine());
        Meaning meaning = Meanings.told(settings, summary);
        Drops drops = new Drops(
                Loads.limits(settings), meaning.columns(), Written.expected(settings, meaning.csv(), meaning.table()));
        Drop found = drop(settings, summary, drops);
        Drop drop = Meanings.recorded(settings, summary)
                .map(begun -> Written.numbered(found, begun))
                .orElse(found);
        Verification verification = new Verification(summary, meaning);
        verification.compare(folder, drop, settings);
        if (account) {
            askAccount(settings, verification);
        }
        List<String> faults = verification.faults();
        if (json) {
            spec.commandLine().getOut().print(Summaries.json(verdict(summary, faults)));
            return faults.isEmpty() ? 0 : 1;
        }
        faults.forEach(fault -> spec.commandLine().getErr().println(Plain.of(folder + ": " + fault)));
        if (faults.isEmpty()) {
            spec.commandLine()
                    .getOut()
                    .println(folder + ": sound. " + Amount.of(summary.rows(), "row") + ", each once and in order"
                            + (account ? "; the account has what it should" : ""));
        }
        return faults.isEmpty() ? 0 : 1;
    }

    private Map<String, Object> verdict(Summary summary, List<String> faults) {
        Map<String, Object> verdict = new LinkedHashMap<>();
        verdict.put("folder", folder.toString());
        verdict.put("rows", summary.rows());
        verdict.put("account_checked", account);
        verdict.put("sound", faults.isEmpty());
        verdict.put("faults", faults);
        return verdict;
    }

    private Drop drop(Settings settings, Summary summary, Drops drops) throws IOException {
        if (file.isPresent() && !Files.isRegularFile(file.get())) {
            throw new ParameterException(spec.commandLine(), file.get() + " is not there, or no file");
        }
        return file.isPresent() ? drops.identify(file.get(), summary.drop()) : archived(settings, summary, drops);
    }

    /** The archive may hold several of one name: the digest tells. */
    private Drop archived(Settings settings, Summary summary, Drops drops) throws IOException {
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
        throw new ParameterException(
                spec.commandLine(),
                "the drop of these results (" + summary.drop() + ", SHA-256 " + summary.digest() + ") is not in "
                        + archive + ". Name it with --drop.");
    }

    /** Empty if the file cannot be of the form that the drop has. */
    private static Optional<Drop> identify(Path candidate, Summary summary, Drops drops) {
        try {
            return Optional.of(drops.identify(candidate, summary.drop()));
        } catch (DropRefused other) {
            return Optional.empty();
        }
    }

    private static void askAccount(Settings settings, Verification verification) throws Exception {
        try (Program program = Program.start(settings, new CatalogDrop.Mode(false, false))) {
            for (long catalog : verification.catalogs()) {
                program.list(Map.of("CatalogId", catalog), verification::seen);
            }
        }
        verification.allSeen();
    }
}
