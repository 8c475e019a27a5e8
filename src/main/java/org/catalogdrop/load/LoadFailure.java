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
 * The reason why a load sends nothing more, or reads nothing more of its drop, as soon as there is one. It is the only part of a load
 * that all its phases and threads share and change. Safe for many threads.
 */
public final class LoadFailure {

    private final String digest;
    private final AtomicReference<RuntimeException> reason = new AtomicReference<>();
    private final CountDownLatch failed = new CountDownLatch(1);
    private final List<Consumer<RuntimeException>> listeners = new CopyOnWriteArrayList<>();
    private volatile Optional<DropRefused> refusal = Optional.empty();

    /** @param digest the digest of the drop */
    LoadFailure(String digest) {
        this.digest = digest;
    }

    /** Stops sending. The first reason stays. Wakes waiting threads. */
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

    /** Waits. Ends with the reason as soon as there is one. */
    public void pause(Duration time) throws InterruptedException {
        if (failed.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw reason.get();
        }
    }

    /** Stops reading, because the drop is unusable from here on. Requests under way finish. */
    public void refuse(DropRefused fault) {
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

    /** Returns the reason for a load whose thread was interrupted while it waited. The thread stays interrupted. */
    public static RunHalted interrupted() {
        Thread.currentThread().interrupt();
        return new RunHalted(Code.STOPPED, "the load was interrupted. Run again to resume.");
    }
}
