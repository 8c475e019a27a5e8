package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.catalogdrop.journal.Ownership;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program with many accounts: several load at once, others are broken, files come and go, and the process is killed. */
@Tag("slow")
class AccountsIT {

    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final int ROWS = 300;

    @TempDir
    Path home;

    private final Map<String, Sandbox> sandboxes = new LinkedHashMap<>();
    private final List<Process> started = new ArrayList<>();
    private Path log;

    @BeforeEach
    void write() throws IOException {
        log = home.resolve("run.log");
        Files.createDirectories(home.resolve("accounts"));
        Files.write(
                home.resolve("application.properties"),
                List.of(
                        "kommo.catalog-id=" + Loading.LIST,
                        "kommo.chunk-size=5",
                        "kommo.requests-per-second=20",
                        "kommo.doubt-wait=200ms",
                        "kommo.pace-folder=" + home,
                        "drop.settle=0s",
                        "drop.poll=100ms"));
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
        sandboxes.values().forEach(Sandbox::close);
    }

    private Sandbox sandbox(String account) throws IOException {
        if (!sandboxes.containsKey(account)) {
            sandboxes.put(account, Sandbox.start(Loading.sandboxSettings()));
        }
        return sandboxes.get(account);
    }

    /** Writes the file of an account as an editor does: all of it at once. */
    private void account(String name, String... more) throws IOException {
        List<String> lines =
                new ArrayList<>(List.of("kommo.base-url=" + sandbox(name).baseUrl()));
        if (List.of(more).stream().noneMatch(line -> line.startsWith("kommo.access-token"))) {
            lines.add("kommo.access-token=" + Loading.TOKEN);
        }
        lines.addAll(List.of(more));
        Path half = Files.write(home.resolve("half"), lines);
        Files.move(half, file(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path file(String account) {
        return home.resolve("accounts").resolve(account + ".properties");
    }

    private Path lay(String account, String drop) throws IOException {
        Path inbox = Files.createDirectories(home.resolve(account).resolve("inbox"));
        return Files.writeString(
                inbox.resolve(drop),
                IntStream.range(0, ROWS)
                        .mapToObj(row -> account + " " + drop + " " + row)
                        .collect(Collectors.joining("\n", "name\n", "\n")));
    }

    private Process start() throws IOException {
        Process process = new Command(home).start(log.toFile(), log.toFile(), "run");
        started.add(process);
        return process;
    }

    private void await(String what, Callable<Boolean> state) throws Exception {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!state.call()) {
            assertThat(System.nanoTime() - end)
                    .as(() -> "waited for " + what + ": " + Command.read(log))
                    .isNegative();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private long elements(String account) throws IOException {
        return sandbox(account).store().count(Loading.LIST);
    }

    private void awaitArchived(String account, String drop) throws Exception {
        Path archived = home.resolve(account).resolve("archive").resolve(drop);
        await(archived + " to be there", () -> Files.exists(archived));
    }

    private void assertEachRowOnce(String account, String drop) throws Exception {
        assertThat(sandbox(account).store().elements(Loading.LIST))
                .extracting(StoredElement::name)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, ROWS)
                        .mapToObj(row -> account + " " + drop + " " + row)
                        .toList());
        assertThat(Outbox.only(home.resolve(account)).outcomes()).hasSize(ROWS).containsOnly("created");
    }

    @Test
    void given_accounts_that_load_while_others_are_broken_or_removed_when_killed_and_restarted_then_each_row_is_once()
            throws Exception {
        for (String account : List.of("kyiv", "lviv", "odesa", "dnipro", "sumy")) {
            account(account);
            lay(account, "drop.csv");
        }
        account("kharkiv", "kommo.access-token=wrong");
        lay("kharkiv", "drop.csv");
        sandbox("dnipro").faults().next(Fault.named("403"), 1000);
        sandbox("kyiv").faults().next(Fault.named("504_after"), 3);
        sandbox("lviv").faults().next(Fault.named("drop_after"), 3);
        Process first = start();

        await(
                "three accounts to load at once",
                () -> elements("kyiv") > 20 && elements("lviv") > 20 && elements("odesa") > 20);
        Files.delete(file("odesa"));
        account("poltava");
        lay("poltava", "drop.csv");
        await("the block", () -> Files.exists(home.resolve("dnipro/state/blocked.json")));
        await("the removed account to end", () -> Ownership.owner(Ownership.Kind.STATE, home.resolve("odesa/state"))
                .isEmpty());
        await("the new account to load", () -> elements("poltava") > 20);
        long ofRemoved = elements("odesa");
        first.destroyForcibly().waitFor();

        assertThat(ofRemoved).isLessThan((long) ROWS);
        assertThat(elements("poltava")).as("the kill was in the middle").isLessThan((long) ROWS);
        assertThat(Command.read(log))
                .containsPattern("\\[dnipro\\].*403")
                .contains("[kyiv]", "[kharkiv]", "account poltava is new", "account odesa was removed");
        account("odesa");
        start();

        for (String account : List.of("kyiv", "lviv", "odesa", "sumy", "poltava")) {
            awaitArchived(account, "drop.csv");
            assertEachRowOnce(account, "drop.csv");
        }
        for (String broken : List.of("kharkiv", "dnipro")) {
            assertThat(elements(broken)).as(broken).isZero();
            assertThat(home.resolve(broken).resolve("inbox/drop.csv")).exists();
        }
        sandbox("dnipro").faults().clear();
        Files.delete(home.resolve("dnipro/state/blocked.json"));
        account("kharkiv");
        for (String repaired : List.of("dnipro", "kharkiv")) {
            awaitArchived(repaired, "drop.csv");
            assertEachRowOnce(repaired, "drop.csv");
        }
    }

    @Test
    void given_every_kind_of_wrong_account_when_started_then_all_faults_are_reported_together_and_nothing_is_taken()
            throws Exception {
        account("kyiv", "drop.state=" + home.resolve("same"));
        account("lviv", "drop.state=" + home.resolve("same"));
        account("odesa", "drop.inbox=" + home.resolve("dnipro/inbox/deeper"));
        account("dnipro");
        account("Sumy");
        account("sumy");
        account("kharkiv", "kommo.access-token=");
        account("poltava", "kommo.base-url=" + sandbox("lutsk").baseUrl());
        account("lutsk");
        List<Path> drops = new ArrayList<>();
        for (String account : sandboxes.keySet()) {
            drops.add(lay(account, "drop.csv"));
        }

        Command.Result end = new Command(home).run("run");

        assertThat(end.status()).as(end.err()).isEqualTo(2);
        assertThat(end.err())
                .contains(
                        "of the account lviv",
                        "of the account kyiv",
                        "of the account dnipro",
                        "of the account odesa",
                        "the accounts 'sumy' and 'Sumy' differ only in upper and lower case",
                        "kommo.access-token",
                        "it is that of the account poltava",
                        "it is that of the account lutsk",
                        "0 of 9 accounts are running");
        assertThat(drops).allSatisfy(drop -> assertThat(drop).exists());
        for (Sandbox sandbox : sandboxes.values()) {
            assertThat(sandbox.log()).isEmpty();
        }
    }
}
