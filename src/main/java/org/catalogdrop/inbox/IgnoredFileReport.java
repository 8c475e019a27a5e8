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
 * Reports what lies in the inbox and is not loaded, each file once: which were reported is kept in the state folder, so that a program that
 * is started each minute does not report them each minute. Used by one thread.
 */
public final class IgnoredFileReport {

    private static final Logger LOG = LoggerFactory.getLogger(IgnoredFileReport.class);

    private static final String FILE = "ignored-files.txt";

    /** So many are reported one by one; of more, such as the photos of a folder that is shared, their number says enough. */
    static final int MOST = 20;

    private final Path state;
    private Set<String> reported = Set.of();
    private boolean recalled;

    IgnoredFileReport(Path state) {
        this.state = state;
    }

    /** Returns what is ignored among the files of an inbox, by name. */
    public static List<IgnoredFile> among(List<Path> files) {
        return files.stream()
                .sorted()
                .flatMap(file -> IgnoredFile.of(file).stream())
                .toList();
    }

    /**
     * Reports what is new among the ignored files of the inbox, and returns it. What has left the inbox is forgotten.
     *
     * @param there all that lies in the inbox
     * @param isDrop whether a file is known as a drop, so that it need not be looked at
     */
    List<IgnoredFile> report(List<Path> there, Predicate<Path> isDrop) {
        return report(there, isDrop, List.of());
    }

    /** Returns the same, with files of the folder of the mapping files. */
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

    /** If it cannot be kept, the next start reports them again. */
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
