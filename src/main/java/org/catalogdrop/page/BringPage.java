package org.catalogdrop.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.catalogdrop.inbox.Approvals;
import org.catalogdrop.page.http.BrowserRequest;
import org.catalogdrop.page.http.FolderFault;
import org.catalogdrop.page.http.PageResponse;
import org.catalogdrop.page.http.PageRoute;
import org.catalogdrop.page.http.ShownText;
import org.catalogdrop.page.http.Templates;
import org.catalogdrop.page.mapping.MappingForms;
import org.catalogdrop.page.upload.StoredUpload;
import org.catalogdrop.page.upload.UploadForm;
import org.catalogdrop.page.upload.Uploads;

/**
 * The page on which a file is brought: it is looked at and planned at once, and loaded when a person presses the button. Drops of the inbox that
 * wait for an approval are approved here too.
 */
final class BringPage implements PageRoute {

    private static final String PATH = "/bring";
    private static final String HOME = "/";
    private static final int MOST_LINES = 60;

    private final LoaderParts loader;
    private final Uploads uploads;
    private final Examiner examiner;
    private final MappingForms forms;

    BringPage(LoaderParts loader, Uploads uploads, Examiner examiner, MappingForms forms) {
        this.loader = loader;
        this.uploads = uploads;
        this.examiner = examiner;
        this.forms = forms;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public String menu() {
        return "Bring a file";
    }

    @Override
    public PageResponse show(BrowserRequest request) throws IOException {
        if (request.below().isEmpty()) {
            return PageResponse.view("Bring a file", "page/bring.jte", all());
        }
        String[] parts = request.below().split("/", 2);
        Optional<StoredUpload> upload = uploads.find(parts[0]);
        if (upload.isEmpty()) {
            return gone(parts[0]);
        }
        return switch (parts.length < 2 ? "" : parts[1]) {
            case "" -> PageResponse.view(ShownText.of(upload.get().name()), "page/file.jte", view(upload.get()));
            case "events" -> PageResponse.events(() -> part(upload.get()));
            case "mapping" -> forms.show(upload.get(), request);
            default -> PageResponse.missing();
        };
    }

    /** Answers for a file that is not kept any more, as to the second press of a button. */
    private PageResponse gone(String id) {
        return uploads.released(id)
                .map(name -> PageResponse.done(
                        PATH, ShownText.of(name) + " was put into the inbox before, so nothing was done now."))
                .orElseGet(
                        () -> PageResponse.failed(PATH, "This file is not here any more: it was loaded or removed."));
    }

    private BringView all() throws IOException {
        return new BringView(
                ShownText.size(uploads.longest()),
                uploads.longest(),
                uploads.all().stream()
                        .map(one -> new BringView.Brought(
                                PATH + "/" + one.id(), ShownText.of(one.name()), ShownText.size(one.size())))
                        .toList(),
                waiting());
    }

    private List<BringView.Waiting> waiting() throws IOException {
        return loader.drops().approve()
                ? loader.approvals().waitingPlans().stream()
                        .map(drop -> new BringView.Waiting(
                                ShownText.of(drop.name()), drop.name(), drop.digest8(), drop.made(), plan(drop)))
                        .toList()
                : List.of();
    }

    private static List<String> plan(Approvals.WaitingDrop drop) {
        Path file = drop.plan().resolve("plan.txt");
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.limit(MOST_LINES).map(ShownText::of).toList();
        } catch (IOException gone) {
            return List.of("The plan cannot be read: " + file);
        }
    }

    private FileView view(StoredUpload upload) {
        return examiner.of(upload);
    }

    /** Returns the part of the page that changes while the file is looked at, by the id of its element. */
    private Map<String, String> part(StoredUpload upload) {
        return Map.of("file", Templates.part("page/file-facts.jte", view(upload)));
    }

    @Override
    public PageResponse act(BrowserRequest request) throws IOException {
        if (request.below().isEmpty()) {
            return receive(request);
        }
        if (request.below().equals("approve")) {
            return approve(request);
        }
        String[] parts = request.below().split("/", 2);
        Optional<StoredUpload> upload = uploads.find(parts[0]);
        if (upload.isEmpty()) {
            return gone(parts[0]);
        }
        return switch (parts.length < 2 ? "" : parts[1]) {
            case "load" -> load(upload.get());
            case "again" -> again(upload.get());
            case "remove" -> remove(upload.get());
            case "mapping" -> forms.act(upload.get(), request, () -> examiner.begin(upload.get()));
            default -> PageResponse.missing();
        };
    }

    private PageResponse receive(BrowserRequest request) throws IOException {
        return UploadForm.receive(request.upload(), uploads, loader.folders().inbox(), PATH, upload -> {
            examiner.begin(upload);
            return PATH + "/" + upload.id();
        });
    }

    private PageResponse load(StoredUpload upload) throws IOException {
        if (!view(upload).isLoadable()) {
            return PageResponse.failed(PATH + "/" + upload.id(), "The file cannot be loaded as it is.");
        }
        Optional<Path> drop;
        try {
            drop = uploads.release(upload.id());
        } catch (IOException fault) {
            return FolderFault.answer(PATH + "/" + upload.id(), loader.folders().inbox(), fault);
        }
        if (drop.isEmpty()) {
            return gone(upload.id());
        }
        String name = ShownText.of(drop.get().getFileName().toString());
        return loader.drops().approve()
                ? PageResponse.done(PATH, name + " is in the inbox. Its plan will appear here for approval.")
                : PageResponse.done(HOME, name + " is in the inbox and will be loaded.");
    }

    private PageResponse again(StoredUpload upload) {
        examiner.begin(upload);
        return PageResponse.redirect(PATH + "/" + upload.id());
    }

    private PageResponse remove(StoredUpload upload) throws IOException {
        uploads.discard(upload.id());
        return PageResponse.done(PATH, ShownText.of(upload.name()) + " was removed. Nothing of it was sent.");
    }

    private PageResponse approve(BrowserRequest request) throws IOException {
        String name = request.form("name").orElse("");
        String shown = ShownText.of(name);
        boolean approved;
        try {
            approved = loader.approvals()
                    .approve(
                            name,
                            request.form("digest").orElse(""),
                            request.form("plan").orElse(""));
        } catch (IOException fault) {
            return FolderFault.answer(PATH, loader.folders().inbox(), fault);
        }
        return approved
                ? PageResponse.done(HOME, shown + " is approved and will be loaded.")
                : PageResponse.failed(
                        PATH,
                        shown + " is not approved: it does not wait, or it was changed after this plan was made.");
    }
}
