package org.catalogdrop.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.catalogdrop.config.Repeat;
import org.catalogdrop.input.DropInspector;
import org.catalogdrop.journal.DropEntry.State;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.resolve.RecordedSettings;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Checks the files for {@code --results} and {@code --settle}: they must be finished loads. Others would be loaded, which writes.
 *
 * @param place where the journal is
 * @param account the current account; loads for others do not count
 * @param line the command line, for the message
 */
record LoadedBefore(JournalPlace place, RecordedSettings account, CommandLine line) {

    /** @throws ParameterException if a file was not loaded completely */
    void check(List<Path> files, Repeat choice) {
        if (choice == Repeat.AGAIN) {
            return;
        }
        List<DropLine> drops = Journal.drops(place);
        for (Path file : files) {
            String digest = digest(file);
            Optional<DropLine> latest = drops.stream()
                    .filter(drop -> drop.digest().equals(digest))
                    .filter(drop -> account.isSameAccount(RecordedSettings.of(drop.settings())))
                    .reduce((earlier, later) -> later);
            if (latest.filter(drop -> isFinished(drop, choice)).isEmpty()) {
                throw new ParameterException(line, message(file, digest, choice, latest));
            }
        }
    }

    /**
     * Returns whether a drop counts as finished. A look-up of doubts that was stopped is resumed in the same way: its drop is open, but
     * has had results.
     */
    private static boolean isFinished(DropLine drop, Repeat choice) {
        boolean settling = choice == Repeat.SETTLE
                && drop.state() == State.OPEN
                && !drop.folder().isEmpty();
        return drop.state() == State.DONE || settling;
    }

    private String message(Path file, String digest, Repeat choice, Optional<DropLine> latest) {
        String found = latest.map(drop -> switch (drop.state()) {
                    case REFUSED -> "it was refused. 'load' without this option tries it again";
                    default -> "its load was not finished. 'load' without this option resumes it";
                })
                .orElse("the journal in " + place.display() + " has no load of its bytes (SHA-256 "
                        + digest.substring(0, 8)
                        + "…). 'status' shows the loads that it has; 'load' without this option loads the file");
        return "--" + choice.name().toLowerCase(Locale.ROOT) + " is for files that were loaded completely, and " + file
                + " was not: " + found + ". Nothing was sent.";
    }

    private String digest(Path file) {
        try {
            return DropInspector.digest(file);
        } catch (IOException unreadable) {
            throw new ParameterException(line, file + " cannot be read (" + unreadable + "). Nothing was sent.");
        }
    }
}
