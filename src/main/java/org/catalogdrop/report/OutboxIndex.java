package org.catalogdrop.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catalogdrop.model.Summary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code index.html} of the outbox: one line for each drop, with a search field. A drop costs one short write at the end of the file,
 * however many there are; that is why the page has no closing tags. The first drop of a process updates it to the folders that exist. It
 * is for people alone: no load fails because of it. Safe for many threads, and for several processes with one outbox.
 */
public final class OutboxIndex {

    /** The name of the page. */
    public static final String NAME = "index.html";

    /** The page of a drop in its folder. */
    public static final String REPORT = "report.html";

    private static final Logger LOG = LoggerFactory.getLogger(OutboxIndex.class);

    private static final InlineText SCRIPT = InlineText.read("/catalog-drop/index.js");

    private static final Pattern LINE = Pattern.compile("<tr class=\"\\w+\"><td><a href=\"([^\"]*)\">.*");

    private final Path outbox;
    private final Function<Path, Summary> summaries;
    private boolean current;

    /**
     * Makes no page yet.
     *
     * @param outbox the folder that has the results folders
     * @param summaries reads the summary of a results folder
     */
    public OutboxIndex(Path outbox, Function<Path, Summary> summaries) {
        this.outbox = outbox;
        this.summaries = summaries;
    }

    /** Adds a load whose folder is in place. */
    public void add(Summary summary) {
        Path folder = Path.of(summary.folder());
        add(IndexEntry.of(summary, folder.resolve(REPORT)));
    }

    /**
     * Adds a refused drop.
     *
     * @param report its page
     */
    public void addRefusal(String drop, String code, Path report) {
        add(IndexEntry.ofRefusal(
                drop, code, Instant.now(), outbox.toAbsolutePath().relativize(report.toAbsolutePath())));
    }

    private synchronized void add(IndexEntry entry) {
        Path page = outbox.resolve(NAME);
        try {
            if (!current || !Files.exists(page)) {
                renew(page, entry);
                current = true;
            } else {
                Files.writeString(page, line(entry), StandardOpenOption.APPEND);
            }
        } catch (IOException | RuntimeException fault) {
            LOG.warn(
                    "{} cannot be written ({}), so it lacks a line for {}. The results themselves are complete.",
                    page,
                    fault.toString(),
                    entry.drop());
        }
    }

    /** Writes the page again: without drops that are gone, with those that it does not have. */
    private void renew(Path page, IndexEntry newest) throws IOException {
        Map<String, String> lines = Files.exists(page) ? lines(page) : new LinkedHashMap<>();
        lines.keySet().removeIf(link -> !isThere(link));
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(outbox, "[!.]*")) {
            for (Path folder : folders) {
                String link = RelativeAddress.of(Path.of(folder.getFileName().toString(), REPORT));
                if (!lines.containsKey(link) && !link.equals(newest.link()) && Files.exists(folder.resolve(REPORT))) {
                    lines.put(
                            link,
                            line(IndexEntry.of(
                                    summaries.apply(folder),
                                    folder.getFileName().resolve(REPORT))));
                }
            }
        }
        lines.put(newest.link(), line(newest));
        String empty = Pages.draw("index.jte", Map.of("style", Pages.STYLE, "script", SCRIPT));
        String head = empty.substring(0, empty.indexOf("</tbody>"));
        Path part = page.resolveSibling("." + NAME + ".part");
        Files.writeString(part, head + String.join("", lines.values()));
        Files.move(part, page, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Map<String, String> lines(Path page) throws IOException {
        Map<String, String> lines = new LinkedHashMap<>();
        for (String text : Files.readString(page, StandardCharsets.UTF_8).split("\n", -1)) {
            Matcher line = LINE.matcher(text);
            if (line.matches()) {
                lines.put(line.group(1), text + "\n");
            }
        }
        return lines;
    }

    private boolean isThere(String link) {
        return Files.exists(outbox.resolve(RelativeAddress.path(link)));
    }

    private static String line(IndexEntry entry) {
        return Pages.draw("index-line.jte", Map.of("entry", entry)).strip() + "\n";
    }
}
