package org.catalogdrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.catalogdrop.sandbox.LoggedRequest;

/**
 * Gives a life the settings of another account, or of another list. Where rows of the only drop in the inbox have been applied, they would let
 * it write there. Elsewhere a drop that is not begun would be loaded there by right, so the token is wrong; that life is not killed, since a
 * request without its 401 may have been applied. Accounts are told apart by their host.
 */
final class CrashAccounts implements CrashChange {

    private static final String OTHER_LIST = "4221";

    private final CrashWorld world;
    private final Random random;

    /** The only drop in the inbox when the life began, and the request that was the last then. */
    private String alone = "";

    private long last;
    private boolean begun;

    CrashAccounts(CrashWorld world, Random random) {
        this.world = world;
        this.random = random;
    }

    @Override
    public void begin(CrashLife life) throws IOException {
        List<String> drops = world.drops();
        String only = drops.size() == 1 ? drops.get(0) : "";
        if (!only.equals(alone)) {
            alone = only;
            begun = false;
            last = world.sandbox().stats().requests();
        } else if (!only.isEmpty() && !begun) {
            begun = world.sandbox().log().stream()
                    .filter(request -> request.number() > last)
                    .anyMatch(LoggedRequest::isApplied);
        }
        int choice = random.nextInt(6);
        if (choice == 0) {
            life.settings()
                    .put(
                            "kommo.base-url",
                            "http://localhost:" + world.otherAccount().port());
        } else if (choice == 1) {
            life.settings().put("kommo.catalog-id", OTHER_LIST);
        }
        if (choice < 2 && !begun) {
            life.settings().put("kommo.access-token", "wrong-token");
            // Where no answer is lost: what may have been applied there must not be loaded here.
            life.spared().set(true);
            if (choice == 1) {
                life.settings().put("kommo.base-url", world.otherAccount().baseUrl());
            }
        }
    }

    @Override
    public void end() {
        assertThat(world.otherAccount().store().created())
                .as("elements in the other account")
                .isZero();
        assertThat(world.sandbox().store().count(Long.parseLong(OTHER_LIST)))
                .as("elements in the other list")
                .isZero();
    }
}
