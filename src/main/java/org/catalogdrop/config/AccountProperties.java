package org.catalogdrop.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The settings of the accounts of a host. They hold as those of account files do ({@link AccountSources}), but are properties with a prefix:
 * {@code catalog-drop.NAME.kommo.base-url}.
 */
public final class AccountProperties {

    /** The folder of tokens beside account files, {@code accounts/NAME.token}. */
    private static final Path FOLDER = Path.of("accounts");

    private AccountProperties() {}

    /** Returns what all properties of an account begin with. */
    public static String prefix(String name) {
        return "catalog-drop." + name + ".";
    }

    /**
     * Reads and checks the settings of all accounts.
     *
     * @param own the settings of each account, by its name
     * @param shared returns the text of a setting for all accounts, if it is set
     * @param before faults in the names of properties
     * @throws SettingsFault with every fault of every account
     */
    public static Map<String, Settings> read(
            Map<String, Properties> own, Function<String, Optional<String>> shared, List<String> before) {
        List<String> faults = new ArrayList<>(before);
        Map<String, Settings> accounts = new LinkedHashMap<>();
        Set<String> names = new TreeSet<>();
        own.forEach((name, properties) -> {
            if (!AccountFiles.isName(name) || !names.add(name.toLowerCase(Locale.ROOT))) {
                faults.add("catalog-drop.accounts has '" + name
                        + "': expected different names of at most 63 letters a-z and A-Z, digits, '.', '_' and '-'");
                return;
            }
            try {
                accounts.put(
                        name,
                        SettingsReader.read(
                                new AccountSources(name, FOLDER, properties, shared), List.of(), Needs.API));
            } catch (SettingsFault fault) {
                fault.faults().forEach(one -> faults.add(prefix(name) + one));
            }
        });
        if (!faults.isEmpty()) {
            throw SettingsFault.ofHost(faults);
        }
        return accounts;
    }
}
