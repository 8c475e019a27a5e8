package org.catalogdrop.camel;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.catalogdrop.config.Settings;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.load.LoadSteps;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.ElementSink;
import org.catalogdrop.model.LoaderStatus;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.ResultsVerdict;
import org.catalogdrop.model.Summary;
import org.catalogdrop.results.Summaries;
import org.catalogdrop.verify.ResultsCheck;

/** The steps of the routes {@code catalog-undo}, {@code catalog-status} and {@code catalog-verify}. Safe for many threads. */
public final class HostCalls {

    /** The header that says whether results are compared with the account too. */
    public static final String CHECK_ACCOUNT = "CatalogDropCheckAccount";

    private final Settings.Api api;
    private final Settings.Drops drops;
    private final Settings.Folders folders;
    private final LoadSteps loads;
    private final Supplier<Optional<Problem>> blocked;

    /** @param blocked why nothing may be sent to the API; empty if it may */
    HostCalls(
            Settings.Api api,
            Settings.Drops drops,
            Settings.Folders folders,
            LoadSteps loads,
            Supplier<Optional<Problem>> blocked) {
        this.api = api;
        this.drops = drops;
        this.folders = folders;
        this.loads = loads;
        this.blocked = blocked;
    }

    /** Returns the folder that a body names: a summary, a folder, or the name of a folder in the outbox. */
    private Path results(Message call) {
        Object body = call.getBody();
        if (body instanceof Summary summary) {
            return folders.outbox().resolve(summary.folder());
        }
        if (body instanceof Path || body instanceof File || body instanceof String) {
            Path path = Path.of(body.toString());
            return Files.isDirectory(path) ? path : folders.outbox().resolve(path);
        }
        throw new IllegalArgumentException("the body is "
                + (body == null ? "empty" : "a " + body.getClass().getName())
                + ". Expected the folder of a finished load, its name in the outbox, or the Summary of the load.");
    }

    /**
     * Returns the file that undoes a load, as the body of a load.
     *
     * @throws DropRefused {@link Code#EMPTY_DROP} if there is nothing to take back
     */
    public Path openUndo(Exchange exchange) {
        Path folder = results(exchange.getMessage());
        Path undo = folder.resolve("undo.csv");
        if (!Files.isRegularFile(undo)) {
            throw new DropRefused(
                    Code.EMPTY_DROP,
                    folder
                            + " has no undo.csv, so nothing can be taken back. The load changed nothing, or it was loaded with"
                            + " drop.undo=off, or only changed and deleted elements and was not loaded with drop.undo=full.");
        }
        // They were meant for another file.
        exchange.getMessage().removeHeaders("CatalogDrop*");
        exchange.getMessage().removeHeader(ListSteps.CATALOG_ID);
        exchange.getMessage().removeHeader(Exchange.FILE_NAME);
        exchange.setProperty(DropBody.NAME, Summaries.read(folder).folder() + ".undo.csv");
        return undo;
    }

    /** Returns what the loader does, and the drops that it knows. */
    public LoaderStatus readStatus() {
        return new LoaderStatus(
                api.account(),
                loads.current().map(load -> load.drop().digest()),
                blocked.get().map(Problem::message),
                Journal.drops(folders.journal()).stream().map(HostCalls::known).toList());
    }

    private static LoaderStatus.KnownDrop known(DropLine drop) {
        return new LoaderStatus.KnownDrop(
                drop.name(),
                drop.digest(),
                drop.abandoned() ? "abandoned" : drop.state().name().toLowerCase(Locale.ROOT),
                drop.rows(),
                drop.counts(),
                drop.inDoubt(),
                drop.entered(),
                drop.finished(),
                drop.folder(),
                drop.problem());
    }

    /** A check of results, and the lists that are still to be read. It is not a record, because Camel would hash all of it. */
    public static final class Check {

        private final ResultsCheck results;
        private final Iterator<Long> lists;

        private Check(ResultsCheck results) {
            this.results = results;
            this.lists = results.catalogs().iterator();
        }

        public boolean isUnfinished() {
            return lists.hasNext();
        }
    }

    /** Compares results with their drop. */
    public Check beginCheck(Exchange exchange) throws IOException {
        Message call = exchange.getMessage();
        boolean account = call.getHeader(CHECK_ACCOUNT, false, Boolean.class);
        return new Check(ResultsCheck.begin(api, drops, folders, results(call), Optional.empty(), account));
    }

    /** Prepares the read of the next list of the account. */
    public void nextList(Check check, Exchange exchange) {
        Message call = exchange.getMessage();
        call.removeHeaders("*");
        call.setHeader(ListSteps.CATALOG_ID, check.lists.next());
        ElementSink sink = check.results::seen;
        call.setBody(sink);
    }

    public ResultsVerdict endCheck(Check check) {
        return check.results.verdict();
    }

    /** Releases the files of a check, whether it succeeded or not. */
    public void closeCheck(Exchange exchange) throws IOException {
        Check check = (Check) exchange.removeProperty("catalogDropCheck");
        if (check != null) {
            check.results.close();
        }
    }
}
