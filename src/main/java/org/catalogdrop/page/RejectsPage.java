package org.catalogdrop.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.catalogdrop.model.DropHeld;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Problem;
import org.catalogdrop.page.http.BrowserRequest;
import org.catalogdrop.page.http.PageResponse;
import org.catalogdrop.page.http.PageRoute;
import org.catalogdrop.page.upload.StoredUpload;
import org.catalogdrop.page.upload.UploadRefused;
import org.catalogdrop.page.upload.Uploads;
import org.catalogdrop.preview.RejectFixing;
import org.catalogdrop.preview.RejectTable;
import org.catalogdrop.resolve.MappingResolver;

/** The rejected rows of a load as a table that can be edited and loaded again. */
final class RejectsPage implements PageRoute {

    private static final String PATH = "/rejects";
    private static final int ROWS = 50;
    private static final int MOST_FOLDERS = 200;

    private final LoaderParts loader;
    private final Uploads uploads;
    private final RejectFixing fixing;
    private final KnownAccount account;

    RejectsPage(LoaderParts loader, Uploads uploads, MappingResolver mappings, KnownAccount account) {
        this.loader = loader;
        this.uploads = uploads;
        this.fixing = new RejectFixing(mappings, loader.drops());
        this.account = account;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public String menu() {
        return "Rejects";
    }

    @Override
    public PageResponse show(BrowserRequest request) throws IOException {
        if (request.below().isEmpty()) {
            return PageResponse.view("Rejected rows", "page/rejects.jte", folders());
        }
        Optional<Path> file = file(request);
        if (file.isEmpty()) {
            return PageResponse.missing();
        }
        try {
            RejectFixing.Part part = part(file.get(), request);
            return table(file.get(), part, RejectFixing.Edits.NONE, row -> true);
        } catch (DropRefused | DropHeld refused) {
            return PageResponse.failed(PATH, refused.getMessage());
        }
    }

    private PageResponse table(Path file, RejectFixing.Part part, RejectFixing.Edits edits, LongPredicate chosen)
            throws IOException {
        RejectTable table = fixing.table(part, edits, account);
        String folder = file.getParent().getFileName().toString();
        String address = address(file);
        List<RejectsView.Line> rows = table.rows().stream()
                .map(row -> line(row, table.columns(), chosen))
                .toList();
        return PageResponse.view(
                "Rejects of " + ShownText.of(folder),
                "page/reject-table.jte",
                new RejectsView(
                        ShownText.of(folder),
                        address,
                        file.getFileName().toString(),
                        part.from(),
                        part.from() == 0 ? "" : address + "&from=" + Math.max(0, part.from() - ROWS),
                        table.more() ? address + "&from=" + (part.from() + ROWS) : "",
                        ShownText.of(table.columns()),
                        rows,
                        table.rows().stream()
                                .filter(RejectTable.RejectRow::isFixed)
                                .count()));
    }

    private static RejectsView.Line line(RejectTable.RejectRow row, List<String> columns, LongPredicate chosen) {
        List<RejectsView.Field> cells = new ArrayList<>();
        for (int i = 0; i < row.cells().size(); i++) {
            RejectTable.RejectCell cell = row.cells().get(i);
            cells.add(new RejectsView.Field(
                    cell.editable() ? "c" + row.row() + "." + cell.place() : "",
                    cell.editable() ? cell.text() : ShownText.of(cell.text()),
                    ShownText.of(columns.get(i)) + ", row " + row.row(),
                    cell.text().indexOf('\n') >= 0,
                    cell.atFault()));
        }
        return new RejectsView.Line(row.row(), chosen.test(row.row()), row.code(), ShownText.of(row.message()), cells);
    }

    @Override
    public PageResponse act(BrowserRequest request) throws IOException {
        Optional<Path> file = request.below().isEmpty() ? Optional.empty() : file(request);
        if (file.isEmpty()) {
            return PageResponse.missing();
        }
        RejectFixing.Part part = part(file.get(), request);
        RejectFixing.Edits edits = (row, cell) -> request.form("c" + row + "." + cell);
        try {
            return switch (request.form("do").orElse("")) {
                case "try" -> problems(part, edits);
                case "load" -> load(file.get(), part, edits, request);
                default -> table(file.get(), part, edits, row -> isChosen(request, row));
            };
        } catch (DropRefused | DropHeld | UploadRefused refused) {
            return PageResponse.failed(address(file.get()), refused.getMessage());
        }
    }

    private static boolean isChosen(BrowserRequest request, long row) {
        return request.form("load" + row).isPresent();
    }

    /** Returns the reasons by row, for a script that shows them while someone types. */
    private PageResponse problems(RejectFixing.Part part, RejectFixing.Edits edits) throws IOException {
        Map<String, Map<String, String>> problems = new LinkedHashMap<>();
        for (Map.Entry<Long, Problem> one :
                fixing.problems(part, edits, account).entrySet()) {
            problems.put(
                    Long.toString(one.getKey()),
                    Map.of(
                            "code", one.getValue().code().word(),
                            "column", ShownText.of(one.getValue().column()),
                            "message", ShownText.of(one.getValue().message())));
        }
        return PageResponse.json(problems);
    }

    private PageResponse load(Path file, RejectFixing.Part part, RejectFixing.Edits edits, BrowserRequest request)
            throws IOException {
        try {
            return deliver(file, part, edits, request);
        } catch (UploadRefused refused) {
            throw refused;
        } catch (IOException fault) {
            return FolderFault.answer(address(file), loader.folders().inbox(), fault);
        }
    }

    private PageResponse deliver(Path file, RejectFixing.Part part, RejectFixing.Edits edits, BrowserRequest request)
            throws IOException {
        Path folder = Files.createTempDirectory(
                Files.createDirectories(loader.folders().spool()), "rejects-");
        try {
            Optional<Path> fixed = fixing.write(part, edits, row -> isChosen(request, row), account, folder);
            if (fixed.isEmpty()) {
                return PageResponse.failed(address(file), "No row is chosen. Tick those that are to be loaded.");
            }
            String name = deliver(part.name(), fixed.get());
            return PageResponse.done(
                    loader.drops().approve() ? "/bring" : "/",
                    ShownText.of(name) + " is in the inbox and will be loaded.");
        } finally {
            wipe(folder);
        }
    }

    private String deliver(String name, Path fixed) throws IOException {
        try (InputStream content = Files.newInputStream(fixed)) {
            StoredUpload upload = uploads.receive(name, content);
            try {
                return uploads.release(upload.id()).orElseThrow().getFileName().toString();
            } catch (IOException fault) {
                uploads.discard(upload.id());
                throw fault;
            }
        }
    }

    private static void wipe(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }

    private static RejectFixing.Part part(Path file, BrowserRequest request) {
        int from = request.number("from", 0, 0, 100_000_000);
        return new RejectFixing.Part(file, name(file), from, ROWS);
    }

    /** Returns the name under which the rows are loaded again: by its beginning the mapping that rejected them is found. */
    private static String name(Path file) {
        String rejects = file.getFileName().toString();
        String folder = file.getParent().getFileName().toString();
        return "rejects-" + folder.replaceFirst("-[0-9a-f]{8}(-\\d+)?$", "").replaceFirst("\\.[^.]*$", "")
                + rejects.substring(rejects.lastIndexOf('.'));
    }

    /** Returns the address of the table with the rows of a rejects file. */
    static String address(Path file) {
        return PATH + "/" + ShownText.address(file.getParent().getFileName().toString()) + "?file="
                + ShownText.address(file.getFileName().toString());
    }

    /** Returns the rejects file that an address names, if it is one of a results folder. */
    private Optional<Path> file(BrowserRequest request) {
        Path outbox = loader.folders().outbox();
        Path folder = outbox.resolve(request.below()).normalize();
        if (!outbox.equals(folder.getParent()) || !isResults(folder)) {
            return Optional.empty();
        }
        List<Path> files = rejects(folder);
        String wanted = request.query("file").orElse("");
        return files.stream()
                .filter(file -> file.getFileName().toString().equals(wanted))
                .findFirst()
                .or(() -> wanted.isEmpty() ? files.stream().findFirst() : Optional.empty());
    }

    private static boolean isResults(Path folder) {
        String name = folder.getFileName().toString();
        return !name.startsWith(".") && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }

    private static List<Path> rejects(Path folder) {
        return Stream.of("csv", "tsv", "xlsx", "json", "ndjson", "jsonl")
                .map(ending -> folder.resolve("rejects." + ending))
                .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                .toList();
    }

    private RejectsView.Folders folders() throws IOException {
        Path outbox = loader.folders().outbox();
        if (!Files.isDirectory(outbox)) {
            return new RejectsView.Folders(List.of());
        }
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(outbox)) {
            all.filter(RejectsPage::isResults)
                    .filter(folder -> Files.exists(folder.resolve("summary.json")))
                    .sorted(Comparator.comparing(RejectsPage::time).reversed())
                    .forEach(folder -> {
                        if (files.size() < MOST_FOLDERS) {
                            files.addAll(rejects(folder));
                        }
                    });
        }
        List<RejectsView.Folder> shown = new ArrayList<>();
        for (Path file : files) {
            shown.add(new RejectsView.Folder(
                    ShownText.of(file.getParent().getFileName().toString()),
                    file.getFileName().toString(),
                    address(file),
                    ShownText.size(Files.size(file))));
        }
        return new RejectsView.Folders(shown);
    }

    private static FileTime time(Path folder) {
        try {
            return Files.getLastModifiedTime(folder);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }
}
