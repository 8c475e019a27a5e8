package org.catalogdrop.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the pages that explain the code to its classes, rooms and routes. */
class ArchitecturePageTest {

    /** A class, as it is or with its package before it and a method or constant behind it. */
    private static final Pattern CLASS = Pattern.compile("`(?:[a-z]+\\.)*([A-Z][a-z]\\w*)(?:\\.\\w+(?:\\(\\))?)?`");

    private static final Pattern ROUTE = Pattern.compile("(?m)^ {4}(?:routeId|id): (\\S+)$");
    private static final Set<String> HEADERS = Set.of("Date");

    private static Set<String> names(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .collect(Collectors.toSet());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/architecture.md", "docs/answers.md", "docs/crash-test.md", "CONTRIBUTING.md"})
    void names_only_classes_that_exist(String page) throws IOException {
        Set<String> classes = names(Path.of("src"), ".java");
        Set<String> named = CLASS.matcher(Files.readString(Path.of(page)))
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toSet());
        named.removeAll(HEADERS);

        assertThat(named).isNotEmpty().isSubsetOf(classes);
    }

    @Test
    void names_every_room() throws IOException {
        String rooms = String.join("\n", Document.of("docs/architecture.md").section("The rooms"));
        try (Stream<Path> packages = Files.list(Path.of("src/main/java/org/catalogdrop"))) {
            assertThat(packages.filter(Files::isDirectory))
                    .hasSizeGreaterThan(8)
                    .allSatisfy(room -> assertThat(rooms).contains("| `" + room.getFileName() + "` |"));
        }
    }

    @Test
    void names_every_route() throws IOException {
        String picture = String.join("\n", Document.of("docs/architecture.md").section("The picture"));
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                assertThat(picture).contains("(../routes/" + file.getFileName() + ")");
                Matcher route = ROUTE.matcher(Files.readString(file));
                while (route.find()) {
                    assertThat(picture).contains("`" + route.group(1) + "`");
                }
            }
        }
    }
}
