package org.catalogdrop.report;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catalogdrop.model.Summary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code index.html} of the outbox: one line for each drop, with a field to search. A drop costs one short write at the end of the file,
 * however many there are; that is why the page has no closing tags. The first drop of a process brings it in line with the folders that are
 * there. It is for people alone: no load fails because of it. Safe for many threads. If two processes with one outbox begin at the same
 * moment, a line of one may be missing until the next start, which adds loads again, but no refused drops.
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
    private final Path page;
    private final Function<Path, Summary> summaries;
    private boolean current;
    private String newest = "";

    private interface Entry {
        IndexEntry of();
    }

    /**
     * Makes no page yet.
     *
     * @param outbox the folder that has the results folders
     * @param summaries reads the summary of a results folder
     */
    public OutboxIndex(Path outbox, Function<Path, Summary> summaries) {
        this.outbox = outbox;
        this.page = outbox.resolve(NAME);
        this.summaries = summaries;
    }

    /** Adds a load whose folder is in place. */
    public void add(Summary summary) {
        add(
                summary.drop(),
                () -> IndexEntry.of(summary, Path.of(summary.folder()).resolve(REPORT)));
    }

    /**
     * Adds a refused drop.
     *
     * @param report its page
     */
    public void addRefusal(String drop, String code, Path report) {
        add(
                drop,
                () -> IndexEntry.ofRefusal(
                        drop, code, Instant.now(), outbox.toAbsolutePath().relativize(report.toAbsolutePath())));
    }

    private synchronized void add(String drop, Entry entry) {
        try {
            IndexEntry line = entry.of();
            if (line.link().equals(newest)) {
                // A refused drop that cannot be moved is refused again and again.
                return;
            }
            if (current && Files.exists(page)) {
                Files.writeString(page, text(line), StandardOpenOption.APPEND);
            } else {
                renew(line);
                current = true;
            }
            newest = line.link();
        } catch (IOException | RuntimeException fault) {
            LOG.warn(
                    "{} cannot be written ({}), so it lacks a line for {}. The results themselves are complete.",
                    page,
                    fault.toString(),
                    DisplayText.of(drop));
        }
    }

    /** Writes the page again: without drops that are gone, with those it does not have. Only the links are in memory. */
    private void renew(IndexEntry line) throws IOException {
        Path part = page.resolveSibling("." + NAME + ".part");
        Set<String> links = new HashSet<>();
        links.add(line.link());
        try (BufferedWriter to = Files.newBufferedWriter(part)) {
            String empty = Pages.draw("index.jte", Map.of("style", Pages.STYLE, "script", SCRIPT));
            to.write(empty.substring(0, empty.indexOf("</tbody>")));
            if (Files.exists(page)) {
                copyLines(links, to);
            }
            addFolders(links, to);
            to.write(text(line));
        }
        Files.move(part, page, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private void copyLines(Set<String> links, BufferedWriter to) throws IOException {
        try (BufferedReader from = Files.newBufferedReader(page)) {
            for (String text = from.readLine(); text != null; text = from.readLine()) {
                Matcher line = LINE.matcher(text);
                if (line.matches() && isThere(line.group(1)) && links.add(line.group(1))) {
                    to.write(text + "\n");
                }
            }
        }
    }

    private void addFolders(Set<String> links, BufferedWriter to) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(outbox, "[!.]*")) {
            for (Path folder : folders) {
                Path report = folder.getFileName().resolve(REPORT);
                if (Files.exists(folder.resolve(REPORT)) && links.add(RelativeAddress.of(report))) {
                    try {
                        to.write(text(IndexEntry.of(summaries.apply(folder), report)));
                    } catch (RuntimeException changed) {
                        LOG.warn("{} is not listed in {}: {}", folder, page, changed.getMessage());
                    }
                }
            }
        }
    }

    private boolean isThere(String link) {
        try {
            return Files.exists(outbox.resolve(RelativeAddress.path(link)));
        } catch (IllegalArgumentException changedByHand) {
            return false;
        }
    }

    private static String text(IndexEntry entry) {
        return Pages.draw("index-line.jte", Map.of("entry", entry)).strip() + "\n";
    }
}
