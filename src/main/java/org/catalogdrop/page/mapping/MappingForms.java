package org.catalogdrop.page.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.catalogdrop.config.Settings;
import org.catalogdrop.mapping.MappingRefused;
import org.catalogdrop.mapping.draft.MappingDraft;
import org.catalogdrop.mapping.edit.MappingText;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.DropHeld;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.page.http.BrowserRequest;
import org.catalogdrop.page.http.FolderFault;
import org.catalogdrop.page.http.PageResponse;
import org.catalogdrop.page.http.ShownText;
import org.catalogdrop.page.http.Templates;
import org.catalogdrop.page.upload.StoredUpload;
import org.catalogdrop.page.upload.Uploads;
import org.catalogdrop.preview.MappingForm;
import org.catalogdrop.preview.MappingFormEdit;
import org.catalogdrop.preview.MappingTrial;
import org.catalogdrop.resolve.MappingFolder;
import org.catalogdrop.results.file.Disk;

/**
 * Shows a mapping file as a form or as text, tries it on a file, and saves it. A file that somebody else has changed meanwhile is never
 * overwritten. Safe for many threads.
 */
public final class MappingForms {

    private static final int ROWS = 10;
    private static final String SCHEMA = "mapping.schema.json";
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Settings.Api api;
    private final Path folder;
    private final Supplier<Account> account;
    private final MappingSamples samples;
    private final MappingTrial trial;

    /**
     * Makes the forms of a loader.
     *
     * @param account returns what is known of the account
     */
    public MappingForms(
            Settings.Api api,
            Settings.Folders folders,
            Settings.Drops drops,
            Uploads uploads,
            Supplier<Account> account) {
        this.api = api;
        this.folder = folders.mappings();
        this.account = account;
        this.samples = new MappingSamples(folders.journal(), drops, uploads);
        this.trial = new MappingTrial(api.catalogId(), drops, folders);
    }

    MappingSamples samples() {
        return samples;
    }

    /** Shows the mapping file for a file that was brought, or a draft of one. */
    public PageResponse show(StoredUpload upload, BrowserRequest request) throws IOException {
        String back = "/bring/" + upload.id();
        try {
            return page(begun(upload, request), request, List.of());
        } catch (MappingRefused refused) {
            return PageResponse.failed(back, "This file has no form: " + String.join(" ", refused.faults()));
        } catch (DropRefused | DropHeld refused) {
            return PageResponse.failed(back, refused.getMessage());
        }
    }

    private static MappingEditing.Place place(StoredUpload upload) {
        return new MappingEditing.Place("/bring/" + upload.id() + "/mapping", "/bring/" + upload.id(), true);
    }

    private MappingEditing begun(StoredUpload upload, BrowserRequest request) throws IOException, MappingRefused {
        List<String> fit = new MappingFolder(folder).namesFor(upload.name());
        Optional<MappingSample> sample = Optional.of(MappingSamples.sample(upload));
        if (fit.size() > 1) {
            throw new MappingRefused(List.of("several mapping files are for this name: " + String.join(", ", fit)
                    + ". Narrow 'drops' of one of them under Mapping."));
        }
        if (fit.isEmpty()) {
            long wanted = request.number("list", 0, 1, Integer.MAX_VALUE);
            MappingDraft draft = samples.draft(sample.get(), list(wanted, ""));
            return new MappingEditing(place(upload), draftName(upload), "", draft.text(), sample);
        }
        byte[] content = Files.readAllBytes(folder.resolve(fit.get(0)));
        return new MappingEditing(place(upload), fit.get(0), MappingEditing.digest(content), text(content), sample);
    }

    private static String draftName(StoredUpload upload) {
        return upload.name().replaceFirst("(?i)(\\.[a-z]+)(\\.gz)?$", "") + ".yaml";
    }

    /** Shows a mapping file. */
    PageResponse show(MappingEditing.Place place, MappingFolder.RawFile file, BrowserRequest request)
            throws IOException {
        String text = text(file.content());
        Optional<MappingSample> sample = request.query("sample").isPresent()
                ? samples.find(request.query("sample").orElse(""))
                : samples.of(file.name(), text).stream().findFirst();
        return page(
                new MappingEditing(place, file.name(), MappingEditing.digest(file.content()), text, sample),
                request,
                List.of());
    }

    private static String text(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    /** Returns the list that was chosen, or that the mapping file or the settings name, or the first one. */
    private Account.Catalog list(long wanted, String named) {
        List<Account.Catalog> lists = account.get().catalogs();
        long preset = api.catalogId().orElse(0);
        return lists.stream()
                .filter(one -> one.id() == wanted)
                .findFirst()
                .or(() -> lists.stream()
                        .filter(one -> one.name().equalsIgnoreCase(named.strip())
                                || Long.toString(one.id()).equals(named.strip()))
                        .findFirst())
                .or(() -> lists.stream().filter(one -> one.id() == preset).findFirst())
                .or(() -> lists.stream().findFirst())
                .orElse(new Account.Catalog(preset, "", List.of()));
    }

    /** Takes the form for a file that was brought, of which {@code saved} is told. */
    public PageResponse act(StoredUpload upload, BrowserRequest request, Runnable saved) throws IOException {
        List<String> fit = new MappingFolder(folder).namesFor(upload.name());
        boolean isNew = request.form("saved").orElse("").isEmpty();
        return act(isNew || fit.isEmpty() ? draftName(upload) : fit.get(0), place(upload), request, saved);
    }

    /** Takes the form of a mapping file. */
    PageResponse act(String file, MappingEditing.Place place, BrowserRequest request, Runnable saved)
            throws IOException {
        Map<String, String> posted = new LinkedHashMap<>();
        request.form().forEach((name, values) -> posted.put(name, values.get(0)));
        String what = posted.getOrDefault("do", "");
        MappingEditing before = new MappingEditing(
                place,
                file,
                posted.getOrDefault("saved", ""),
                MappingEditing.decoded(posted.getOrDefault("text", "")),
                samples.find(posted.getOrDefault("sample", "")));
        try {
            MappingEditing after = before.with(changed(before, posted));
            if (what.equals("try")) {
                return part(trial(after));
            }
            if (what.equals("save")) {
                return saveOrSay(after, request, saved);
            }
            boolean isOther = posted.containsKey("other");
            return page(isOther ? after.with(samples.find(posted.get("other"))) : after, request, List.of());
        } catch (MappingRefused refused) {
            return what.equals("try")
                    ? part(new TrialView(
                            ShownText.of(refused.faults()), List.of(), List.of(), "This change cannot be made here."))
                    : page(before, request, refused.faults());
        }
    }

    private static PageResponse part(TrialView view) {
        return new PageResponse.Text(200, "text/html", Templates.part("page/trial.jte", view));
    }

    private String changed(MappingEditing editing, Map<String, String> posted) throws MappingRefused, IOException {
        String written = posted.get("written");
        if (written != null) {
            String plain = written.replace("\r\n", "\n");
            return editing.text().contains("\r\n") ? plain.replace("\n", "\r\n") : plain;
        }
        MappingText text = MappingText.of(editing.file(), editing.text());
        Account.Catalog list = list(0, text.value("catalog").orElse(""));
        return MappingFormEdit.apply(text, MappingForm.of(text, draft(editing, list), list), posted, list)
                .text();
    }

    private MappingDraft draft(MappingEditing editing, Account.Catalog list) throws IOException {
        if (editing.sample().isPresent()) {
            try {
                return samples.draft(editing.sample().get(), list);
            } catch (DropRefused | DropHeld unreadable) {
                // The trial says why, and the form shows what the mapping file has.
            }
        }
        return new MappingDraft(editing.file(), list, List.of());
    }

    private TrialView trial(MappingEditing editing) {
        return editing.sample()
                .map(sample -> TrialView.of(
                        trial.of(editing.file(), editing.text(), sample.file(), sample.name(), account.get(), ROWS)))
                .orElseGet(() -> TrialView.untried(trial.check(editing.file(), editing.text(), account.get())));
    }

    private PageResponse page(MappingEditing editing, BrowserRequest request, List<String> faults) throws IOException {
        return page(editing, request, faults, "");
    }

    private PageResponse page(MappingEditing editing, BrowserRequest request, List<String> faults, String present)
            throws IOException {
        Optional<MappingForm> form = Optional.empty();
        String noForm = "";
        Account.Catalog list = list(0, "");
        try {
            MappingText text = MappingText.of(editing.file(), editing.text());
            list = list(0, text.value("catalog").orElse(""));
            boolean asText = request.form("do").orElse("").equals("text")
                    || (request.form("written").isPresent()
                            && !request.form("do").orElse("").equals("form"));
            form = asText ? Optional.empty() : Optional.of(MappingForm.of(text, draft(editing, list), list));
        } catch (MappingRefused refused) {
            noForm = String.join(" ", refused.faults());
        }
        boolean ofUpload = editing.place().ofUpload();
        List<MappingSample> others = ofUpload ? List.of() : samples.of(editing.file(), editing.text());
        return PageResponse.view(
                ofUpload
                        ? "Mapping of "
                                + ShownText.of(editing.sample()
                                        .map(MappingSample::name)
                                        .orElse(""))
                        : "Mapping file " + ShownText.of(editing.file()),
                "page/mapping.jte",
                new MappingView(
                        editing.place().address(),
                        ofUpload ? editing.place().back() : "/mappings",
                        ofUpload ? "Back to the file" : "All mapping files",
                        ofUpload,
                        ShownText.of(editing.file()),
                        editing.isNew(),
                        editing.saved(),
                        editing.encoded(),
                        account.get().catalogs().stream()
                                .map(one -> new MappingView.ListChoice(one.id(), ShownText.of(one.name())))
                                .toList(),
                        list.id(),
                        choices(others, editing.sample()),
                        editing.sample().map(MappingSample::id).orElse(""),
                        form,
                        noForm,
                        faults,
                        present,
                        trial(editing),
                        editing.text()));
    }

    private static List<MappingView.SampleChoice> choices(List<MappingSample> others, Optional<MappingSample> sample) {
        LinkedHashMap<String, MappingView.SampleChoice> choices = new LinkedHashMap<>();
        sample.ifPresent(one -> choices.put(one.id(), new MappingView.SampleChoice(one.id(), one.words())));
        others.forEach(one -> choices.putIfAbsent(one.id(), new MappingView.SampleChoice(one.id(), one.words())));
        return List.copyOf(choices.values());
    }

    private PageResponse saveOrSay(MappingEditing editing, BrowserRequest request, Runnable saved) throws IOException {
        try {
            return save(editing, request, saved);
        } catch (IOException fault) {
            return page(editing, request, List.of(FolderFault.words(folder, fault)));
        }
    }

    private PageResponse save(MappingEditing editing, BrowserRequest request, Runnable saved) throws IOException {
        TrialView tried = trial(editing);
        if (!tried.faults().isEmpty()) {
            return page(editing, request, List.of("Not saved, because the mapping cannot be used yet."));
        }
        Files.createDirectories(folder);
        Path named = folder.resolve(editing.file());
        if (editing.isNew()) {
            return write(editing, named)
                    ? saved(editing, saved)
                    : page(editing, request, List.of("Not saved, because " + named + " exists already."));
        }
        if (Files.notExists(named)) {
            return page(
                    new MappingEditing(editing.place(), editing.file(), "", editing.text(), editing.sample()),
                    request,
                    List.of(
                            "Not saved, because somebody has removed the file meanwhile. Save it again to write it anew."));
        }
        byte[] present = Files.readAllBytes(named);
        if (!MappingEditing.digest(present).equals(editing.saved())) {
            return page(
                    editing,
                    request,
                    List.of("Not saved, because somebody has changed the file meanwhile. Both texts are below."),
                    text(present));
        }
        // What a link leads to is replaced, not the link.
        return write(editing, named.toRealPath()) ? saved(editing, saved) : PageResponse.missing();
    }

    private PageResponse saved(MappingEditing editing, Runnable saved) throws IOException {
        addSchema(folder.resolve(SCHEMA));
        saved.run();
        return PageResponse.done(
                editing.place().back(),
                ShownText.of(editing.file())
                        + (editing.place().ofUpload()
                                ? " is saved and counts for this file."
                                : " is saved and counts from the next file on."));
    }

    /** A load sees the whole file or the one before, and so it is after a power cut. Returns false if a new file's name is taken. */
    private static boolean write(MappingEditing editing, Path target) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        Path part = folder.resolve("." + UUID.randomUUID() + ".part");
        try {
            Files.writeString(part, editing.text(), StandardOpenOption.CREATE_NEW);
            Disk.syncContent(part);
            if (editing.isNew()) {
                Files.move(part, target);
            } else {
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            Disk.sync(folder);
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Writes the schema that a draft names, with which editors complete and check its keys. */
    private static void addSchema(Path schema) throws IOException {
        if (Files.notExists(schema)) {
            try (InputStream shipped = MappingForms.class.getResourceAsStream("/catalog-drop/" + SCHEMA)) {
                Files.copy(shipped, schema);
            }
        }
    }
}
