package org.catalogdrop.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.camel.ListSteps;
import org.catalogdrop.cli.status.NamedDrops;
import org.catalogdrop.config.Settings;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.ResultsVerdict;
import org.catalogdrop.model.SafeText;
import org.catalogdrop.model.Status;
import org.catalogdrop.results.Summaries;
import org.catalogdrop.verify.ResultsCheck;
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
        Path folder = folder(settings);
        try (ResultsCheck check = begin(settings, folder)) {
            if (!check.catalogs().isEmpty()) {
                askAccount(settings, check);
            }
            return report(check.verdict());
        }
    }

    private ResultsCheck begin(Settings settings, Path folder) throws IOException {
        summary(folder);
        try {
            return ResultsCheck.begin(settings.api(), settings.drops(), settings.folders(), folder, file, account);
        } catch (IllegalArgumentException nothing) {
            throw misuse(nothing.getMessage());
        }
    }

    private int report(ResultsVerdict verdict) {
        if (json) {
            out().print(Summaries.json(json(verdict)));
            return verdict.isSound() ? 0 : 1;
        }
        verdict.faults().forEach(fault -> err().println(SafeText.of(verdict.folder() + ": " + fault)));
        if (verdict.isSound()) {
            out().println(verdict.folder() + ": sound. "
                    + Plural.of(verdict.summary().rows(), "row") + ", each once and in order"
                    + (account
                            ? "; the account has the elements, with the values that were sent" + proven(verdict)
                            : ""));
        }
        return verdict.isSound() ? 0 : 1;
    }

    /** Returns what the markers of elements prove. Some may have been removed in the account since. */
    private static String proven(ResultsVerdict verdict) {
        return verdict.rowsProven()
                .map(rows -> "; " + rows + " of " + Plural.of(verdict.summary().count(Status.CREATED), "created row")
                        + " proven by their marker")
                .orElse("");
    }

    /** Returns the folder with this name, or that of the latest load of the drop with this name. A file means the drop of its name. */
    private Path folder(Settings settings) {
        Path path = Path.of(word);
        if (Files.isDirectory(path)) {
            return path;
        }
        String drop = Files.isRegularFile(path) ? path.getFileName().toString() : word;
        return new NamedDrops(Journal.drops(settings.folders().journal()))
                .of(drop).stream()
                        .filter(one -> !one.folder().isEmpty())
                        .reduce((earlier, later) -> later)
                        .map(one -> settings.folders().outbox().resolve(one.folder()))
                        .orElse(path);
    }

    private static Map<String, Object> json(ResultsVerdict verdict) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("folder", verdict.folder().toString());
        json.put("rows", verdict.summary().rows());
        json.put("account", verdict.account());
        json.put("account_checked", verdict.accountChecked());
        json.put("rows_proven", verdict.rowsProven().orElse(null));
        json.put("sound", verdict.isSound());
        json.put("faults", verdict.faults());
        json.put("values_differing", verdict.accountChecked() ? verdict.valuesDiffering() : null);
        return json;
    }

    private void askAccount(Settings settings, ResultsCheck check) throws Exception {
        try (Program program = Program.startReading(settings, err()::println)) {
            for (long catalog : check.catalogs()) {
                program.list(Map.of(ListSteps.CATALOG_ID, catalog), check::seen);
            }
        }
    }
}
