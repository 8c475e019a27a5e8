package org.catalogdrop.shared;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.config.Settings;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.kommo.auth.TokenPair;
import org.catalogdrop.kommo.auth.TokenSource;
import org.catalogdrop.kommo.auth.TokenStore;
import org.catalogdrop.kommo.auth.TokenTurn;
import org.catalogdrop.kommo.throttle.ApiBlock;
import org.catalogdrop.kommo.throttle.BlockStore;

/**
 * Moves the pair of tokens and a block from a state folder into the database of a journal, or back. They are not copied, because a pair
 * that is used at two places ends itself. Stateless.
 */
public final class SharedStateMove {

    private static final Duration TURN = Duration.ofSeconds(30);

    private SharedStateMove() {}

    /**
     * Moves what there is.
     *
     * @param database the place that is not a folder
     * @param back whether it goes from there into the state folder
     * @return what was moved, in words
     */
    public static List<String> move(Settings.Api api, JournalPlace.Postgres database, boolean back)
            throws InterruptedException {
        List<String> moved = new ArrayList<>();
        // A token file that the settings name stays where it is.
        if (api.access() instanceof TokenSource.Rotating pair && pair.file().isEmpty()) {
            TokenStore there = SharedStores.tokens(api, database).orElseThrow();
            TokenStore folder = SharedStores.tokensOf(database.state(), api, pair);
            if (back ? move(there, folder) : move(folder, there)) {
                moved.add("the pair of tokens");
            }
        }
        BlockStore there = SharedStores.block(api, database);
        BlockStore folder = SharedStores.block(api, new JournalPlace.Folder(database.state()));
        if (back ? move(there, folder) : move(folder, there)) {
            moved.add("the block of the API");
        }
        return moved;
    }

    private static boolean move(TokenStore from, TokenStore to) throws InterruptedException {
        if (from.look().isEmpty()) {
            return false;
        }
        try (TokenTurn old = from.awaitTurn(TURN);
                TokenTurn next = to.awaitTurn(TURN)) {
            TokenPair pair = from.read();
            if (to.look()
                    .filter(there -> there.obtained().isAfter(pair.obtained()))
                    .isPresent()) {
                // Somebody has logged in there since.
                return false;
            }
            next.reserve();
            next.fill(pair);
            old.clear();
            return true;
        }
    }

    private static boolean move(BlockStore from, BlockStore to) {
        Optional<ApiBlock> block = from.recall();
        block.ifPresent(standing -> {
            to.keep(standing);
            from.forget();
        });
        return block.isPresent();
    }
}
