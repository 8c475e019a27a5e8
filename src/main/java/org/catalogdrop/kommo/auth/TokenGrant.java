package org.catalogdrop.kommo.auth;

import java.util.Map;
import org.catalogdrop.kommo.Secret;

/** What a new pair of tokens is requested with. Each grant works once. */
public sealed interface TokenGrant {

    /** The code that the account's administrator got by agreeing; valid for 20 minutes. */
    record Code(Secret code) implements TokenGrant {}

    /** The refresh token of the last pair. */
    record Refresh(Secret token) implements TokenGrant {}

    /** Returns its secret. */
    default Secret secret() {
        return this instanceof Code one ? one.code() : ((Refresh) this).token();
    }

    /** Returns the body to send, in the vendor's words (developers.kommo.com, "Get token"). */
    default Map<String, String> document(Integration integration) {
        boolean code = this instanceof Code;
        return Map.of(
                "client_id",
                integration.id(),
                "client_secret",
                integration.secret().reveal(),
                "redirect_uri",
                integration.redirectUri(),
                "grant_type",
                code ? "authorization_code" : "refresh_token",
                code ? "code" : "refresh_token",
                secret().reveal());
    }
}
