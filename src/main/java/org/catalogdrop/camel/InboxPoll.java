package org.catalogdrop.camel;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.GenericFileProcessStrategy;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.apache.camel.support.DefaultMessage;
import org.catalogdrop.inbox.Inbox;
import org.catalogdrop.inbox.InboxFile;
import org.catalogdrop.inbox.InboxOrder;

/**
 * Tells Camel's file consumer when to list the inbox, which files to take and in which order. The consumer only lists. A drop is handed
 * on as a {@link Path}, and the consumer neither opens, locks, moves nor deletes it, because it parses names as paths and expressions.
 * Used by the thread of one consumer.
 */
public final class InboxPoll
        implements PollingConsumerPollStrategy,
                GenericFileFilter<File>,
                Comparator<GenericFile<File>>,
                GenericFileProcessStrategy<File> {

    private final InboxOrder lineup;
    private final BooleanSupplier look;
    private final BooleanSupplier resting;
    private final Runnable exhausted;
    private final Predicate<Path> mayBegin;

    /** Returns the strategy for drops that are to be loaded. */
    public static InboxPoll ofLoads(Inbox inbox, BooleanSupplier resting) {
        return new InboxPoll(inbox.toLoad(), inbox::look, resting, inbox::endIfNothingIsLeft, inbox::mayBegin);
    }

    /** Returns the strategy for drops that are to be planned. */
    public static InboxPoll ofPlans(Inbox inbox, BooleanSupplier resting) {
        return new InboxPoll(inbox.toPlan(), inbox::isOpen, resting, () -> {}, drop -> true);
    }

    /**
     * @param look checks the inbox before it is listed, and returns whether it may be listed
     * @param resting whether nothing may be taken now
     * @param exhausted called when a listing had nothing to take
     * @param mayBegin the last question before a drop is taken
     */
    private InboxPoll(
            InboxOrder lineup,
            BooleanSupplier look,
            BooleanSupplier resting,
            Runnable exhausted,
            Predicate<Path> mayBegin) {
        this.mayBegin = mayBegin;
        this.lineup = lineup;
        this.look = look;
        this.resting = resting;
        this.exhausted = exhausted;
    }

    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        if (!lineup.isDue()) {
            return false;
        }
        lineup.begin();
        return look.getAsBoolean();
    }

    @Override
    public boolean accept(GenericFile<File> file) {
        return path(file).filter(lineup::offer).isPresent();
    }

    @Override
    public int compare(GenericFile<File> one, GenericFile<File> other) {
        return lineup.compare(path(one).orElseThrow(), path(other).orElseThrow());
    }

    @Override
    public boolean begin(
            GenericFileOperations<File> operations,
            GenericFileEndpoint<File> endpoint,
            Exchange exchange,
            GenericFile<File> file) {
        Path drop = path(file).orElseThrow();
        if (resting.getAsBoolean() || !lineup.isTurn(drop) || !mayBegin.test(drop)) {
            return false;
        }
        // The message of the file component returns the file as its body whenever a step leaves none.
        exchange.setIn(new DefaultMessage(exchange));
        exchange.getIn().setBody(InboxFile.of(drop));
        return true;
    }

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polled) {
        if (polled == 0) {
            lineup.end();
            exhausted.run();
        }
    }

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retries, Exception fault) {
        lineup.end();
        return false;
    }

    /** Returns the path of a file; empty if its name cannot be a path in the encoding of this system. */
    private static Optional<Path> path(GenericFile<File> file) {
        try {
            return Optional.of(file.getFile().toPath());
        } catch (InvalidPathException otherEncoding) {
            return Optional.empty();
        }
    }

    @Override
    public void prepareOnStartup(GenericFileOperations<File> operations, GenericFileEndpoint<File> endpoint) {
        // An earlier run leaves nothing to clean up.
    }

    @Override
    public void abort(
            GenericFileOperations<File> operations,
            GenericFileEndpoint<File> endpoint,
            Exchange exchange,
            GenericFile<File> file) {
        // There is nothing to abort.
    }

    @Override
    public void commit(
            GenericFileOperations<File> operations,
            GenericFileEndpoint<File> endpoint,
            Exchange exchange,
            GenericFile<File> file) {
        // The route has moved the drop by its path.
    }

    @Override
    public void rollback(
            GenericFileOperations<File> operations,
            GenericFileEndpoint<File> endpoint,
            Exchange exchange,
            GenericFile<File> file) {
        // The drop stays where it is.
    }
}
