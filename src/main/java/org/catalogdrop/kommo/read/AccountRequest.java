package org.catalogdrop.kommo.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import org.catalogdrop.kommo.Numbers;
import org.catalogdrop.model.Account;

/** The questions to an account, one after the other. Used by one thread. */
public final class AccountRequest {

    private JsonNode catalogs = MissingNode.getInstance();
    private JsonNode account = MissingNode.getInstance();
    private boolean catalogsKnown;
    private boolean accountKnown;
    private final boolean userOnly;
    private int attempts;

    private AccountRequest(boolean userOnly) {
        this.userOnly = userOnly;
        this.catalogsKnown = userOnly;
    }

    /** Asks for the lists and their fields. */
    static AccountRequest ofLists() {
        return new AccountRequest(false);
    }

    /** Asks for the user to whom our token belongs. */
    static AccountRequest ofUser() {
        return new AccountRequest(true);
    }

    /** Returns whether only our user is asked for. */
    boolean isUserOnly() {
        return userOnly;
    }

    /** Returns our user; 0 if the account does not name it. */
    long user() {
        return Math.max(0, Numbers.parse(account.path("current_user").asText("")));
    }

    /** Returns whether a question is open. */
    public boolean isUnanswered() {
        return !accountKnown;
    }

    /** Returns the path of the next question. */
    public String path() {
        return catalogsKnown ? "/api/v2/account" : "/api/v2/catalogs";
    }

    /** Returns its query. */
    public String query() {
        return catalogsKnown && !userOnly ? "with=custom_fields" : "";
    }

    /** Returns the account as it was read. */
    public Account account() {
        return AccountBody.of(catalogs, account);
    }

    int attempts() {
        return attempts;
    }

    /** Counts a try and returns how long to wait before it: 0, 1, 2, 4… seconds. */
    Duration nextTry() {
        attempts++;
        return attempts == 1 ? Duration.ZERO : Duration.ofSeconds(1L << Math.min(attempts - 2, 5));
    }

    void answered(JsonNode body) {
        attempts = 0;
        if (catalogsKnown) {
            account = body;
            accountKnown = true;
        } else {
            catalogs = body;
            catalogsKnown = true;
        }
    }
}
