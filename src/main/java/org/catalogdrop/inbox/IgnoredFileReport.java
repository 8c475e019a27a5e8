package org.catalogdrop.inbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.catalogdrop.model.SafeText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports files in the inbox that are not loaded, each file once. The state folder keeps which were reported, so that a program that is
 * started each minute does not report them each minute. Used by one thread.
 */
public final class IgnoredFileReport {

    private static final Logger LOG = LoggerFactory.getLogger(IgnoredFileReport.class);

    private static final String FILE = "ignored-files.txt";

    /**
     * The number of files that are reported one by one. If there are more, such as the photos of a shared folder, only their number is
     * reported.
     */
    static final int MOST = 20;

    private final Path state;
    private Set<String> reported = Set.of();
    private boolean recalled;

    IgnoredFileReport(Path state) {
        this.state = state;
    }

    /** Returns the ignored files among the files of an inbox, by name. */
    public static List<IgnoredFile> among(List<Path> files) {
        return files.stream()
                .sorted()
                .flatMap(file -> IgnoredFile.of(file).stream())
                .toList();
    }

    /**
     * Reports new ignored files of the inbox, and returns them. Files that have left the inbox are forgotten.
     *
     * @param there all files in the inbox
     * @param isDrop whether a file is known as a drop, so that it need not be checked
     */
    List<IgnoredFile> report(List<Path> there, Predicate<Path> isDrop) {
        return report(there, isDrop, List.of());
    }

    /** Reports new ignored files of the inbox and of the folder of mapping files, and returns them. */
    List<IgnoredFile> report(List<Path> there, Predicate<Path> isDrop, List<IgnoredFile> mappings) {
        recall();
        Set<String> names = new LinkedHashSet<>();
        there.forEach(file -> names.add(key(file)));
        mappings.forEach(file -> names.add(key(file.path())));
        Set<String> known = new TreeSet<>(reported);
        known.retainAll(names);
        List<IgnoredFile> fresh = new ArrayList<>(among(there.stream()
                .filter(file -> !isDrop.test(file) && !known.contains(key(file)))
                .toList()));
        mappings.stream().filter(file -> !known.contains(key(file.path()))).forEach(fresh::add);
        fresh.stream()
                .limit(MOST)
                .forEach(file -> LOG.warn(
                        "{}: ignored. It stays in {}. {}",
                        file.name(),
                        file.path().getParent(),
                        file.advice()));
        if (fresh.size() > MOST) {
            LOG.warn(
                    "{} more files of the inbox are ignored, such as {}.",
                    fresh.size() - MOST,
                    fresh.get(MOST).name());
        }
        fresh.forEach(file -> known.add(key(file.path())));
        if (!known.equals(reported)) {
            reported = known;
            keep();
        }
        return fresh;
    }

    private static String key(Path file) {
        return SafeText.of(file.getFileName().toString());
    }

    private void recall() {
        if (recalled) {
            return;
        }
        recalled = true;
        try {
            reported = new TreeSet<>(Files.readAllLines(state.resolve(FILE), StandardCharsets.UTF_8));
        } catch (IOException none) {
            reported = new TreeSet<>();
        }
    }

    /** Keeps which files were reported. If that fails, the next start reports them again. */
    private void keep() {
        Path part = state.resolve(FILE + ".part");
        try {
            Files.write(part, reported, StandardCharsets.UTF_8);
            Files.move(part, state.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException notNow) {
            LOG.debug("{} cannot be written", part, notNow);
        }
    }
}
