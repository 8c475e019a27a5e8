package org.catalogdrop.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The accounts of one process. Each file {@code NAME.properties} in the folder of accounts has the settings of one, and what it does not
 * set comes from the sources of the process. Safe for many threads.
 */
public final class AccountFiles {

    /** The settings of the process as a whole, which no account can have for itself. */
    static final Set<String> OF_PROCESS = Set.of(
            "drop.accounts",
            "drop.log",
            "drop.management-port",
            "drop.management-address",
            "drop.page",
            "drop.page-password",
            "drop.page-password-file",
            "drop.page-host");

    private static final String ENDING = ".properties";

    /** A name is a folder, a label of metrics and part of an address. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private final Path folder;
    private final SettingSources shared;

    private AccountFiles(Path folder, SettingSources shared) {
        this.folder = folder;
        this.shared = shared;
    }

    /**
     * Returns the accounts of a process: if {@code drop.accounts} is set, or its default folder has an account. Otherwise the process has
     * one account without a name, that of its own settings.
     */
    public static Optional<AccountFiles> of(SettingSources shared) {
        Optional<String> set = shared.apply("drop.accounts").map(String::strip).filter(text -> !text.isEmpty());
        Optional<Path> given = set.flatMap(text -> SettingPath.of("drop.accounts", text, fault -> {
            throw new SettingsFault(List.of(fault));
        }));
        AccountFiles files = new AccountFiles(shared.folder(given.orElse(Path.of("accounts"))), shared);
        return given.isPresent() || files.isUsed() ? Optional.of(files) : Optional.empty();
    }

    private boolean isUsed() {
        try {
            return Files.isDirectory(folder) && !names().isEmpty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Returns the folder of the files. */
    public Path folder() {
        return folder;
    }

    /** Returns the names of all accounts, sorted. */
    public List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, AccountFiles::isAccount)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                names.add(name.substring(0, name.length() - ENDING.length()));
            }
        } catch (DirectoryIteratorException broken) {
            throw broken.getCause();
        }
        Collections.sort(names);
        return names;
    }

    /** Hidden files are those of editors, and of Kubernetes. */
    private static boolean isAccount(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(ENDING) && !name.startsWith(".") && Files.isRegularFile(file);
    }

    /** Returns the file of an account. */
    public Path file(String name) {
        return folder.resolve(name + ENDING);
    }

    /**
     * Reads and checks the settings of an account.
     *
     * @throws SettingsFault with every fault
     */
    public Settings read(String name, Needs needs) {
        Path file = file(name);
        Properties own = SettingSources.read(file);
        AccountSources sources = new AccountSources(name, folder, own, shared);
        List<String> faults = faults(name, file, own);
        if (needs != Needs.NOTHING && sources.apply("kommo.base-url").isEmpty()) {
            sources.passedOver()
                    .forEach(key -> faults.add(key
                            + " is set for the whole process, but belongs to one account, so it does not count here. Move it to the file of"
                            + " its account; or write {account} in it, which is the name of each"));
        }
        try {
            return SettingsReader.read(sources, faults, needs);
        } catch (SettingsFault fault) {
            throw fault.ofAccount(file);
        }
    }

    private List<String> faults(String name, Path file, Properties own) {
        List<String> faults = new ArrayList<>(SettingSources.unknown(own, key -> key + " in " + file));
        if (!isName(name)) {
            faults.add(
                    "the account's name '" + name + "', from " + file
                            + ": expected at most 63 letters a-z and A-Z, digits, '.', '_' and '-', the first one a letter or a digit");
        }
        twins(name)
                .forEach(twin -> faults.add("the accounts '" + name + "' and '" + twin
                        + "' differ only in upper and lower case: expected different names"));
        own.stringPropertyNames().stream()
                .filter(OF_PROCESS::contains)
                .sorted()
                .forEach(key -> faults.add(key + " in " + file
                        + " is a setting of the whole process: expected it in application.properties"));
        return faults;
    }

    private List<String> twins(String name) {
        try {
            return names().stream()
                    .filter(other -> !other.equals(name))
                    .filter(other -> other.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /** Returns the settings of the process as a whole; the others have their defaults. */
    public Settings ofProcess() {
        Function<String, Optional<String>> own = key -> OF_PROCESS.contains(key) ? shared.apply(key) : Optional.empty();
        return SettingsReader.read(own, shared.misspelt(), Needs.NOTHING);
    }
}
