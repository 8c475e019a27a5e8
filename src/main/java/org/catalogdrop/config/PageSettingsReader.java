package org.catalogdrop.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.catalogdrop.kommo.Secret;

/** Reads and checks the settings of the page. */
final class PageSettingsReader {

    private static final int SHORTEST = 12;
    private static final String HOST = "[a-z0-9]([a-z0-9.-]*[a-z0-9])?";

    private final Function<String, Optional<String>> text;
    private final List<String> faults;

    /**
     * @param text returns the text of a setting, if it is set and not empty
     * @param faults gets what is wrong
     */
    PageSettingsReader(Function<String, Optional<String>> text, List<String> faults) {
        this.text = text;
        this.faults = faults;
    }

    /**
     * Returns the settings of the page, if it is wanted.
     *
     * @param uploadLimit the most bytes of a file that is brought on it
     */
    Optional<Settings.Page> read(long uploadLimit) {
        boolean wanted = text.apply("drop.page").filter("true"::equals).isPresent();
        Optional<String> password = password();
        List<String> hosts = hosts();
        if (wanted && !hosts.isEmpty() && password.isEmpty()) {
            faults.add(
                    "drop.page-host is set and drop.page-password is not: expected a password too, because others reach the"
                            + " page under this name");
        }
        return Optional.of(new Settings.Page(password.map(Secret::new), hosts, uploadLimit))
                .filter(page -> wanted);
    }

    private Optional<String> password() {
        Optional<String> password = PasswordSetting.read("drop.page-password", text, faults);
        password.filter(one -> one.length() < SHORTEST && !one.isEmpty())
                .ifPresent(one ->
                        faults.add("the password of the page (drop.page-password) is too short: expected at least "
                                + SHORTEST + " characters"));
        return password;
    }

    private List<String> hosts() {
        List<String> hosts = text.apply("drop.page-host").stream()
                .flatMap(names -> Stream.of(names.toLowerCase(Locale.ROOT).split("[\\s,]+")))
                .toList();
        if (!hosts.stream().allMatch(host -> host.matches(HOST))) {
            faults.add("drop.page-host = '" + String.join(", ", hosts)
                    + "': expected names of hosts without scheme and port, like drops.example.com");
        }
        return hosts;
    }
}
