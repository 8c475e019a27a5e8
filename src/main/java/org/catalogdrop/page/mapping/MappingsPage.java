package org.catalogdrop.page.mapping;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.mapping.MappingFile;
import org.catalogdrop.mapping.MappingRefused;
import org.catalogdrop.mapping.rule.ActionRule;
import org.catalogdrop.mapping.rule.DropPatterns;
import org.catalogdrop.mapping.yaml.MappingParser;
import org.catalogdrop.page.http.BrowserRequest;
import org.catalogdrop.page.http.PageResponse;
import org.catalogdrop.page.http.PageRoute;
import org.catalogdrop.page.http.ShownText;
import org.catalogdrop.page.upload.StoredUpload;
import org.catalogdrop.page.upload.UploadForm;
import org.catalogdrop.page.upload.Uploads;
import org.catalogdrop.report.DisplayText;
import org.catalogdrop.resolve.MappingFolder;

/** The mapping files, each of which can be edited by itself. A name from a browser is compared with those in the folder and never made a path. */
public final class MappingsPage implements PageRoute {

    private static final String PATH = "/mappings";

    private final Path folder;
    private final Path inbox;
    private final Uploads uploads;
    private final Consumer<StoredUpload> brought;
    private final MappingSamples samples;
    private final MappingForms forms;

    /**
     * @param folder the folder of the mapping files
     * @param inbox the folder in which files that are brought are kept
     * @param brought called with each file that a person has chosen as a sample
     */
    public MappingsPage(Path folder, Path inbox, Uploads uploads, Consumer<StoredUpload> brought, MappingForms forms) {
        this.folder = folder;
        this.inbox = inbox;
        this.uploads = uploads;
        this.brought = brought;
        this.samples = forms.samples();
        this.forms = forms;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public String menu() {
        return "Mapping";
    }

    @Override
    public PageResponse show(BrowserRequest request) throws IOException {
        if (request.below().isEmpty()) {
            return PageResponse.view("Mapping files", "page/mappings.jte", list());
        }
        Optional<MappingFolder.RawFile> file = find(request.below());
        return file.isEmpty()
                ? PageResponse.failed(PATH, "There is no mapping file " + ShownText.of(request.below()) + " any more.")
                : forms.show(place(file.get().name()), file.get(), request);
    }

    private Optional<MappingFolder.RawFile> find(String name) {
        return new MappingFolder(folder)
                .files().stream().filter(file -> file.name().equals(name)).findFirst();
    }

    private static MappingEditing.Place place(String name) {
        return new MappingEditing.Place(address(name), address(name), false);
    }

    private static String address(String name) {
        return PATH + "/" + ShownText.address(name);
    }

    private MappingsView list() {
        List<DropLine> latest = samples.latest();
        return new MappingsView(
                ShownText.of(folder.toString()),
                new MappingFolder(folder)
                        .files().stream().map(file -> line(file, latest)).toList());
    }

    private static MappingsView.Line line(MappingFolder.RawFile file, List<DropLine> latest) {
        String drops = MappingParser.globs(file.name(), file.content())
                .map(DropPatterns::toString)
                .orElse("");
        String target = "";
        String fault = "";
        try {
            MappingFile parsed = file.parsed();
            target = parsed.catalog().map(list -> "list " + list + ", ").orElse("") + action(parsed.action());
        } catch (MappingRefused faulty) {
            fault = faulty.faults().get(0);
        }
        String used = latest.stream()
                .filter(drop -> MappingSamples.isReadBy(file.name(), drop))
                .findFirst()
                .map(drop -> drop.name() + ", " + DisplayText.of(drop.entered()))
                .orElse("");
        return new MappingsView.Line(
                address(file.name()),
                ShownText.of(file.name()),
                ShownText.of(drops),
                ShownText.of(target),
                ShownText.of(fault),
                ShownText.of(used));
    }

    private static String action(ActionRule action) {
        if (action instanceof ActionRule.Fixed fixed) {
            return fixed.action().word();
        }
        return action instanceof ActionRule.ByKey
                ? "add or update by key"
                : action instanceof ActionRule.ByColumn by
                        ? "as column " + by.column() + " says"
                        : "add or update by id";
    }

    @Override
    public PageResponse act(BrowserRequest request) throws IOException {
        if (request.upload().isPresent()) {
            return find(request.below()).isEmpty()
                    ? PageResponse.missing()
                    : receive(address(request.below()), request);
        }
        return isName(request.below())
                ? forms.act(request.below(), place(request.below()), request, () -> {})
                : PageResponse.missing();
    }

    /** A file that somebody has removed meanwhile can be saved again. */
    private boolean isName(String name) {
        Path file = folder.resolve(name);
        return find(name).isPresent()
                || (name.matches("(?i)[^.].*\\.ya?ml")
                        && folder.equals(file.getParent())
                        && file.getFileName().toString().equals(name));
    }

    private PageResponse receive(String address, BrowserRequest request) throws IOException {
        return UploadForm.receive(request.upload(), uploads, inbox, address, upload -> {
            brought.accept(upload);
            return address + "?sample=" + upload.id();
        });
    }
}
