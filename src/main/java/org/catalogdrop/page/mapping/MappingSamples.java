package org.catalogdrop.page.mapping;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catalogdrop.config.Settings;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.journal.DropSearch;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.mapping.draft.MappingDraft;
import org.catalogdrop.mapping.rule.DropPatterns;
import org.catalogdrop.mapping.yaml.MappingParser;
import org.catalogdrop.model.Account;
import org.catalogdrop.page.http.ShownText;
import org.catalogdrop.page.upload.StoredUpload;
import org.catalogdrop.page.upload.Uploads;
import org.catalogdrop.preview.DropSample;
import org.catalogdrop.report.DisplayText;
import org.catalogdrop.resolve.RecordedSettings;

/** Finds the files on which a mapping can be tried: what was loaded with it, and what was brought. Safe for many threads. */
final class MappingSamples {

    private static final int SEARCHED = 200;
    private static final int LOADED = 5;
    private static final int DRAFTS = 5;
    private static final Pattern DROP = Pattern.compile("drop-(\\d{1,18})");

    private final JournalPlace place;
    private final Settings.Drops drops;
    private final Uploads uploads;
    private final Map<Key, MappingDraft> drafts = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, MappingDraft> eldest) {
            return size() > DRAFTS;
        }
    };

    /** A state of a file and the list whose fields its columns are compared with. */
    private record Key(Path file, long size, long changed, Account.Catalog list) {}

    MappingSamples(JournalPlace place, Settings.Drops drops, Uploads uploads) {
        this.place = place;
        this.drops = drops;
        this.uploads = uploads;
    }

    /** Returns the latest drops, the newest first. */
    List<DropLine> latest() {
        return Journal.search(place, new DropSearch("", DropSearch.Kind.ALL, Long.MAX_VALUE, SEARCHED));
    }

    /** Returns whether a drop was read by a mapping file. */
    static boolean isReadBy(String mapping, DropLine drop) {
        return RecordedSettings.of(drop.settings()).mapping().startsWith(mapping + "@");
    }

    /** Returns the files for a mapping file: drops that used it and are where they were put, the latest first, then what was brought. */
    List<MappingSample> of(String mapping, String text) {
        Optional<DropPatterns> names = MappingParser.globs(mapping, text.getBytes(StandardCharsets.UTF_8));
        List<MappingSample> samples = new ArrayList<>();
        for (DropLine drop : latest()) {
            if (samples.size() < LOADED
                    && samples.stream().noneMatch(one -> one.name().equals(drop.name()))
                    && isReadBy(mapping, drop)) {
                sample(drop).ifPresent(samples::add);
            }
        }
        uploads.all().stream()
                .filter(upload -> names.map(one -> one.fits(upload.name())).orElse(true))
                .map(MappingSamples::sample)
                .forEach(samples::add);
        return samples;
    }

    /** Returns a file by its id; empty if it is not there any more. */
    Optional<MappingSample> find(String id) {
        Matcher drop = DROP.matcher(id);
        return drop.matches()
                ? Journal.find(place, Long.parseLong(drop.group(1))).flatMap(MappingSamples::sample)
                : uploads.find(id).map(MappingSamples::sample);
    }

    private static Optional<MappingSample> sample(DropLine drop) {
        return drop.place()
                .map(Path::of)
                .filter(Files::isRegularFile)
                .map(file -> new MappingSample(
                        "drop-" + drop.id(),
                        drop.name(),
                        file,
                        ShownText.of(drop.name()) + ", loaded " + DisplayText.of(drop.entered())));
    }

    static MappingSample sample(StoredUpload upload) {
        return new MappingSample(
                upload.id(),
                upload.name(),
                upload.file(),
                ShownText.of(upload.name()) + ", brought and not loaded yet");
    }

    /**
     * Returns what a mapping file for a sample could be.
     *
     * @throws org.catalogdrop.model.DropRefused if the file cannot be a drop
     */
    MappingDraft draft(MappingSample sample, Account.Catalog list) throws IOException {
        Path file = sample.file();
        Key key =
                new Key(file, Files.size(file), Files.getLastModifiedTime(file).toMillis(), list);
        synchronized (drafts) {
            if (drafts.containsKey(key)) {
                return drafts.get(key);
            }
        }
        MappingDraft draft = DropSample.read(file, sample.name(), drops).draft(list, id -> false);
        synchronized (drafts) {
            drafts.put(key, draft);
        }
        return draft;
    }
}
