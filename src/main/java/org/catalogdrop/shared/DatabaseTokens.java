package org.catalogdrop.shared;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.catalogdrop.journal.text.AccountTextLock;
import org.catalogdrop.journal.text.AccountTexts;
import org.catalogdrop.kommo.auth.TokenPair;
import org.catalogdrop.kommo.auth.TokenStore;
import org.catalogdrop.kommo.auth.TokenText;
import org.catalogdrop.kommo.auth.TokenTurn;
import org.catalogdrop.model.RunHalted;

/**
 * A pair of tokens in the database of the journal, for all machines. The turn is the lock of its line. What was read is used for a while:
 * if another machine renews the pair meanwhile, the API refuses the old token, and the line is read again in the turn. Safe for many
 * threads and processes.
 */
final class DatabaseTokens implements TokenStore {

    static final String NAME = "tokens";

    /** How long a pair is used without reading it again. */
    private static final long FRESH = Duration.ofMinutes(5).toNanos();

    /** How much longer than two answers may take the lock is kept for a process that stands still. */
    private static final Duration SPARE = Duration.ofSeconds(30);

    private final AccountTexts texts;
    private final TokenText text;
    private final UnsavedTokens unsaved;
    private Optional<TokenPair> known = Optional.empty();
    private long knownAt;

    DatabaseTokens(AccountTexts texts, TokenText text, UnsavedTokens unsaved) {
        this.texts = texts;
        this.text = text;
        this.unsaved = unsaved;
    }

    @Override
    public String place() {
        return texts.place();
    }

    @Override
    public synchronized TokenPair read() {
        if (known.isPresent() && System.nanoTime() - knownAt < FRESH) {
            return known.get();
        }
        try {
            unsaved.save();
            return learn(texts.read(NAME).orElse(""));
        } catch (RunHalted fault) {
            known = Optional.empty();
            throw fault;
        }
    }

    private synchronized TokenPair learn(String kept) {
        if (kept.isEmpty()) {
            throw text.missing();
        }
        TokenPair pair = text.read(kept.getBytes(StandardCharsets.UTF_8));
        known = Optional.of(pair);
        knownAt = System.nanoTime();
        return pair;
    }

    private synchronized void forget() {
        known = Optional.empty();
    }

    @Override
    public TokenTurn awaitTurn(Duration longest) {
        unsaved.save();
        AccountTextLock lock = texts.lock(NAME, longest, longest.dividedBy(2).plus(SPARE));
        forget();
        if (!lock.text().isEmpty()) {
            known(lock.text());
        }
        return new Turn(lock);
    }

    /** Whoever logs in replaces whatever is there, readable or not. */
    private void known(String kept) {
        try {
            learn(kept);
        } catch (RunHalted unreadable) {
            forget();
        }
    }

    private final class Turn implements TokenTurn {

        private final AccountTextLock lock;

        private Turn(AccountTextLock lock) {
            this.lock = lock;
        }

        @Override
        public void reserve() {
            // The line was written once more when it was locked.
            unsaved.reserve();
        }

        @Override
        public void require() {
            lock.require();
        }

        @Override
        public void fill(TokenPair pair) {
            String next = new String(text.write(pair), StandardCharsets.UTF_8);
            try {
                lock.write(next);
            } catch (RunHalted fault) {
                forget();
                throw unsaved.keep(lock.text(), next, fault);
            }
            learn(next);
        }

        @Override
        public void clear() {
            lock.write("");
            forget();
        }

        @Override
        public void close() {
            lock.close();
        }
    }
}
