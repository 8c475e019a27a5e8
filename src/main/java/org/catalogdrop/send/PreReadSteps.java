package org.catalogdrop.send;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.catalogdrop.config.Undo;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.kommo.ClockSkew;
import org.catalogdrop.kommo.read.ElementPages;
import org.catalogdrop.kommo.read.PageBody;
import org.catalogdrop.kommo.read.PageRequest;
import org.catalogdrop.kommo.read.PreRead;
import org.catalogdrop.load.ListReads;
import org.catalogdrop.load.RunningLoad;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.BeforeImage;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;

/**
 * The steps of the route {@code catalog-read-first}: elements are read before they are changed if the row needs it. The result only
 * affects what is sent: the journal has the request's intent as always, and an operation that is sent again is read again before. Safe
 * for many threads.
 */
public final class PreReadSteps {

    private final Supplier<Journal> journal;
    private final Undo undo;
    private final StaleUpdates stale;

    private final ListReads reads;

    /** Whether such a chunk was seen: it is reported once, not for every drop. */
    private final AtomicBoolean lost = new AtomicBoolean();

    private final InFlight inFlight;

    public PreReadSteps(Supplier<Journal> journal, Undo undo, ClockSkew clocks, ListReads reads, InFlight inFlight) {
        this.inFlight = inFlight;
        this.reads = reads;
        this.stale = new StaleUpdates(clocks);
        this.journal = journal;
        this.undo = undo;
    }

    /** A part about to be sent, with the elements read for it. It is not a record, because Camel would hash all of it. */
    public static final class Look {

        private final List<Operation> operations;
        private final ElementPages pages;

        private Look(List<Operation> operations, List<Operation> read) {
            this.operations = operations;
            this.pages = ElementPages.sure(read);
        }

        private Optional<Element> element(Operation operation) {
            return pages.element(operation.element().orElseThrow());
        }

        public boolean isUnfinished() {
            return pages.isUnfinished();
        }
    }

    boolean isNeeded(Chunk chunk) {
        return chunk.action() != Action.ADD && chunk.operations().stream().anyMatch(this::isNeeded);
    }

    private boolean isNeeded(Operation operation) {
        return undo == Undo.FULL || PreRead.isNeeded(operation);
    }

    Undo undo() {
        return undo;
    }

    /** Returns whether a chunk that is about to be sent is the first one that changes an element whose before image is not kept. */
    boolean isFirstLost(Chunk intended, RunningLoad load) {
        return intended.action() != Action.ADD
                && undo != Undo.FULL
                && !lost.get()
                && intended.operations().stream().anyMatch(operation -> isLost(operation, load))
                && lost.compareAndSet(false, true);
    }

    private boolean isLost(Operation operation, RunningLoad load) {
        return journal.get().before(load.entry().id(), operation.row().number()).isEmpty();
    }

    /** Begins to read what must be read before the next part is sent. Before a retry it waits. */
    public Look beginRead(ChunkDelivery sending) throws InterruptedException {
        inFlight.restBeforeTry(sending);
        List<Operation> operations = sending.nextUnread();
        return new Look(
                operations,
                operations.stream()
                        .filter(operation -> sending.isStale(operation) || isNeeded(operation))
                        .toList());
    }

    public PageRequest nextPage(Look look) {
        return look.pages.next();
    }

    public void takePage(Look look, PageBody page) {
        look.pages.take(page);
        reads.addFirst(page.elements().size());
    }

    /** Decides what is sent. Rows that end without a request get their outcome in the journal and in the results. */
    public void applyElements(ChunkDelivery sending, Look look) {
        List<Operation> open = new ArrayList<>();
        List<Operation> sent = new ArrayList<>();
        List<Operation> over = new ArrayList<>();
        List<Outcome> ended = new ArrayList<>();
        List<BeforeImage> befores = new ArrayList<>();
        for (Operation operation : look.operations) {
            PreRead.Found found = PreRead.judge(operation, look.pages, sending.isRepeated());
            if (found.ended().isPresent()) {
                over.add(operation);
                ended.add(found.ended().get());
            } else {
                open.add(operation);
                Operation send = found.send().orElseThrow();
                sent.add(sending.isStale(operation) ? stale.later(send, look.element(operation)) : send);
                before(operation, look.pages).ifPresent(befores::add);
            }
        }
        Answer read = new Answer(ended, List.of(), List.of(), Optional.empty(), Optional.empty());
        VanishedElements gone = VanishedElements.of(sending.load(), over, read);
        if (!ended.isEmpty()) {
            journal.get()
                    .lookedUp(
                            sending.load().entry().id(),
                            new Chunk(sending.chunk().action(), over, Optional.empty()),
                            gone.journaled());
        }
        sending.recordGone(gone.updates());
        sending.readFirst(open, new SubChunk.PreRead(sent, befores));
        sending.load().order().putAll(gone.rest().settled());
    }

    private Optional<BeforeImage> before(Operation operation, ElementPages pages) {
        if (undo == Undo.OFF || operation.element().isEmpty()) {
            return Optional.empty();
        }
        Optional<Element> element = pages.element(operation.element().getAsLong());
        return element.map(one -> new BeforeImage(operation.row().number(), one));
    }
}
