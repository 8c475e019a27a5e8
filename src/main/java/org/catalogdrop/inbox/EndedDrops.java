package org.catalogdrop.inbox;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.catalogdrop.config.Settings;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;
import org.catalogdrop.results.NextStep;
import org.catalogdrop.results.OutboxReports;
import org.catalogdrop.results.OutputPlaces;

/** Puts the files of drops away whose load has ended. Stateless. */
public final class EndedDrops {

    private EndedDrops() {}

    /**
     * Moves a drop to the archive or, if it was refused, to the refused drops with the reason.
     *
     * @param nextStep returns the command that helps
     * @param reports writes the pages for people
     * @param announced is called with each place before the file is moved there
     * @return where the file is now, or would be if it still existed
     */
    public static Path move(
            Path drop,
            Optional<Problem> refusal,
            Settings.Folders folders,
            NextStep nextStep,
            OutboxReports reports,
            Consumer<Path> announced)
            throws IOException {
        String name = drop.getFileName().toString();
        Path folder = refusal.isPresent() ? folders.refused() : folders.archive();
        while (true) {
            Path place = OutputPlaces.free(folder, name);
            if (refusal.isPresent()) {
                Problem why = refusal.get();
                String next = nextStep.after(why.code(), place) + " " + toLoad(why.code(), folders.inbox());
                String placed = place.getFileName().toString();
                Path reason = OutputPlaces.reason(folder, placed, name, why, next.strip());
                reports.writeRefusal(reason, placed, name, why, next.strip());
                if (Files.notExists(drop, LinkOption.NOFOLLOW_LINKS)) {
                    return place;
                }
            }
            try {
                announced.accept(place);
                OutputPlaces.move(drop, place);
                return place;
            } catch (FileAlreadyExistsException taken) {
                if (!Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
                    throw taken;
                }
            }
        }
    }

    private static String toLoad(Code code, Path inbox) {
        return code == Code.ALREADY_LOADED || code == Code.ABANDONED
                ? "If there is nothing more to load, delete the file and this .reason.txt."
                : "When the cause is fixed, move the file into " + inbox + " and delete this .reason.txt.";
    }
}
