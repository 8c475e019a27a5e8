package org.catalogdrop.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.StoredElement;

/**
 * The folders and the account that all drops of a crash test share.
 *
 * @param account what the list must have
 * @param laid the names of the drops so far
 */
record CrashWorld(Path home, Sandbox sandbox, CrashAccount account, List<String> laid) {

    CrashWorld(Path home, Sandbox sandbox) {
        this(home, sandbox, new CrashAccount(), new ArrayList<>());
    }

    /** Where to lay a drop of this name. */
    Path place(String name) {
        laid.add(name);
        return home.resolve("inbox").resolve(name);
    }

    /** Lays the undo.csv of a drop. */
    void undo(String drop, String name) throws IOException {
        Files.copy(Outbox.of(home, drop).folder().resolve("undo.csv"), place(name));
    }

    CrashLaws laws(String drop) throws IOException {
        return new CrashLaws(Outbox.of(home, drop), sandbox.store());
    }

    /** The account has what it must, and the files are where they belong. */
    void assertHolds() throws IOException {
        account.assertIs(sandbox.store());
        CrashLaws.assertPutAway(home, laid);
    }

    /** The elements by key. */
    Map<String, StoredElement> keyed() {
        Map<String, StoredElement> keyed = new TreeMap<>();
        sandbox.store().elements(CrashDrop.LIST).forEach(element -> keyed.put(CrashAccount.key(element), element));
        return keyed;
    }

    /** Someone makes an element that has a key. */
    void makes(String key) {
        sandbox.store().put(CrashDrop.LIST, "By hand", List.of(StoredElement.Field.of(Night.SKU, key)));
        account.keyed().put(key, "By hand at no price");
    }

    /** Someone deletes the element of a key. */
    void deletes(String key) {
        ByHand.delete(sandbox.baseUrl(), "sandbox-token", keyed().get(key).id());
        account.keyed().remove(key);
    }

    /** Someone gives the element of a key another name. */
    void renames(String key) {
        StoredElement element = keyed().get(key);
        ByHand.rename(sandbox.baseUrl(), "sandbox-token", element.id(), "Renamed");
        account.keyed().put(key, CrashAccount.text(keyed().get(key)));
    }
}
