package org.catalogdrop.verify;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.catalogdrop.config.Settings;
import org.catalogdrop.input.DropInspector;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Marker;
import org.catalogdrop.model.ResultsVerdict;
import org.catalogdrop.model.Summary;
import org.catalogdrop.resolve.FormatCodec;
import org.catalogdrop.resolve.MappingResolver;
import org.catalogdrop.resolve.RecordedSettings;
import org.catalogdrop.resolve.ResolvedMapping;
import org.catalogdrop.results.Summaries;

/** The check of the results of one load. The lists of the account, if it is checked too, are read by the caller. Used by one thread. */
public final class ResultsCheck implements Closeable {

    private final Path folder;
    private final Summary summary;
    private final String loadedTo;
    private final boolean account;
    private final Optional<Marker> marker;
    private final SentValues sent;
    private final Verification verification;

    private ResultsCheck(
            Path folder,
            Summary summary,
            String loadedTo,
            boolean account,
            Optional<Marker> marker,
            SentValues sent,
            Verification verification) {
        this.folder = folder;
        this.summary = summary;
        this.loadedTo = loadedTo;
        this.account = account;
        this.marker = marker;
        this.sent = sent;
        this.verification = verification;
    }

    /**
     * Compares results with their drop.
     *
     * @param folder the folder of the results
     * @param file the file of the drop; empty for the place where it was last, or the archive
     * @param account whether the account will be compared too
     * @throws IllegalArgumentException if there is nothing to begin with: no results, no drop, or another account
     */
    public static ResultsCheck begin(
            Settings.Api api,
            Settings.Drops drops,
            Settings.Folders folders,
            Path folder,
            Optional<Path> file,
            boolean account)
            throws IOException {
        if (!Files.exists(folder.resolve("summary.json"))) {
            throw new IllegalArgumentException(
                    folder + (Files.isDirectory(folder) ? " has no summary.json" : " is not a folder")
                            + "; name the folder of a finished load in the outbox");
        }
        Summary summary = Summaries.read(folder);
        Optional<DropLine> line = MappingResolver.line(folders.journal(), summary);
        String loadedTo = loadedTo(summary, line);
        if (account && !loadedTo.isEmpty() && !loadedTo.equals(RecordedSettings.host(api))) {
            throw new IllegalArgumentException(
                    folder + " was loaded to " + loadedTo + ", and kommo.base-url names "
                            + RecordedSettings.host(api)
                            + ". Nothing was read. Set kommo.base-url to that account, or check the results without the account.");
        }
        ResolvedMapping meaning = MappingResolver.ofResults(folders.journal(), summary, api.catalogId());
        DropInspector inspector = new DropInspector(
                drops.limits(),
                meaning.columns(),
                FormatCodec.expected(drops.expected(), meaning.csv(), meaning.table()));
        Drop found = drop(folders.archive(), file, summary, inspector, line);
        Drop drop = line.map(one -> RecordedSettings.of(one.settings()))
                .map(begun -> FormatCodec.numbered(found, begun.readAs()))
                .orElse(found);
        Optional<Marker> marker = line.flatMap(one -> Journal.marker(folders.journal(), one.id()));
        SentValues sent = new SentValues();
        try {
            Verification verification =
                    new Verification(summary, meaning, marker, account ? Optional.of(sent) : Optional.empty());
            verification.compare(folder, drop, drops.limits());
            return new ResultsCheck(folder, summary, loadedTo, account, marker, sent, verification);
        } catch (IOException | RuntimeException fault) {
            sent.close();
            throw fault;
        }
    }

    private static String loadedTo(Summary summary, Optional<DropLine> line) {
        return Optional.of(summary.target().account())
                .filter(known -> !known.isEmpty())
                .or(() ->
                        line.flatMap(one -> RecordedSettings.of(one.settings()).account()))
                .orElse("");
    }

    private static Drop drop(
            Path archive, Optional<Path> file, Summary summary, DropInspector drops, Optional<DropLine> line)
            throws IOException {
        if (file.isPresent() && !Files.isRegularFile(file.get())) {
            throw new IllegalArgumentException(file.get() + " does not exist or is not a file");
        }
        if (file.isPresent()) {
            return drops.identify(file.get(), summary.drop());
        }
        Optional<Drop> known = line.flatMap(DropLine::place)
                .map(Path::of)
                .filter(Files::isRegularFile)
                .flatMap(place -> identify(place, summary, drops))
                .filter(drop -> drop.digest().equals(summary.digest()));
        return known.isPresent() ? known.get() : archived(archive, summary, drops);
    }

    /** Returns the drop from the archive. If it has several of one name, the digest decides. */
    private static Drop archived(Path archive, Summary summary, DropInspector drops) throws IOException {
        String stem = summary.drop().replaceFirst("\\..*", "");
        if (Files.isDirectory(archive)) {
            try (Stream<Path> files = Files.list(archive)) {
                for (Path candidate : files.filter(
                                path -> path.getFileName().toString().startsWith(stem))
                        .sorted()
                        .toList()) {
                    Optional<Drop> drop = identify(candidate, summary, drops);
                    if (drop.isPresent() && drop.get().digest().equals(summary.digest())) {
                        return drop.get();
                    }
                }
            }
        }
        throw new IllegalArgumentException("the drop of these results (" + summary.drop() + ", SHA-256 "
                + summary.digest() + ") is not in " + archive + ". Name its file.");
    }

    /** Returns the drop; empty if the file cannot have its format. */
    private static Optional<Drop> identify(Path candidate, Summary summary, DropInspector drops) {
        try {
            return Optional.of(drops.identify(candidate, summary.drop()));
        } catch (DropRefused other) {
            return Optional.empty();
        }
    }

    /** Returns the lists whose elements must be given to {@link #seen}; none if the account is not checked. */
    public Set<Long> catalogs() {
        return account ? verification.catalogs() : Set.of();
    }

    /** Compares an element of the account. */
    public void seen(Element element) {
        verification.seen(element);
    }

    /** Returns the verdict. Call it when all lists were read. */
    public ResultsVerdict verdict() {
        if (account) {
            verification.allSeen();
        }
        List<String> faults = List.copyOf(verification.faults());
        return new ResultsVerdict(
                folder,
                summary,
                loadedTo,
                account,
                account ? marker.map(one -> verification.proven()) : Optional.empty(),
                account ? verification.differing() : 0,
                faults);
    }

    @Override
    public void close() throws IOException {
        sent.close();
    }
}
