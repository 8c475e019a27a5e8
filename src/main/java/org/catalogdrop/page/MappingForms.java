package org.catalogdrop.page;

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
import java.util.zip.CRC32;
import org.catalogdrop.mapping.MappingRefused;
import org.catalogdrop.mapping.draft.MappingDraft;
import org.catalogdrop.mapping.edit.MappingText;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.page.http.BrowserRequest;
import org.catalogdrop.page.http.PageResponse;
import org.catalogdrop.page.http.Templates;
import org.catalogdrop.page.upload.StoredUpload;
import org.catalogdrop.preview.DropSample;
import org.catalogdrop.preview.MappingForm;
import org.catalogdrop.preview.MappingFormEdit;
import org.catalogdrop.preview.MappingTrial;
import org.catalogdrop.resolve.MappingFolder;
import org.catalogdrop.results.file.Disk;

/** Shows the mapping file of a file that was brought as a form, tries it, and saves it. Safe for many threads. */
final class MappingForms {

    private static final int ROWS = 10;
    private static final int MOST = 5;
    private static final String SCHEMA = "mapping.schema.json";

    private final LoaderParts loader;
    private final KnownAccount account;
    private final MappingTrial trial;
    private final Map<String, Working> known = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Working> eldest) {
            return size() > MOST;
        }
    };

    /**
     * A mapping file that is being edited.
     *
     * @param saved its text in the folder; empty if it does not exist yet
     * @param text its text with what was changed
     */
    private record Working(
            String file, Optional<String> saved, MappingText text, MappingDraft draft, Account.Catalog list) {

        private Working with(MappingText changed) {
            return new Working(file, saved, changed, draft, list);
        }

        private MappingForm form() {
            return MappingForm.of(text, draft, list);
        }

        private String version() {
            CRC32 sum = new CRC32();
            sum.update(text.text().getBytes(StandardCharsets.UTF_8));
            return Long.toHexString(sum.getValue());
        }
    }

    MappingForms(LoaderParts loader, KnownAccount account) {
        this.loader = loader;
        this.account = account;
        this.trial = new MappingTrial(loader.api().catalogId(), loader.drops(), loader.folders());
    }

    private synchronized Optional<Working> known(String id) {
        return Optional.ofNullable(known.get(id));
    }

    private synchronized Working keep(String id, Working working) {
        known.put(id, working);
        return working;
    }

    private synchronized void forget(String id) {
        known.remove(id);
    }

    PageResponse show(StoredUpload upload, BrowserRequest request) throws IOException {
        try {
            long list = request.number("list", 0, 1, Integer.MAX_VALUE);
            Working working = list == 0 && known(upload.id()).isPresent()
                    ? known(upload.id()).get()
                    : begin(upload, list);
            return page(upload, working, List.of());
        } catch (MappingRefused refused) {
            return PageResponse.failed(
                    "/bring/" + upload.id(), "This mapping file has no form: " + String.join(" ", refused.faults()));
        } catch (DropRefused refused) {
            return PageResponse.failed("/bring/" + upload.id(), refused.getMessage());
        }
    }

    private Working begin(StoredUpload upload, long wanted) throws IOException, MappingRefused {
        DropSample sample = DropSample.read(upload.file(), upload.name(), loader.drops());
        MappingFolder folder = new MappingFolder(loader.folders().mappings());
        List<String> fit = folder.namesFor(upload.name());
        if (fit.size() > 1) {
            throw new MappingRefused(List.of(
                    "several are for this name: " + String.join(", ", fit) + ". Narrow 'drops' of one of them."));
        }
        if (fit.isEmpty()) {
            Account.Catalog list = list(wanted, "");
            MappingDraft draft = sample.draft(list, id -> false);
            String file = upload.name().replaceFirst("(?i)(\\.[a-z]+)(\\.gz)?$", "") + ".yaml";
            return keep(
                    upload.id(), new Working(file, Optional.empty(), MappingText.of(file, draft.text()), draft, list));
        }
        String file = fit.get(0);
        String saved = Files.readString(loader.folders().mappings().resolve(file));
        MappingText text = MappingText.of(file, saved.startsWith("\uFEFF") ? saved.substring(1) : saved);
        Account.Catalog list = list(wanted, text.value("catalog").orElse(""));
        return keep(upload.id(), new Working(file, Optional.of(saved), text, sample.draft(list, id -> false), list));
    }

    /** Returns the list that was chosen, or that the mapping file or the settings name, or the first one. */
    private Account.Catalog list(long wanted, String named) {
        List<Account.Catalog> lists = account.get().catalogs();
        long preset = loader.api().catalogId().orElse(0);
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

    PageResponse act(StoredUpload upload, BrowserRequest request, Runnable saved) throws IOException {
        Optional<Working> begun = known(upload.id());
        if (begun.isEmpty()
                || !begun.get().version().equals(request.form("version").orElse(""))) {
            return PageResponse.failed(
                    "/bring/" + upload.id() + "/mapping",
                    "The form was changed in another window meanwhile. This is its present state.");
        }
        Map<String, String> posted = new LinkedHashMap<>();
        request.form().forEach((name, values) -> posted.put(name, values.get(0)));
        String what = request.form("do").orElse("");
        Working working = begun.get();
        try {
            MappingText text = MappingFormEdit.apply(working.text(), working.form(), posted, working.list());
            if (what.equals("try")) {
                return new PageResponse.Text(
                        200, "text/html", Templates.part("page/trial.jte", trial(upload, working.with(text))));
            }
            working = keep(upload.id(), working.with(text));
            return what.equals("save") ? saveOrSay(upload, working, saved) : page(upload, working, List.of());
        } catch (MappingRefused refused) {
            return what.equals("try")
                    ? new PageResponse.Text(
                            200,
                            "text/html",
                            Templates.part(
                                    "page/trial.jte",
                                    new TrialView(
                                            ShownText.of(refused.faults()),
                                            List.of(),
                                            List.of(),
                                            "This change cannot be made here.")))
                    : page(upload, working, refused.faults());
        }
    }

    private TrialView trial(StoredUpload upload, Working working) {
        return TrialView.of(
                trial.of(working.file(), working.text().text(), upload.file(), upload.name(), account.get(), ROWS));
    }

    private PageResponse page(StoredUpload upload, Working working, List<String> faults) {
        return PageResponse.view(
                "Mapping of " + ShownText.of(upload.name()),
                "page/mapping.jte",
                new MappingView(
                        upload.id(),
                        ShownText.of(upload.name()),
                        ShownText.of(working.file()),
                        working.saved().isEmpty(),
                        working.version(),
                        account.get().catalogs().stream()
                                .map(one -> new MappingView.ListChoice(one.id(), ShownText.of(one.name())))
                                .toList(),
                        working.list().id(),
                        working.form(),
                        faults,
                        trial(upload, working),
                        working.text().text()));
    }

    private PageResponse saveOrSay(StoredUpload upload, Working working, Runnable saved) {
        try {
            return save(upload, working, saved);
        } catch (IOException fault) {
            return FolderFault.answer(
                    "/bring/" + upload.id() + "/mapping", loader.folders().mappings(), fault);
        }
    }

    private PageResponse save(StoredUpload upload, Working working, Runnable saved) throws IOException {
        TrialView tried = trial(upload, working);
        if (!tried.faults().isEmpty()) {
            return page(upload, working, List.of("Not saved, because the mapping cannot be used yet."));
        }
        Path folder = loader.folders().mappings();
        Path target = folder.resolve(working.file());
        Files.createDirectories(folder);
        if (!working.saved().isEmpty()
                && !Files.readString(target).equals(working.saved().get())) {
            forget(upload.id());
            return PageResponse.failed(
                    "/bring/" + upload.id() + "/mapping",
                    "Not saved, because the file was changed meanwhile. This is its present state.");
        }
        if (!write(working, folder, target)) {
            return page(upload, working, List.of("Not saved, because " + target + " exists already."));
        }
        addSchema(folder.resolve(SCHEMA));
        forget(upload.id());
        saved.run();
        return PageResponse.done("/bring/" + upload.id(), working.file() + " is saved and counts for this file.");
    }

    /** A load sees the whole file or the one before, and so it is after a power cut. Returns false if a new file's name is taken. */
    private static boolean write(Working working, Path folder, Path target) throws IOException {
        Path part = folder.resolve("." + UUID.randomUUID() + ".part");
        try {
            Files.writeString(part, working.text().text(), StandardOpenOption.CREATE_NEW);
            Disk.syncContent(part);
            if (working.saved().isPresent()) {
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.move(part, target);
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
