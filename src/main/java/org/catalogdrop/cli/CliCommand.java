package org.catalogdrop.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.catalogdrop.accounts.AccountClaims;
import org.catalogdrop.config.AccountFiles;
import org.catalogdrop.config.Needs;
import org.catalogdrop.config.SettingSources;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.SettingsFault;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.mapping.Suggestions;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.SafeText;
import org.catalogdrop.model.Summary;
import org.catalogdrop.resolve.MappingFolder;
import org.catalogdrop.results.NextStep;
import org.catalogdrop.results.Summaries;
import org.catalogdrop.results.SummaryLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command with its output, and with the checks of its arguments. */
abstract class CliCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Returns the name of the account that the command is for, if one is given. */
    Optional<String> accountName() {
        return Optional.empty();
    }

    /** Returns the settings of the account that the command is for. */
    Settings settings(Needs needs) {
        SettingSources sources = Program.sources();
        Optional<AccountFiles> accounts = AccountFiles.of(sources);
        if (accounts.isPresent()) {
            accounts.get().ofProcess();
            String name = account(accounts.get());
            Settings settings = accounts.get().read(name, needs);
            if (needs == Needs.API) {
                requireNothingShared(accounts.get(), name, settings);
            }
            return settings;
        }
        accountName().ifPresent(name -> {
            throw misuse("the account " + name + " is given, but there are no accounts: no folder 'accounts' beside"
                    + " application.properties has a file NAME.properties, and drop.accounts is not set");
        });
        return SettingsReader.read(sources, sources.misspelt(), needs);
    }

    /** An account that shares a folder or a Kommo account with another one does not run, so no command may load for it either. */
    private void requireNothingShared(AccountFiles accounts, String name, Settings settings) {
        Map<String, Settings> all = new TreeMap<>(Map.of(name, settings));
        names(accounts).stream().filter(other -> !other.equals(name)).forEach(other -> {
            try {
                all.put(other, accounts.read(other, Needs.API));
            } catch (SettingsFault itsOwn) {
                // It does not run, so it shares nothing.
            }
        });
        Optional.ofNullable(AccountClaims.faults(all).get(name)).ifPresent(shared -> {
            throw SettingsFault.ofAccount(accounts.file(name), shared);
        });
    }

    /** Returns the same for a command that may need the API. */
    Settings settings(boolean needsApi) {
        return settings(needsApi ? Needs.API : Needs.NOTHING);
    }

    private String account(AccountFiles accounts) {
        List<String> names = names(accounts);
        if (accountName().isEmpty()) {
            if (names.size() == 1) {
                return names.get(0);
            }
            throw misuse("there are several accounts, so one has to be named: -a NAME. The accounts in "
                    + accounts.folder() + " are: " + String.join(", ", names));
        }
        String name = accountName().get();
        if (!names.contains(name)) {
            throw misuse("there is no account '" + SafeText.of(name) + "'."
                    + Suggestions.of(name, names)
                            .map(near -> " Did you mean '" + near + "'?")
                            .orElse("")
                    + " The accounts in " + accounts.folder() + " are: " + String.join(", ", names));
        }
        return name;
    }

    /** Returns the names of the accounts. */
    List<String> names(AccountFiles accounts) {
        try {
            return accounts.names();
        } catch (IOException unreadable) {
            throw misuse("the folder of accounts " + accounts.folder() + " cannot be read (" + unreadable
                    + "). Check drop.accounts, and that this user has the right to it");
        }
    }

    /** Returns the fault of a command line that cannot be executed. */
    ParameterException misuse(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** @throws ParameterException if a file cannot be a drop; links are none, as in the inbox */
    void requireDropFile(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw misuse(SafeText.of(file.toString())
                    + " is not a file that can be loaded (it does not exist, or is a folder or a link)");
        }
    }

    /** Returns an advice in which each command is for the account that this one is for, if it is for one of several. */
    String forAccount(String advice) {
        return accountName().map(name -> NextStep.forAccount(advice, name)).orElse(advice);
    }

    /** Returns the mapping file with this name. */
    MappingFolder.RawFile mappingFile(Settings settings, Path path) {
        String name = path.getFileName().toString();
        Path folder = settings.folders().mappings();
        return new MappingFolder(folder)
                .files().stream()
                        .filter(file -> file.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> misuse("there is no " + name + " in " + folder));
    }

    /**
     * Returns the summary of a results folder.
     *
     * @throws ParameterException if it is no such folder, so that the command has nothing to begin with
     */
    Summary summary(Path folder) {
        if (!Files.exists(folder.resolve("summary.json"))) {
            throw misuse(folder + (Files.isDirectory(folder) ? " has no summary.json" : " is not a folder")
                    + "; name the folder of a finished load in the outbox");
        }
        return Summaries.read(folder);
    }

    /**
     * Prints how a load ended: why the drop was refused, if it was, and where its results are, if there are any.
     *
     * @param file the file of the drop
     */
    void print(Summary summary, Path file) {
        summary.refusal().ifPresent(problem -> err().println(NormalizedName.show(summary.drop()) + ": refused ("
                + problem.code().word() + "): " + problem.message() + forAccount(NextStep.of(problem.code(), file))));
        if (!summary.folder().isEmpty()) {
            out().println(SummaryLine.line(summary) + forAccount(NextStep.of(summary, file)));
            if (!summary.undo().isEmpty()) {
                out().println("  " + summary.undo().amounts());
            }
        }
    }
}
