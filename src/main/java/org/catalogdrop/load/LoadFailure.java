package org.catalogdrop.load;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropHeld;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.RunHalted;

/**
 * Why a load sends nothing more, or reads nothing more of its drop, as soon as there is a reason. It is the one thing of a load that all its
 * phases and threads share and change. Safe for many threads.
 */
public final class LoadFailure {

    private final String digest;
    private final AtomicReference<RuntimeException> reason = new AtomicReference<>();
    private final CountDownLatch failed = new CountDownLatch(1);
    private final List<Consumer<RuntimeException>> listeners = new CopyOnWriteArrayList<>();
    private volatile Optional<DropRefused> refusal = Optional.empty();

    /** @param digest of the drop */
    LoadFailure(String digest) {
        this.digest = digest;
    }

    /** Nothing more is sent: the first reason given stands. Wakes whoever waits. */
    public void fail(RuntimeException fault) {
        reason.compareAndSet(null, fault instanceof DropHeld held ? held.of(digest) : fault);
        failed.countDown();
        listeners.forEach(listener -> listener.accept(reason.get()));
    }

    /** Calls a listener when the load fails, maybe twice; at once if it has failed already. */
    void listen(Consumer<RuntimeException> listener) {
        listeners.add(listener);
        reason().ifPresent(listener);
    }

    public Optional<RuntimeException> reason() {
        return Optional.ofNullable(reason.get());
    }

    /** Returns whether nothing more is sent. */
    public boolean isFailed() {
        return reason.get() != null;
    }

    void throwIfFailed() {
        reason().ifPresent(fault -> {
            throw fault;
        });
    }

    /** Waits; ends with the reason as soon as there is one. */
    public void pause(Duration time) throws InterruptedException {
        if (failed.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw reason.get();
        }
    }

    /** The drop is unusable from here on: nothing more of it is read, what is under way comes to its end. */
    void refuse(DropRefused fault) {
        refusal = Optional.of(fault);
    }

    /** Returns whether nothing more of the drop is to be read. */
    boolean isFailedOrRefused() {
        return isFailed() || refusal.isPresent();
    }

    void throwIfFailedOrRefused() {
        throwIfFailed();
        refusal.ifPresent(fault -> {
            throw fault;
        });
    }

    /** Returns why a load ends whose thread was interrupted while it waited; the thread stays interrupted. */
    public static RunHalted interrupted() {
        Thread.currentThread().interrupt();
        return new RunHalted(Code.STOPPED, "the load was interrupted. Run again to resume.");
    }
}
