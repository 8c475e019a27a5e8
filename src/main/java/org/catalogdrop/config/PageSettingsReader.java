package org.catalogdrop.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.catalogdrop.kommo.Secret;

/** Reads and checks the settings of the page. */
final class PageSettingsReader {

    private static final int SHORTEST = 12;
    private static final int LONGEST = 1024;
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
        Optional<String> given = text.apply("drop.page-password");
        Optional<Path> file = text.apply("drop.page-password-file")
                .flatMap(path -> SettingPath.of("drop.page-password-file", path, faults::add));
        if (given.isPresent() && file.isPresent()) {
            faults.add("drop.page-password and drop.page-password-file are both set: expected only one of them");
        }
        Optional<String> password = file.map(this::content).or(() -> given);
        password.filter(one -> one.length() < SHORTEST && !one.isEmpty())
                .ifPresent(one ->
                        faults.add("the password of the page (drop.page-password) is too short: expected at least "
                                + SHORTEST + " characters"));
        return password;
    }

    /** Its content is never shown. */
    private String content(Path file) {
        String fault = "drop.page-password-file = '" + file + "': expected a readable file with the password";
        try (InputStream in = Files.newInputStream(file)) {
            String content = SettingSources.withoutMark(new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8))
                    .strip();
            if (content.isEmpty()) {
                faults.add(fault);
            }
            return content;
        } catch (IOException unreadable) {
            faults.add(fault);
            return "";
        }
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
