package org.catalogdrop.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;

/**
 * The source of an account's settings: its own file wins over all sources of the process. What says which account it is, its address and
 * its token, never comes from there, unless it has {@code {account}} in it, which is the name of the account.
 */
final class AccountSources implements Function<String, Optional<String>> {

    private static final String PLACEHOLDER = "{account}";
    private static final String HOME = "drop.home";
    private static final String TOKEN_FILE = "kommo.access-token-file";

    private static final List<String> IDENTITY = List.of("kommo.base-url", "kommo.access-token", TOKEN_FILE);

    private final String name;
    private final Path folder;
    private final Properties own;
    private final Function<String, Optional<String>> shared;

    /**
     * @param folder the folder of the account files
     * @param own the settings of the account's file
     * @param shared the sources of the process
     */
    AccountSources(String name, Path folder, Properties own, Function<String, Optional<String>> shared) {
        this.name = name;
        this.folder = folder;
        this.own = own;
        this.shared = shared;
    }

    @Override
    public Optional<String> apply(String key) {
        if (key.equals(HOME)) {
            return Optional.of(home().toString());
        }
        Optional<String> set = own(key);
        if (set.isPresent()) {
            return set;
        }
        if (TokenSourceReader.isOfTokens(key)) {
            return token(key);
        }
        return shared(key).or(() -> preset(key));
    }

    /** Returns the settings of the process that do not count here although the account has no others. */
    List<String> passedOver() {
        return IDENTITY.stream()
                .filter(key -> apply(key).isEmpty() && shared.apply(key).isPresent())
                .toList();
    }

    private Optional<String> own(String key) {
        return Optional.ofNullable(own.getProperty(key)).map(this::filled);
    }

    private Optional<String> shared(String key) {
        Optional<String> text = shared.apply(key);
        return (IDENTITY.contains(key) ? text.filter(value -> value.contains(PLACEHOLDER)) : text).map(this::filled);
    }

    private String filled(String text) {
        return text.replace(PLACEHOLDER, name);
    }

    /** Thirty inboxes that are listed as often as one would keep a core busy. */
    private static Optional<String> preset(String key) {
        return key.equals("drop.poll") ? Optional.of("1s") : Optional.empty();
    }

    /** Returns the account's folder: one of its own below that of the process. */
    private Path home() {
        Path process = path(shared(HOME).orElse(""));
        boolean apart =
                shared.apply(HOME).filter(text -> text.contains(PLACEHOLDER)).isPresent();
        Path preset = apart ? process : process.resolve(name);
        return own(HOME)
                .map(this::path)
                .filter(path -> !path.toString().isEmpty())
                .map(process::resolve)
                .orElse(preset);
    }

    private Path path(String text) {
        return SettingPath.of(HOME, text.strip(), fault -> {
                    throw new SettingsFault(List.of(fault));
                })
                .orElseThrow();
    }

    /** Returns a setting of the token that the account's file has not: only from the place that has the others. */
    private Optional<String> token(String key) {
        boolean ownFixed = TokenSourceReader.LONG_LIVED.stream().anyMatch(own::containsKey);
        boolean ownPair = TokenSourceReader.ROTATING.stream().anyMatch(own::containsKey);
        Path beside = folder.resolve(name + ".token");
        if (!ownFixed && !ownPair && Files.exists(beside)) {
            return key.equals(TOKEN_FILE) ? Optional.of(beside.toString()) : Optional.empty();
        }
        return ownFixed || (ownPair && TokenSourceReader.LONG_LIVED.contains(key)) ? Optional.empty() : shared(key);
    }
}
