package org.catalogdrop.cli.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.catalogdrop.config.Settings;
import org.catalogdrop.inbox.DropFiles;
import org.catalogdrop.inbox.InboxMark;
import org.catalogdrop.journal.handover.HandedFile;
import org.catalogdrop.journal.handover.OriginBox;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.model.Times;

/**
 * What is on its way between the machines of an account.
 *
 * @param files the files in the database
 * @param tooLarge files of this machine's inbox for which there is no room
 * @param limit the most bytes that wait there
 */
public record HandoverStatus(List<HandedFile> files, List<Path> tooLarge, long limit) {

    /** Nothing is handed over. */
    static final HandoverStatus NONE = new HandoverStatus(List.of(), List.of(), 0);

    /** Returns what is on its way; nothing if files are not handed over. */
    public static HandoverStatus of(Settings.Folders folders) throws IOException {
        if (folders.handover().isEmpty() || !(folders.journal() instanceof JournalPlace.Postgres place)) {
            return NONE;
        }
        Optional<OriginBox> opened = OriginBox.open(place);
        if (opened.isEmpty()) {
            return NONE;
        }
        long limit = folders.handover().get().limit();
        try (OriginBox box = opened.get()) {
            String inbox = InboxMark.read(folders.inbox());
            List<HandedFile> files = box.all();
            Set<String> names = files.stream()
                    .filter(file -> file.inbox().equals(inbox))
                    .map(HandedFile::name)
                    .collect(Collectors.toSet());
            long room = limit - box.used(inbox);
            List<Path> tooLarge = new ArrayList<>();
            for (Path drop : DropFiles.drops(folders.inbox())) {
                if (!names.contains(drop.getFileName().toString()) && Files.size(drop) > room) {
                    tooLarge.add(drop);
                }
            }
            return new HandoverStatus(files, tooLarge, limit);
        }
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        files.forEach(file -> lines.add(
                file.name() + " from " + file.place() + " " + state(file) + ", since " + Times.of(file.handedAt())));
        tooLarge.forEach(drop -> lines.add(drop.getFileName()
                + " waits in the inbox: with it, more than drop.handover-limit (" + limit
                + " bytes) would wait in the database"));
        return lines;
    }

    private static String state(HandedFile file) {
        return switch (file.state()) {
            case COMING -> "is being stored in the database";
            case WAITING -> "is in the database and waits for the owner";
            case LOADING -> "is in the database; its load has begun";
            case ENDED -> "is loaded; the results wait in the database for that machine";
        };
    }

    List<Map<String, Object>> json() {
        List<Map<String, Object>> json = new ArrayList<>();
        for (HandedFile file : files) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("file", file.name());
            one.put("from", file.place());
            one.put("bytes", file.size());
            one.put("digest", file.digest());
            one.put("state", file.state().word());
            one.put("since", file.handedAt().toString());
            json.add(one);
        }
        return json;
    }
}
