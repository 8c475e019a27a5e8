package org.catalogdrop.page;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.catalogdrop.config.Repeat;
import org.catalogdrop.inbox.InboxDelivery;
import org.catalogdrop.input.DropInspector;
import org.catalogdrop.journal.DropEntry;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.journal.DropSearch;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.load.DropRegistration;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Plan;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.Summary;
import org.catalogdrop.page.http.BrowserRequest;
import org.catalogdrop.page.http.FolderFault;
import org.catalogdrop.page.http.PageResponse;
import org.catalogdrop.page.http.PageRoute;
import org.catalogdrop.page.http.ShownText;
import org.catalogdrop.report.DisplayText;
import org.catalogdrop.resolve.RecordedSettings;
import org.catalogdrop.results.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All drops of the journal, with their reports and files, and what can be done with a drop that has ended: look up its rows in doubt again, undo it,
 * make its results again.
 */
final class HistoryPage implements PageRoute {

    private static final String PATH = "/history";
    private static final int LINES = 50;
    private static final int LONGEST_SEARCH = 200;
    private static final Pattern BELOW = Pattern.compile("(\\d{1,18})(?:/(files/.+|undo|plan|settle|results))?");
    private static final String UNDO = "undo.csv";
    private static final String FILES = "files/";
    private static final String REFUSED = "refused";

    /** How many refused drops are shown before the list of all. */
    private static final int FEW = 10;

    private static final Logger LOG = LoggerFactory.getLogger(HistoryPage.class);

    private final LoaderParts loader;
    private final PageTasks tasks;
    private final UndoPlans plans;

    HistoryPage(LoaderParts loader, PageTasks tasks) {
        this.loader = loader;
        this.tasks = tasks;
        this.plans = new UndoPlans(loader.calls(), tasks);
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public String menu() {
        return "History";
    }

    private static String path(DropLine drop) {
        return PATH + "/" + drop.id();
    }

    private JournalPlace place() {
        return loader.folders().journal();
    }

    private Optional<ResultsFolder> folder(DropLine drop) {
        return ResultsFolder.of(loader.folders().outbox(), drop.folder());
    }

    @Override
    public PageResponse show(BrowserRequest request) throws IOException {
        if (request.below().isEmpty()) {
            return list(request);
        }
        if (request.below().equals(REFUSED)) {
            return refused(request.query("drop").orElse(""));
        }
        if (request.below().startsWith(REFUSED + "/")) {
            String file = request.below().substring(REFUSED.length() + 1);
            return file.endsWith(".reason.txt") || file.endsWith(".report.html")
                    ? new ResultsFolder(loader.folders().refused()).answer(file)
                    : PageResponse.missing();
        }
        Matcher below = BELOW.matcher(request.below());
        Optional<DropLine> found = below.matches() ? find(below.group(1)) : Optional.empty();
        if (found.isEmpty()) {
            return PageResponse.missing();
        }
        DropLine drop = found.get();
        String what = Optional.ofNullable(below.group(2)).orElse("");
        if (what.isEmpty()) {
            return PageResponse.view(DisplayText.of(drop.name()), "page/drop.jte", view(drop));
        }
        if (what.equals("undo")) {
            return PageResponse.view("Undo a load", "page/undo.jte", plans.view(path(drop), drop));
        }
        Optional<ResultsFolder> folder = folder(drop);
        return what.startsWith(FILES) && folder.isPresent()
                ? folder.get().answer(what.substring(FILES.length()))
                : PageResponse.missing();
    }

    private Optional<DropLine> find(String number) {
        return Journal.find(place(), Long.parseLong(number));
    }

    /** Shows a drop of the folder of refused drops, by the name of the file with its reason. */
    private PageResponse refused(String name) throws IOException {
        Optional<Refusal> found = Refusal.latest(loader.folders().refused(), name::equals, 1).refusals().stream()
                .findFirst();
        if (found.isEmpty()) {
            return PageResponse.failed(PATH, "This file is no longer in the folder of refused drops.");
        }
        Refusal refusal = found.get();
        List<DropView.File> files = new ArrayList<>();
        for (String file : List.of(refusal.report(), name)) {
            Path path = loader.folders().refused().resolve(file);
            if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                files.add(new DropView.File(refusedFile(file), DisplayText.of(file), ShownText.size(Files.size(path))));
            }
        }
        return PageResponse.view(
                DisplayText.of(refusal.drop()),
                "page/drop.jte",
                new DropView(
                        PATH + "/" + REFUSED,
                        "refused",
                        "bad",
                        Stream.of(
                                        new DropView.Fact("Refused", DisplayText.of(refusal.at())),
                                        new DropView.Fact("Reason", DisplayText.of(refusal.message(), 1000)),
                                        new DropView.Fact("Code", DisplayText.of(refusal.code())),
                                        new DropView.Fact("What next", DisplayText.of(refusal.next(), 1000)),
                                        new DropView.Fact(
                                                "File",
                                                DisplayText.of(refusal.file().toString())))
                                .filter(fact -> !fact.value().isEmpty())
                                .toList(),
                        files,
                        false,
                        0,
                        false,
                        "",
                        Files.exists(refusal.file(), LinkOption.NOFOLLOW_LINKS)
                                ? "Nothing of it was sent by this try. When its cause is fixed, bring the file again."
                                : "Its file is no longer there."));
    }

    private static String refusedFile(String name) {
        return PATH + "/" + REFUSED + "/" + ShownText.address(name);
    }

    private HistoryView.Refused refused(DropSearch search) {
        int most = search.kind() == DropSearch.Kind.REFUSED || !search.isOfAll() ? LINES : FEW;
        try {
            Refusal.Latest latest = Refusal.latest(loader.folders().refused(), search.nameTest(), most);
            return new HistoryView.Refused(
                    latest.refusals().stream().map(this::refusedDrop).toList(), latest.all());
        } catch (IOException unreadable) {
            // The drops of the journal are shown all the same; the folder is only looked at.
            LOG.warn("{}: cannot be read for the page", loader.folders().refused(), unreadable);
            return HistoryView.Refused.NONE;
        }
    }

    private HistoryView.RefusedDrop refusedDrop(Refusal refusal) {
        Path report = loader.folders().refused().resolve(refusal.report());
        return new HistoryView.RefusedDrop(
                PATH + "/" + REFUSED + "?drop="
                        + ShownText.address(refusal.reason().getFileName().toString()),
                Files.isRegularFile(report, LinkOption.NOFOLLOW_LINKS) ? refusedFile(refusal.report()) : "",
                DisplayText.of(refusal.drop()),
                DisplayText.of(refusal.at()),
                DisplayText.of(refusal.message(), 300));
    }

    private PageResponse list(BrowserRequest request) {
        String words = request.query("words").orElse("");
        words = words.substring(0, Math.min(LONGEST_SEARCH, words.length()));
        DropSearch.Kind kind = kind(request.query("kind").orElse(""));
        long before = request.query("before")
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(Long.MAX_VALUE);
        DropSearch all = new DropSearch(words, kind, before, LINES + 1);
        List<DropLine> found = Journal.search(place(), all);
        List<DropLine> shown = found.subList(0, Math.min(LINES, found.size()));
        String search = PATH + "?kind=" + word(kind) + "&words=" + URLEncoder.encode(words, StandardCharsets.UTF_8);
        return PageResponse.view(
                "History",
                "page/history.jte",
                new HistoryView(
                        words,
                        word(kind),
                        shown.stream().map(this::line).toList(),
                        found.size() > LINES
                                ? search + "&before=" + shown.get(LINES - 1).id()
                                : "",
                        before == Long.MAX_VALUE ? "" : search,
                        before == Long.MAX_VALUE && (kind == DropSearch.Kind.ALL || kind == DropSearch.Kind.REFUSED)
                                ? refused(all)
                                : HistoryView.Refused.NONE));
    }

    private static String word(DropSearch.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static DropSearch.Kind kind(String word) {
        return Stream.of(DropSearch.Kind.values())
                .filter(kind -> word(kind).equals(word))
                .findFirst()
                .orElse(DropSearch.Kind.ALL);
    }

    private HistoryView.Line line(DropLine drop) {
        boolean reported = !drop.folder().isEmpty()
                && Files.isRegularFile(
                        loader.folders().outbox().resolve(drop.folder()).resolve("report.html"),
                        LinkOption.NOFOLLOW_LINKS);
        return new HistoryView.Line(
                path(drop),
                reported ? path(drop) + "/files/report.html" : "",
                DisplayText.of(drop.name()),
                DisplayText.of(drop.entered()),
                drop.rows() < 0 ? "" : DropWords.number(drop.rows()),
                DropWords.state(drop),
                DropWords.outcome(drop),
                DropWords.level(drop));
    }

    private DropView view(DropLine drop) throws IOException {
        List<DropView.Fact> facts = new ArrayList<>();
        facts.add(new DropView.Fact("State", DropWords.state(drop)));
        facts.add(new DropView.Fact("Came", DisplayText.of(drop.entered())));
        drop.finished().ifPresent(end -> facts.add(new DropView.Fact("Ended", DisplayText.of(end))));
        if (drop.rows() >= 0) {
            facts.add(new DropView.Fact("Rows", DropWords.number(drop.rows())));
        }
        facts.add(new DropView.Fact("Outcome", DropWords.outcome(drop)));
        facts.add(new DropView.Fact(
                "For", DisplayText.of(RecordedSettings.of(drop.settings()).target())));
        facts.add(new DropView.Fact("SHA-256", drop.digest()));
        drop.place().ifPresent(place -> facts.add(new DropView.Fact("File", DisplayText.of(place))));
        List<DropView.File> files = files(drop);
        Optional<String> obstacle = obstacle(drop);
        return new DropView(
                path(drop),
                DropWords.state(drop),
                DropWords.level(drop),
                facts.stream().filter(fact -> !fact.value().isEmpty()).toList(),
                files,
                files.stream().anyMatch(file -> file.name().equals(UNDO))
                        && isOver(drop)
                        && otherAccount(drop).isEmpty(),
                obstacle.isEmpty() ? drop.inDoubt() : 0,
                obstacle.isEmpty(),
                rejects(drop, files),
                obstacle.filter(why -> isOver(drop)).orElse(""));
    }

    private List<DropView.File> files(DropLine drop) throws IOException {
        Optional<ResultsFolder> folder = folder(drop).filter(one -> isOver(drop));
        List<DropView.File> files = new ArrayList<>();
        if (folder.isPresent()) {
            for (Path file : folder.get().files()) {
                String name = file.getFileName().toString();
                String link = path(drop) + "/files/" + ShownText.address(name);
                files.add(new DropView.File(link, DisplayText.of(name), ShownText.size(Files.size(file))));
            }
        }
        return files;
    }

    private String rejects(DropLine drop, List<DropView.File> files) {
        return files.stream()
                .map(DropView.File::name)
                .filter(name -> name.startsWith("rejects."))
                .findFirst()
                .flatMap(name -> folder(drop).map(results -> results.folder().resolve(name)))
                .map(RejectsPage::address)
                .orElse("");
    }

    private static boolean isOver(DropLine drop) {
        return drop.state() == DropEntry.State.DONE || drop.state() == DropEntry.State.PUBLISHED;
    }

    /** Returns why nothing can be done with a drop of another account, whose ids are of other elements here; empty if it is of this one. */
    private Optional<String> otherAccount(DropLine drop) {
        RecordedSettings now = RecordedSettings.ofAccount(loader.api());
        RecordedSettings then = RecordedSettings.of(drop.settings());
        return now.isSameAccount(then)
                ? Optional.empty()
                : Optional.of("It was loaded into another account: "
                        + DisplayText.of(then.account().orElseThrow()) + ". kommo.base-url now names "
                        + DisplayText.of(now.account().orElseThrow())
                        + ". To undo it or to look again, set kommo.base-url back and start again.");
    }

    /** Returns why the load of a drop cannot be taken up again; empty if it can. */
    private Optional<String> obstacle(DropLine drop) {
        if (drop.state() != DropEntry.State.DONE) {
            return Optional.of("Its load has not ended.");
        }
        Optional<String> elsewhere = otherAccount(drop);
        if (elsewhere.isPresent()) {
            return elsewhere;
        }
        if (!Journal.isLatest(place(), drop)) {
            return Optional.of("The same bytes were loaded once more later. See that load.");
        }
        if (drop.place().map(Path::of).filter(Files::isRegularFile).isEmpty()) {
            return Optional.of("Its file is no longer where it was put"
                    + drop.place()
                            .map(place -> " (" + DisplayText.of(place) + ")")
                            .orElse("")
                    + ", so its rows cannot be looked up and its results cannot be made again. Put it back there.");
        }
        return Optional.empty();
    }

    @Override
    public PageResponse act(BrowserRequest request) throws IOException {
        Matcher below = BELOW.matcher(request.below());
        Optional<DropLine> found = below.matches() ? find(below.group(1)) : Optional.empty();
        if (found.isEmpty() || below.group(2) == null) {
            return PageResponse.missing();
        }
        DropLine drop = found.get();
        return switch (below.group(2)) {
            case "settle" -> again(drop, Repeat.SETTLE, "Looking up the rows in doubt of ");
            case "results" -> again(drop, Repeat.RESULTS, "Making the results again of ");
            case "plan" -> planUndo(drop);
            case "undo" -> undo(drop, request.form("digest").orElse(""));
            default -> PageResponse.missing();
        };
    }

    private PageResponse again(DropLine drop, Repeat repeat, String words) {
        Optional<String> obstacle = obstacle(drop);
        if (obstacle.isPresent()) {
            return PageResponse.failed(path(drop), obstacle.get());
        }
        Path file = Path.of(drop.place().orElseThrow());
        String name = NormalizedName.show(drop.name());
        PageTasks.Begun begun = tasks.begin(repeat + " " + drop.id(), words + name, () -> {
            if (!DropInspector.digest(file).equals(drop.digest())) {
                return "nothing was done, because " + file + " has other bytes now.";
            }
            Summary summary = loader.calls().load(file, drop.name(), repeat);
            return Plural.of(summary.rows(), "row") + ": " + DropWords.counts(summary.byStatus()) + ".";
        });
        return switch (begun) {
            case NOW -> PageResponse.done("/", words + name + " has begun.");
            case BEFORE -> PageResponse.done("/", words + name + " has begun already.");
            case FULL -> full(drop);
        };
    }

    private static PageResponse full(DropLine drop) {
        return PageResponse.failed(path(drop), "Too much waits to be done already. Try again later.");
    }

    private Optional<Path> undoFile(DropLine drop) throws IOException {
        Optional<ResultsFolder> folder = folder(drop).filter(one -> isOver(drop));
        return folder.isEmpty() ? Optional.empty() : folder.get().file(UNDO);
    }

    private PageResponse planUndo(DropLine drop) throws IOException {
        Optional<String> elsewhere = otherAccount(drop);
        if (elsewhere.isPresent()) {
            return PageResponse.failed(path(drop), elsewhere.get());
        }
        Optional<Path> file = undoFile(drop);
        if (file.isEmpty()) {
            return PageResponse.failed(
                    path(drop), "There is no undo.csv in its results, so nothing can be taken back.");
        }
        return plans.begin(drop, file.get(), undoName(drop)) ? PageResponse.redirect(path(drop) + "/undo") : full(drop);
    }

    /** As the command 'undo' names it, so that no mapping file reads it. */
    private static String undoName(DropLine drop) {
        return drop.folder() + ".undo.csv";
    }

    /** Returns where these bytes are undone or were; empty if nothing of them has begun, or nothing was applied. */
    private Optional<String> undoneBefore(DropLine drop, String digest) throws IOException {
        String name = "The undo of " + NormalizedName.show(drop.name());
        Path copy = loader.folders().inbox().resolve(undoName(drop));
        Optional<DropLine> known = Journal.latest(place(), digest)
                .filter(undo ->
                        RecordedSettings.ofAccount(loader.api()).isSameAccount(RecordedSettings.of(undo.settings())));
        if (known.filter(undo -> isOver(undo) && DropRegistration.hasLoaded(undo.counts()))
                .isPresent()) {
            return Optional.of(name + " was done before, with results in "
                    + DisplayText.of(known.get().folder()) + ". Nothing was done now. An undo is done once.");
        }
        return Files.isRegularFile(copy, LinkOption.NOFOLLOW_LINKS)
                        && DropInspector.digest(copy).equals(digest)
                ? Optional.of(name + " is in the inbox already, so nothing was done now.")
                : Optional.empty();
    }

    /** Puts a copy into the inbox, so that a crash does not end the undo. */
    private PageResponse undo(DropLine drop, String digest) throws IOException {
        Optional<String> elsewhere = otherAccount(drop);
        if (elsewhere.isPresent()) {
            return PageResponse.failed(path(drop), elsewhere.get());
        }
        Optional<Path> file = undoFile(drop);
        Optional<String> before = file.isEmpty() ? Optional.empty() : undoneBefore(drop, digest);
        if (before.isPresent()) {
            return PageResponse.failed(path(drop), before.get());
        }
        Optional<Plan> plan = file.isEmpty() ? Optional.empty() : plans.take(drop, digest);
        if (plan.isEmpty()) {
            return PageResponse.failed(path(drop) + "/undo", "Look at the plan first.");
        }
        Path inbox = loader.folders().inbox();
        try (InputStream content = Files.newInputStream(file.get())) {
            return InboxDelivery.put(inbox, undoName(drop), content, digest).isPresent()
                    ? PageResponse.done("/", "The undo of " + NormalizedName.show(drop.name()) + " is in the inbox.")
                    : PageResponse.failed(
                            path(drop) + "/undo", "undo.csv was changed after this plan. Make the plan again.");
        } catch (IOException fault) {
            plans.giveBack(drop, plan.get());
            return FolderFault.answer(path(drop) + "/undo", inbox, fault);
        }
    }
}
