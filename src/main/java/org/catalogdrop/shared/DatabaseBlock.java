package org.catalogdrop.shared;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.catalogdrop.journal.text.AccountTexts;
import org.catalogdrop.kommo.throttle.ApiBlock;
import org.catalogdrop.kommo.throttle.BlockStore;
import org.catalogdrop.kommo.throttle.BlockText;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.RunHalted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A block of the API in the database of the journal, so that every machine knows it. A person lifts it by a command. While a block stands,
 * the database is asked now and then; if it is away, what was known counts. Safe for many threads.
 */
final class DatabaseBlock implements BlockStore {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseBlock.class);

    private static final String NAME = "block";

    /** How long a block that was found, or a fault, counts without another look. That there is none is never kept. */
    private static final long FRESH = Duration.ofSeconds(2).toNanos();

    private final AccountTexts texts;
    private final BlockText text;
    private Optional<ApiBlock> known = Optional.empty();
    private boolean isUnwritten;
    private boolean isAway;
    private Optional<Long> lookedAt = Optional.empty();

    DatabaseBlock(AccountTexts texts, BlockText text) {
        this.texts = texts;
        this.text = text;
    }

    @Override
    public synchronized Optional<ApiBlock> recall() {
        if (lookedAt.isPresent() && System.nanoTime() - lookedAt.get() < FRESH) {
            return known;
        }
        try {
            if (isUnwritten) {
                write(known.orElseThrow());
            } else {
                known = texts.read(NAME).map(kept -> text.read(kept.getBytes(StandardCharsets.UTF_8), texts.place()));
            }
            isAway = false;
            lookedAt = known.map(block -> System.nanoTime());
        } catch (RunHalted fault) {
            isAway = true;
            lookedAt = Optional.of(System.nanoTime());
        }
        return known;
    }

    @Override
    public synchronized boolean isLifted() {
        return recall().isEmpty() && !isAway;
    }

    @Override
    public synchronized void keep(ApiBlock block) {
        known = Optional.of(block);
        lookedAt = Optional.of(System.nanoTime());
        try {
            write(block);
        } catch (RunHalted fault) {
            isUnwritten = true;
            LOG.error(
                    "that the API blocks us cannot be written to {}; do not start again at once: {}",
                    texts.place(),
                    fault.getMessage());
        }
    }

    private void write(ApiBlock block) {
        texts.write(NAME, new String(text.write(block), StandardCharsets.UTF_8));
        isUnwritten = false;
    }

    @Override
    public synchronized void forget() {
        known = Optional.empty();
        isUnwritten = false;
        lookedAt = Optional.empty();
        try {
            texts.delete(NAME);
            LOG.info("the block of the API is lifted");
        } catch (RunHalted fault) {
            LOG.error(
                    "the API has lifted the block, but that cannot be written to {}; run 'catalog-drop block lift': {}",
                    texts.place(),
                    fault.getMessage());
        }
    }

    @Override
    public synchronized String place() {
        return isUnwritten ? "" : texts.place();
    }

    @Override
    public Problem problem(ApiBlock block, String place) {
        return text.problem(block, BlockText.liftOf(place));
    }
}
