package org.catalogdrop.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A Markdown file of the project, for the tests that hold the documents to the code. */
public record Document(Path path, List<String> lines) {

    public static Document of(String name) throws IOException {
        Path path = Path.of(name);
        return new Document(path, Files.readAllLines(path));
    }

    /** README, CHANGELOG, CONTRIBUTING, SECURITY and all of docs/. */
    static List<Document> all() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            Stream<Path> top = Stream.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")
                    .map(Path::of);
            List<Path> paths = Stream.concat(top, docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList();
            return paths.stream().map(Document::read).toList();
        }
    }

    private static Document read(Path path) {
        try {
            return of(path.toString());
        } catch (IOException fault) {
            throw new java.io.UncheckedIOException(fault);
        }
    }

    /** The lines under a heading, up to the next one. */
    public List<String> section(String heading) {
        List<String> after =
                lines.stream().dropWhile(line -> !line.equals("## " + heading)).toList();
        return after.stream().skip(1).takeWhile(line -> !line.startsWith("## ")).toList();
    }

    /** The cells of the table rows under a heading, without the back quotes around them; heading rows left out. */
    public List<List<String>> table(String heading) {
        return section(heading).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> Arrays.stream(line.substring(1).split("(?<!\\\\)\\|"))
                        .map(cell -> cell.strip().replaceFirst("^`([^`]*)`$", "$1"))
                        .toList())
                .toList();
    }
}
