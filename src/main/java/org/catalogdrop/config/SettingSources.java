package org.catalogdrop.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.catalogdrop.mapping.Suggestions;

/**
 * The source of a setting's text: {@code -D} wins over the environment, and that over the first {@code application.properties} found, in
 * the working folder or beside the program.
 */
public final class SettingSources implements Function<String, Optional<String>> {

    private static final String FILE = "application.properties";

    private final Properties system;
    private final Map<String, String> environment;
    private final Properties file;
    private final Path place;
    private final List<Path> folders;

    SettingSources(Properties system, Map<String, String> environment, Properties file) {
        this(system, environment, file, Path.of(FILE), List.of(Path.of("").toAbsolutePath()));
    }

    private SettingSources(
            Properties system, Map<String, String> environment, Properties file, Path place, List<Path> folders) {
        this.system = system;
        this.environment = environment;
        this.file = file;
        this.place = place;
        this.folders = folders;
    }

    /**
     * Returns the sources of this process.
     *
     * @param working the working folder
     * @param program the folder of the program
     */
    public static SettingSources ofProcess(Path working, Path program) {
        return of(System.getProperties(), System.getenv(), working, program);
    }

    static SettingSources of(Properties system, Map<String, String> environment, Path working, Path program) {
        for (Path folder : List.of(working, program)) {
            Path file = folder.resolve(FILE);
            if (Files.isRegularFile(file)) {
                return new SettingSources(system, environment, read(file), file, List.of(working, folderOf(file)));
            }
        }
        return new SettingSources(system, environment, new Properties(), Path.of(FILE), List.of(working));
    }

    /** Returns the folder of a file; if the file is a link, that of its target, where a package keeps what an administrator edits. */
    private static Path folderOf(Path file) {
        try {
            return file.toRealPath().getParent();
        } catch (IOException gone) {
            return file.toAbsolutePath().getParent();
        }
    }

    /** Returns a folder of this name in the working folder, else one beside {@code application.properties}, where it may be missing. */
    Path folder(Path name) {
        return folders.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isDirectory)
                .findFirst()
                .orElseGet(() -> folders.get(folders.size() - 1).resolve(name));
    }

    /** Returns the settings of a file, which is read anew. */
    static Properties read(Path file) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(withoutMark(Files.readString(file))));
            return properties;
        } catch (CharacterCodingException other) {
            throw new SettingsFault(List.of(
                    file + " is not UTF-8 text. Save it as UTF-8, or write letters outside ASCII like \\u00fc"));
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new SettingsFault(List.of(file + " cannot be read: " + unreadable.getMessage()));
        }
    }

    /** Returns whether a value is in quotes. */
    static boolean isQuoted(String text) {
        char first = text.charAt(0);
        return text.length() > 1 && (first == '"' || first == '\'') && text.charAt(text.length() - 1) == first;
    }

    /** Returns a text without the byte order mark with which some editors begin a file. */
    static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /**
     * Returns every name that is no setting, which would otherwise be ignored silently. Other programs may have environment variables
     * that begin like ours, so there only names that resemble a setting are returned.
     */
    public List<String> misspelt() {
        List<String> unknown = new ArrayList<>(unknown(file, key -> key + " in " + place));
        unknown.addAll(unknown(system, key -> "-D" + key));
        List<String> variables =
                SettingKeys.ALL.stream().map(SettingSources::variable).toList();
        for (String name : new TreeSet<>(environment.keySet())) {
            if (isOurs(name.replace('_', '.').toLowerCase(Locale.ROOT)) && !variables.contains(name)) {
                Suggestions.of(name, variables)
                        .ifPresent(near ->
                                unknown.add("the environment variable " + name + " is not a setting; did you mean "
                                        + near + "? If it is meant for another program, unset it for this one"));
            }
        }
        return unknown;
    }

    static List<String> unknown(Properties keys, UnaryOperator<String> place) {
        return new TreeSet<>(keys.stringPropertyNames())
                .stream()
                        .filter(key -> isOurs(key) && !SettingKeys.ALL.contains(key))
                        .map(key -> place.apply(key) + ": unknown setting; the settings are " + SettingKeys.ALL)
                        .toList();
    }

    private static boolean isOurs(String key) {
        return key.startsWith("kommo.") || key.startsWith("drop.");
    }

    private static String variable(String key) {
        return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    @Override
    public Optional<String> apply(String key) {
        return Optional.ofNullable(system.getProperty(key))
                .or(() -> Optional.ofNullable(environment.get(variable(key))))
                .or(() -> Optional.ofNullable(file.getProperty(key)));
    }
}
