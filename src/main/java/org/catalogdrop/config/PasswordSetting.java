package org.catalogdrop.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads a password that a setting has, or a file that another setting names. Its value is never shown. Stateless. */
final class PasswordSetting {

    private static final int LONGEST = 1024;

    private PasswordSetting() {}

    /**
     * Returns a password; empty if it is not set.
     *
     * @param key the setting; the file is named by the same with {@code -file}
     * @param text returns the text of a setting, if it is set and not empty
     * @param faults gets what is wrong
     */
    static Optional<String> read(String key, Function<String, Optional<String>> text, List<String> faults) {
        String fileKey = key + "-file";
        Optional<String> given = text.apply(key);
        Optional<Path> file = text.apply(fileKey).flatMap(path -> SettingPath.of(fileKey, path, faults::add));
        if (given.isPresent() && file.isPresent()) {
            faults.add(key + " and " + fileKey + " are both set: expected only one of them");
        }
        return file.map(path -> content(fileKey, path, faults)).or(() -> given);
    }

    private static String content(String fileKey, Path file, List<String> faults) {
        String fault = fileKey + " = '" + file + "': expected a readable file with the password";
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
}
