package org.catalogdrop.shared;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Optional;
import org.catalogdrop.config.Settings;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.journal.text.AccountTexts;
import org.catalogdrop.kommo.auth.TokenFile;
import org.catalogdrop.kommo.auth.TokenSource;
import org.catalogdrop.kommo.auth.TokenStore;
import org.catalogdrop.kommo.auth.TokenText;
import org.catalogdrop.kommo.throttle.BlockFile;
import org.catalogdrop.kommo.throttle.BlockStore;
import org.catalogdrop.kommo.throttle.BlockText;

/** Makes the stores of an account: in the database of its journal if that is on PostgreSQL, else in files. Stateless. */
public final class SharedStores {

    private SharedStores() {}

    /** Returns the store of the pair of tokens; empty if the account has a long-lived token. */
    public static Optional<TokenStore> tokens(Settings.Api api, JournalPlace journal) {
        return api.access() instanceof TokenSource.Rotating pair
                ? Optional.of(pair.file()
                        .<TokenStore>map(file -> tokenFile(file, api, pair))
                        .orElseGet(() -> tokens(api, (JournalPlace.Postgres) journal, pair)))
                : Optional.empty();
    }

    /** Returns the store of the pair of tokens without a journal on PostgreSQL. */
    public static TokenStore tokensOf(Path state, Settings.Api api, TokenSource.Rotating pair) {
        return tokenFile(state.resolve("tokens.json"), api, pair);
    }

    private static TokenStore tokenFile(Path file, Settings.Api api, TokenSource.Rotating pair) {
        return new TokenFile(file, api.baseUrl(), pair.integration().id());
    }

    private static TokenStore tokens(Settings.Api api, JournalPlace.Postgres journal, TokenSource.Rotating pair) {
        AccountTexts texts = new AccountTexts(journal);
        return new DatabaseTokens(
                texts,
                new TokenText(texts.place(), api.baseUrl(), pair.integration().id()),
                new UnsavedTokens(journal.state().resolve("tokens-unsaved.json"), texts));
    }

    /** Returns the store of a block of the API. */
    public static BlockStore block(Settings.Api api, JournalPlace journal) {
        return journal instanceof JournalPlace.Postgres database
                ? new DatabaseBlock(new AccountTexts(database), new BlockText(api.baseUrl(), new ObjectMapper()))
                : new BlockFile(journal.state(), api.baseUrl(), new ObjectMapper());
    }
}
