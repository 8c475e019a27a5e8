package org.catalogdrop.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.catalogdrop.model.SafeText;

/** Reads the path that a setting names. */
final class SettingPath {

    /**
     * What a Windows path becomes when a {@code .properties} file is read: {@code C:\\drops\\new} becomes {@code C:drops}, a line feed,
     * {@code ew}.
     */
    private static final Pattern LOST_BACKSLASH = Pattern.compile("^[A-Za-z]:[^/\\\\]|[\\t\\n\\f\\r]");

    private SettingPath() {}

    /** Returns the path, or reports a fault and returns nothing. */
    static Optional<Path> of(String key, String text, Consumer<String> faults) {
        if (LOST_BACKSLASH.matcher(text).find()) {
            faults.accept(key + " = '" + SafeText.of(text)
                    + "': a single \\ in application.properties is lost. Write C:/drops or C:\\\\drops");
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException bad) {
            faults.accept(key + " = '" + SafeText.of(text) + "': expected a path of this machine");
            return Optional.empty();
        }
    }
}
