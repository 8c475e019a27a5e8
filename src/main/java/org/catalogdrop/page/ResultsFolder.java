package org.catalogdrop.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.catalogdrop.page.http.PageResponse;

/**
 * The results of a drop, of which a browser may see the files. A name from a browser is compared with those in the folder and never made a path. No
 * link is followed.
 *
 * @param folder the folder
 */
record ResultsFolder(Path folder) {

    private static final String LOCKED =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final Pattern STYLE = Pattern.compile("style-src (?:'|&#39;)(sha256-[A-Za-z0-9+/=]{44})");
    private static final int HEAD = 2048;

    /**
     * Returns the folder with this name in the outbox.
     *
     * @param name the name that the journal has; empty if there is none
     */
    static Optional<ResultsFolder> of(Path outbox, String name) {
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            return Optional.empty();
        }
        Path folder = outbox.resolve(name);
        boolean inside = outbox.equals(folder.getParent())
                && folder.getFileName().toString().equals(name);
        return Optional.of(new ResultsFolder(folder))
                .filter(one -> inside && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS));
    }

    /** Returns its files, by name. */
    List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    /** Returns the file with this name. */
    Optional<Path> file(String name) throws IOException {
        return files().stream()
                .filter(file -> file.getFileName().toString().equals(name))
                .findFirst();
    }

    /** Returns a file as a browser may have it: pages and texts are shown, all others are saved. */
    PageResponse answer(String name) throws IOException {
        Optional<Path> found = file(name);
        if (found.isEmpty()) {
            return PageResponse.missing();
        }
        Path file = found.get();
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (ending) {
            case "html" ->
                new PageResponse.FileContent(file, "text/html; charset=utf-8", policy(file), Optional.empty());
            case "txt" -> new PageResponse.FileContent(file, "text/plain; charset=utf-8", LOCKED, Optional.empty());
            case "json" ->
                new PageResponse.FileContent(file, "application/json; charset=utf-8", LOCKED, Optional.empty());
            default -> new PageResponse.FileContent(file, "application/octet-stream", LOCKED, Optional.of(name));
        };
    }

    /** Returns a policy that allows the page's own style, by the hash that the page itself names. */
    private static String policy(Path page) throws IOException {
        byte[] head = new byte[HEAD];
        int read;
        try (var in = Files.newInputStream(page)) {
            read = in.readNBytes(head, 0, HEAD);
        }
        Matcher style = STYLE.matcher(new String(head, 0, read, StandardCharsets.UTF_8));
        return style.find() ? LOCKED + "; style-src '" + style.group(1) + "'" : LOCKED;
    }
}
