package org.catalogdrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.store.StoredElement;
import org.catalogdrop.scenario.ByHand;
import org.catalogdrop.scenario.Command;
import org.catalogdrop.scenario.Night;
import org.catalogdrop.scenario.Outbox;

/**
 * The folders and the account that all drops of a crash test share.
 *
 * @param otherAccount where nothing must ever be made
 * @param account what the list must have
 * @param laid the names of the drops so far
 * @param bystanders files in the inbox that are no drops, with their texts
 * @param adds rows of the drop under way that other clients may add too
 * @param user what commands are started by, if not by us
 */
record CrashWorld(
        Path home,
        Sandbox sandbox,
        Sandbox otherAccount,
        CrashAccount account,
        List<String> laid,
        Map<Path, String> bystanders,
        List<CrashDrop.Line> adds,
        List<String> user) {

    CrashWorld(Path home, Sandbox sandbox, Sandbox otherAccount) {
        this(
                home,
                sandbox,
                otherAccount,
                new CrashAccount(),
                new ArrayList<>(),
                new TreeMap<>(),
                new ArrayList<>(),
                new ArrayList<>());
    }

    /** How many requests there were, in all accounts. */
    long requests() {
        return sandbox.stats().requests() + otherAccount.stats().requests();
    }

    /** The settings that name the account and list where all drops belong. */
    Map<String, String> rightAccount() {
        return Map.of(
                "kommo.base-url",
                sandbox.baseUrl(),
                "kommo.access-token",
                "sandbox-token",
                "kommo.catalog-id",
                Long.toString(CrashDrop.LIST));
    }

    /** Returns the command, to be run by the user of this world. */
    Command user(Command command) {
        return command.under(user);
    }

    /** The names of the drops that are still in the inbox. */
    List<String> drops() throws IOException {
        Path inbox = home.resolve("inbox");
        return Outbox.names(inbox).stream()
                .filter(name -> !name.startsWith("."))
                .filter(name -> bystanders.keySet().stream().noneMatch(file -> file.startsWith(inbox.resolve(name))))
                .toList();
    }

    /** Lays a file into the inbox that must stay there as it is. */
    void layBystander(Path name) throws IOException {
        Path file = home.resolve("inbox").resolve(name);
        String text = "name\nNobody's\n";
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        bystanders.put(file, text);
    }

    /** Where to write a drop of this name. */
    Path place(String name) throws IOException {
        laid.add(name);
        return Files.createDirectories(home.resolve("written")).resolve(name);
    }

    /** Lays all drops that were written into the inbox. */
    void layDrops() throws IOException {
        for (String name : Outbox.names(home.resolve("written"))) {
            Files.move(
                    home.resolve("written").resolve(name), home.resolve("inbox").resolve(name));
        }
    }

    /** Lays the undo.csv of a drop. */
    void undo(String drop, String name) throws IOException {
        Files.copy(Outbox.of(home, drop).folder().resolve("undo.csv"), place(name));
    }

    CrashLaws laws(String drop) throws IOException {
        return new CrashLaws(Outbox.of(home, drop), sandbox.store());
    }

    /** The lines of all results that are in doubt. */
    List<Map<String, String>> inDoubt() throws IOException {
        List<Map<String, String>> lines = new ArrayList<>();
        for (String name : Outbox.names(home.resolve("outbox"))) {
            new Outbox(home.resolve("outbox").resolve(name))
                    .lines().stream()
                            .filter(line -> line.get("outcome").equals("in_doubt"))
                            .forEach(lines::add);
        }
        return lines;
    }

    /** The account has what it must, and the files are where they belong. */
    void assertHolds() throws IOException {
        assertThat(drops()).as("drops left in the inbox").isEmpty();
        for (Map.Entry<Path, String> bystander : bystanders.entrySet()) {
            assertThat(bystander.getKey()).hasContent(bystander.getValue());
        }
        CrashLaws.assertPutAway(home, laid);
        account.assertIs(sandbox.store());
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
