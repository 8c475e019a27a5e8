package org.catalogdrop.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.catalogdrop.journal.DropEntry;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.journal.DropSearch;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.RejectLoad;
import org.catalogdrop.model.DropHeld;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Times;
import org.catalogdrop.page.http.BrowserRequest;
import org.catalogdrop.page.http.FolderFault;
import org.catalogdrop.page.http.PageResponse;
import org.catalogdrop.page.http.PageRoute;
import org.catalogdrop.page.http.ShownText;
import org.catalogdrop.page.upload.StoredUpload;
import org.catalogdrop.page.upload.UploadRefused;
import org.catalogdrop.page.upload.Uploads;
import org.catalogdrop.preview.RejectFixing;
import org.catalogdrop.preview.RejectLoads;
import org.catalogdrop.preview.RejectSelection;
import org.catalogdrop.preview.RejectTable;
import org.catalogdrop.resolve.MappingResolver;
import org.catalogdrop.results.ResultsReader;
import org.roaringbitmap.RoaringBitmap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rejected rows of a load as a table that can be edited and loaded again. */
final class RejectsPage implements PageRoute {

    private static final Logger LOG = LoggerFactory.getLogger(RejectsPage.class);

    private static final String PATH = "/rejects";
    private static final int ROWS = 50;
    private static final int MOST_FOLDERS = 200;

    /** What a form carries of other parts leaves room in it for those that are shown. */
    private static final int MOST_CARRIED = 5000;

    private static final int LONGEST_CARRIED = 1 << 19;

    private static final Pattern CELL = Pattern.compile("c(\\d{1,9})\\.\\d{1,9}");

    private final LoaderParts loader;
    private final Uploads uploads;
    private final RejectFixing fixing;
    private final KnownAccount account;
    private final RejectLoads loads;

    RejectsPage(LoaderParts loader, Uploads uploads, MappingResolver mappings, KnownAccount account) {
        this.loader = loader;
        this.uploads = uploads;
        this.fixing = new RejectFixing(mappings, loader.drops());
        this.account = account;
        this.loads = new RejectLoads(
                loader.folders().journal(),
                loader.folders().inbox(),
                loader.folders().outbox(),
                loader.journal());
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
            Form fresh = Form.fresh(file.get(), from(request));
            return table(fresh, part(file.get(), fresh.from()), "");
        } catch (DropRefused | DropHeld refused) {
            return PageResponse.failed(PATH, refused.getMessage());
        }
    }

    /**
     * What a form says.
     *
     * @param file the rejects file
     * @param from how many rows are before those that it shows
     * @param source SHA-256 of the file when it was shown; empty before
     * @param seen the number of the last load then; -1 before
     * @param shown the rows that it shows
     * @param selection which rows are ticked
     * @param values its fields
     */
    private record Form(
            Path file,
            int from,
            String source,
            long seen,
            RoaringBitmap shown,
            RejectSelection selection,
            Map<String, String> values)
            implements RejectFixing.Edits {

        private static Form fresh(Path file, int from) {
            return new Form(file, from, "", -1, new RoaringBitmap(), RejectSelection.NONE, Map.of());
        }

        private static Form of(Path file, int from, BrowserRequest request) {
            RoaringBitmap shown = RejectSelection.numbers(request.form("shown").orElse(""));
            RoaringBitmap chosen = new RoaringBitmap();
            shown.forEach((int row) -> request.form("load" + row).ifPresent(yes -> chosen.add(row)));
            Map<String, String> values = new LinkedHashMap<>();
            request.form().forEach((name, all) -> values.put(name, all.get(0)));
            return new Form(
                    file,
                    from,
                    request.form("source").orElse(""),
                    request.form("seen")
                            .filter(text -> text.matches("\\d{1,18}"))
                            .map(Long::parseLong)
                            .orElse(-1L),
                    shown,
                    RejectSelection.of(
                                    request.form("opened").orElse(""),
                                    request.form("ticked").orElse(""))
                            .with(from, shown, chosen),
                    values);
        }

        @Override
        public Optional<String> text(long row, int cell) {
            return Optional.ofNullable(values.get("c" + row + "." + cell));
        }
    }

    /**
     * Shows a part with what the form says. Rows that were loaded after the form was shown are not ticked any more.
     *
     * @param notice why nothing was loaded; empty if nothing was to be
     */
    private PageResponse table(Form form, RejectFixing.Part part, String notice) throws IOException {
        boolean isOpened = form.selection().opened().contains(part.from());
        RejectTable table = fixing.table(part, isOpened ? form : RejectFixing.Edits.NONE, account);
        RejectLoads.Loaded loaded = loads.of(part.file(), table.source());
        boolean isSame = form.seen() < 0 || form.source().equals(table.source());
        if (!isSame) {
            return table(
                    Form.fresh(part.file(), 0),
                    part(part.file(), 0),
                    "The results were made again while this table was open, so it was read anew. Nothing was loaded, and what"
                            + " you had changed is not in it.");
        }
        RejectSelection selection = unticked(form, loaded);
        Map<RejectLoad, RejectLoads.Fate> fates = loads.fates(table.rows().stream()
                .flatMap(row -> loaded.of(row.row(), row.content()).stream())
                .map(RejectLoads.LoadedRow::load)
                .toList());
        RoaringBitmap shown = new RoaringBitmap();
        List<RejectsView.Line> rows = new ArrayList<>();
        for (RejectTable.RejectRow row : table.rows()) {
            shown.add((int) row.row());
            Optional<RejectLoads.LoadedRow> before = loaded.of(row.row(), row.content());
            boolean chosen = isOpened ? selection.isTicked(row.row()) : before.isEmpty();
            rows.add(line(row, table.columns(), chosen, before.map(one -> before(one, fates.get(one.load())))));
        }
        RoaringBitmap elsewhere = RoaringBitmap.andNot(selection.ticked(), shown);
        return PageResponse.view(
                "Rejects of "
                        + ShownText.of(part.file().getParent().getFileName().toString()),
                "page/reject-table.jte",
                new RejectsView(
                        address(part.file()),
                        part.file().getFileName().toString(),
                        notice,
                        new RejectsView.Parts(
                                part.from(),
                                part.from() == 0 ? -1 : Math.max(0, part.from() - ROWS),
                                table.more() ? part.from() + ROWS : -1,
                                elsewhere.getLongCardinality()),
                        new RejectsView.State(
                                table.source(),
                                loaded.last(),
                                selection.openedText(),
                                RejectSelection.text(elsewhere),
                                RejectSelection.text(shown),
                                carried(form, part, shown)),
                        ShownText.of(table.columns()),
                        rows,
                        table.rows().stream()
                                .filter(RejectTable.RejectRow::isFixed)
                                .count()));
    }

    private static RejectSelection unticked(Form form, RejectLoads.Loaded loaded) {
        RejectSelection selection = form.selection();
        for (RejectLoad load : form.seen() < 0 ? List.<RejectLoad>of() : loaded.after(form.seen())) {
            RoaringBitmap rows = new RoaringBitmap();
            load.rows().forEach(row -> rows.add((int) row.number()));
            // Of a file that was made again in between, nobody knows which rows they are.
            selection = load.source().equals(loaded.source())
                    ? selection.without(rows)
                    : selection.without(selection.ticked());
        }
        return selection;
    }

    /** Returns what was changed in rows that a part does not show. */
    private List<RejectsView.Carried> carried(Form form, RejectFixing.Part part, RoaringBitmap shown)
            throws IOException {
        List<RejectsView.Carried> carried = new ArrayList<>();
        form.values().forEach((name, text) -> {
            Matcher cell = CELL.matcher(name);
            if (cell.matches() && !form.shown().contains(Integer.parseInt(cell.group(1)))) {
                carried.add(new RejectsView.Carried(Integer.parseInt(cell.group(1)), name, text));
            }
        });
        if (form.seen() >= 0 && form.from() != part.from()) {
            fixing.changes(part(form.file(), form.from()), form, account)
                    .forEach(cell -> carried.add(new RejectsView.Carried(
                            (int) cell.row(), "c" + cell.row() + "." + cell.cell(), cell.text())));
        }
        carried.removeIf(cell -> shown.contains(cell.row()));
        return carried;
    }

    private static RejectsView.Line line(
            RejectTable.RejectRow row, List<String> columns, boolean chosen, Optional<RejectsView.Before> before) {
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
        return new RejectsView.Line(row.row(), chosen, row.code(), ShownText.of(row.message()), cells, before);
    }

    /** Puts what became of a row that was loaded before into words. */
    private static RejectsView.Before before(RejectLoads.LoadedRow row, RejectLoads.Fate fate) {
        Optional<ResultsReader.Line> line = Optional.ofNullable(fate.lines().get(row.row()));
        boolean isRejected =
                line.filter(one -> one.outcome().equals(Status.REJECTED.word())).isPresent();
        String outcome = line.map(one -> isRejected
                        ? "rejected again (" + one.code() + ")"
                        : one.outcome().replace('_', ' ') + (one.id().isEmpty() ? "" : " as " + one.id()))
                .or(() -> fate.drop()
                        .map(drop -> drop.state() == DropEntry.State.REFUSED
                                ? DropWords.outcome(drop)
                                : DropWords.state(drop)))
                .orElse(
                        fate.waits()
                                ? "waits in the inbox"
                                : "it is neither in the inbox nor in the history, so nothing of it was sent");
        String folder = isRejected ? fate.drop().map(DropLine::folder).orElse("") : "";
        return new RejectsView.Before(
                ShownText.of(row.load().name()),
                Times.of(row.load().at()),
                fate.drop().map(drop -> "/history/" + drop.id()).orElse(""),
                outcome,
                folder.isEmpty() ? "" : PATH + "/" + ShownText.address(folder));
    }

    @Override
    public PageResponse act(BrowserRequest request) throws IOException {
        Optional<Path> file = request.below().isEmpty() ? Optional.empty() : file(request);
        if (file.isEmpty()) {
            return PageResponse.missing();
        }
        Form form = Form.of(file.get(), from(request), request);
        RejectFixing.Part part = part(file.get(), form.from());
        String what = request.form("do").orElse("");
        try {
            return switch (what.replaceFirst(":\\d{1,9}$", "")) {
                case "try" -> problems(part, form);
                case "load" -> load(form, part);
                case "part" -> open(form, part, Integer.parseInt(what.substring(what.indexOf(':') + 1)));
                default -> table(form, part, "");
            };
        } catch (DropRefused | DropHeld refused) {
            return PageResponse.failed(address(file.get()), refused.getMessage());
        }
    }

    /** Shows another part; what was changed goes with it. */
    private PageResponse open(Form form, RejectFixing.Part part, int from) throws IOException {
        RejectFixing.Part other = part(part.file(), from);
        List<RejectsView.Carried> carried = carried(form, other, new RoaringBitmap());
        long length = carried.stream()
                .mapToLong(cell -> ShownText.address(cell.text()).length())
                .sum();
        return carried.size() > MOST_CARRIED || length > LONGEST_CARRIED
                ? table(form, part, "You have changed more than one form can hold. Load these rows before you go on.")
                : table(form, other, "");
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

    /** Loads the ticked rows of all parts. If it cannot, the table is shown again with what was changed. */
    private PageResponse load(Form form, RejectFixing.Part part) throws IOException {
        try {
            return deliver(form, part);
        } catch (UploadRefused | RunHalted | DropRefused refused) {
            return table(form, part, "Nothing was loaded. " + refused.getMessage());
        } catch (IOException fault) {
            return table(form, part, FolderFault.words(loader.folders().inbox(), fault));
        }
    }

    private PageResponse deliver(Form form, RejectFixing.Part part) throws IOException {
        Path folder = Files.createTempDirectory(
                Files.createDirectories(loader.folders().spool()), "rejects-");
        try {
            Optional<RejectFixing.Fixed> fixed =
                    fixing.write(part.file(), part.name(), form, form.selection()::isTicked, account, folder);
            if (fixed.isEmpty()) {
                return table(form, part, "No row is chosen. Tick those that are to be loaded.");
            }
            // One after the other, so that of two that are sent at once the second one sees the first.
            synchronized (loads) {
                RejectLoads.Loaded loaded = loads.of(part.file(), fixed.get().source());
                boolean isCurrent = form.seen() == loaded.last()
                        && form.source().equals(fixed.get().source());
                return isCurrent ? deliver(part, fixed.get()) : table(form, part, stale(loaded, form.seen()));
            }
        } finally {
            wipe(folder);
        }
    }

    private static String stale(RejectLoads.Loaded loaded, long seen) {
        return loaded.after(seen).stream()
                .reduce((first, second) -> second)
                .map(last -> "Nothing was loaded this time. After this table was opened, rows of it were loaded as "
                        + ShownText.of(last.name()) + ", on " + Times.of(last.at())
                        + ". They are no longer ticked. Tick a row to load it once more.")
                .orElse("Nothing was loaded. The table was not complete. Check the rows and try again.");
    }

    private PageResponse deliver(RejectFixing.Part part, RejectFixing.Fixed fixed) throws IOException {
        StoredUpload upload;
        try (InputStream content = Files.newInputStream(fixed.file())) {
            upload = uploads.receive(part.name(), content);
        }
        Optional<RejectLoad> load = Optional.empty();
        try {
            // Before the drop is in the inbox: a crash may lose the ease, and must not load a row twice.
            load = Optional.of(loads.record(part.file(), fixed, upload.name(), upload.digest()));
            String name =
                    uploads.release(upload.id()).orElseThrow().getFileName().toString();
            rename(load.get(), name);
            return PageResponse.done(
                    loader.drops().approve() ? "/bring" : "/",
                    ShownText.of(name) + " is in the inbox and will be loaded.");
        } catch (IOException | RunHalted fault) {
            if (uploads.find(upload.id()).isPresent()) {
                uploads.discard(upload.id());
                load.ifPresent(loads::forget);
            }
            throw fault;
        }
    }

    private void rename(RejectLoad load, String name) {
        try {
            loads.rename(load, name);
        } catch (RunHalted fault) {
            // It is in the inbox, so nobody may be told that it is not. It is found by its digest.
            LOG.warn("{}: its name is not in the journal: {}", NormalizedName.show(name), fault.getMessage());
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

    private static int from(BrowserRequest request) {
        return request.number("from", 0, 0, 100_000_000);
    }

    private static RejectFixing.Part part(Path file, int from) {
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

    /** Returns the latest loads with rejects, as the journal knows them: to look into thousands of folders takes seconds. */
    private RejectsView.Folders folders() throws IOException {
        List<RejectsView.Folder> shown = new ArrayList<>();
        for (DropLine drop : Journal.search(
                loader.folders().journal(),
                new DropSearch("", DropSearch.Kind.REJECTED, Long.MAX_VALUE, MOST_FOLDERS))) {
            Optional<ResultsFolder> folder = ResultsFolder.of(loader.folders().outbox(), drop.folder());
            for (Path file : folder.map(one -> rejects(one.folder())).orElse(List.of())) {
                shown.add(new RejectsView.Folder(
                        ShownText.of(drop.folder()),
                        file.getFileName().toString(),
                        address(file),
                        ShownText.size(Files.size(file))));
            }
        }
        return new RejectsView.Folders(shown);
    }
}
