package org.catalogdrop.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.catalogdrop.accounts.AccountState.Phase;
import org.catalogdrop.config.AccountFiles;
import org.catalogdrop.config.SettingSources;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.scenario.Loading;

/** Many accounts in one process, each with a sandbox of its own. */
final class Agency implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Path home;
    private final Map<String, Sandbox> sandboxes = new ConcurrentHashMap<>();
    private Optional<AccountSupervisor> supervisor = Optional.empty();

    Agency(Path home, String... more) throws IOException {
        this.home = home;
        List<String> lines = new ArrayList<>(List.of(
                "kommo.catalog-id=" + Loading.LIST,
                "kommo.requests-per-second=0",
                "kommo.pace-folder=" + home,
                "kommo.doubt-wait=50ms",
                "drop.home=" + home,
                "drop.settle=20ms",
                "drop.poll=20ms"));
        lines.addAll(List.of(more));
        Files.write(home.resolve("application.properties"), lines);
        Files.createDirectories(home.resolve("accounts"));
    }

    Sandbox sandbox(String account) {
        return sandboxes.computeIfAbsent(account, name -> {
            try {
                return Sandbox.start(Loading.sandboxSettings());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Writes the file of an account, with its address, its token and more. */
    Agency with(String account, String... more) throws IOException {
        List<String> lines = new ArrayList<>(
                List.of("kommo.base-url=" + sandbox(account).baseUrl(), "kommo.access-token=" + Loading.TOKEN));
        lines.addAll(List.of(more));
        Path half = Files.write(home.resolve("half"), lines);
        Files.move(half, file(account), StandardCopyOption.REPLACE_EXISTING);
        return this;
    }

    Path file(String account) {
        return home.resolve("accounts").resolve(account + ".properties");
    }

    /** Lays a drop into the inbox of an account. */
    Path lay(String account, String name, String text) throws IOException {
        Path inbox = Files.createDirectories(home.resolve(account).resolve("inbox"));
        return Files.writeString(inbox.resolve(name), text);
    }

    AccountSupervisor start(boolean once) throws IOException {
        AccountFiles files =
                AccountFiles.of(SettingSources.ofProcess(home, home)).orElseThrow();
        AccountListener listener = new AccountListener() {
            @Override
            public Runnable onStart(AccountLoader loader) {
                return () -> {};
            }

            @Override
            public int onIdle(AccountLoader loader) {
                return loader.drop().runs().exitStatus();
            }
        };
        supervisor = Optional.of(AccountSupervisor.start(
                files, new AccountsRun(once, Duration.ofMillis(50), Optional.empty(), loader -> {}, listener)));
        return supervisor.get();
    }

    AccountState state(String account) {
        return supervisor.orElseThrow().accounts().stream()
                .filter(one -> one.name().equals(account))
                .findFirst()
                .orElseGet(() -> new AccountState(account, Phase.ENDED, "is not there", Optional.empty()));
    }

    void await(String account, Phase phase) {
        await(() -> state(account).phase() == phase, account + " to be " + phase);
    }

    void awaitElements(String account, int number) {
        await(() -> sandbox(account).store().count(Loading.LIST) == number, number + " elements of " + account);
    }

    void awaitArchived(String account, String name) {
        await(() -> Files.exists(home.resolve(account).resolve("archive").resolve(name)), name + " in the archive");
    }

    void await(BooleanSupplier state, String what) {
        long end = System.nanoTime() + LONGEST.toNanos();
        try {
            while (!state.getAsBoolean()) {
                assertThat(System.nanoTime() - end)
                        .as(() -> "waited for " + what + "; "
                                + supervisor.map(AccountSupervisor::accounts).orElse(List.of()))
                        .isNegative();
                TimeUnit.MILLISECONDS.sleep(10);
            }
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        supervisor.ifPresent(AccountSupervisor::close);
        sandboxes.values().forEach(Sandbox::close);
    }
}
