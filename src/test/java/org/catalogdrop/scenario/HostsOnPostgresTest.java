package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Applications on several machines that embed the loader and share a journal on PostgreSQL. */
@Tag("slow")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class HostsOnPostgresTest extends MachinesOnPostgres {

    private final List<CamelContext> hosts = new ArrayList<>();

    @AfterEach
    void stopHosts() throws Exception {
        for (CamelContext host : hosts) {
            host.close();
        }
    }

    private CamelContext host(String machine, String... more) throws Exception {
        Properties own = new Properties();
        own.putAll(settings(machine));
        own.setProperty("drop.journal-schema", temp.getFileName().toString().replaceAll("[^a-z0-9]", "_"));
        own.setProperty("drop.lease", "6s");
        own.setProperty("drop.lease-renewal", "1s");
        own.setProperty("catalog-drop.readiness", "true");
        for (String one : more) {
            own.setProperty(one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1));
        }
        DefaultCamelContext host = new DefaultCamelContext();
        hosts.add(host);
        host.getPropertiesComponent().setInitialProperties(own);
        host.start();
        return host;
    }

    /** Not while the loader is made anew. */
    private static boolean says(CamelContext host, HealthCheck.State state, String text) {
        return says(host, "", state, text);
    }

    private static boolean says(CamelContext host, String account, HealthCheck.State state, String text) {
        Optional<HealthCheck.Result> journal = HealthCheckRegistry.get(host)
                .getCheck("catalog-drop-" + account + "journal")
                .filter(HealthCheck::isReadiness)
                .map(HealthCheck::call);
        return journal.isPresent()
                && journal.get().getState() == state
                && journal.get().getMessage().orElse("").contains(text);
    }

    private static Summary load(CamelContext host, String name) {
        return host.createProducerTemplate()
                .requestBody("catalog-drop:load", List.of(Map.of("name", name)), Summary.class);
    }

    private static boolean isLoaded(CamelContext host, String endpoint, String name) {
        try {
            host.createProducerTemplate().requestBody(endpoint, List.of(Map.of("name", name)), Summary.class);
            return true;
        } catch (CamelExecutionException notYet) {
            return false;
        }
    }

    private List<String> names() {
        return sandbox.store().elements(Loading.LIST).stream()
                .map(StoredElement::name)
                .toList();
    }

    private static void await(String what, Callable<Boolean> done) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!done.call()) {
            assertThat(System.nanoTime() - end).as(what).isNegative();
            Thread.sleep(50);
        }
    }

    private void lay(String name) throws Exception {
        Path inbox = Files.createDirectories(home().resolve("inbox"));
        Path half = temp.resolve(name + ".csv");
        Files.writeString(half, "name\n" + name + "\n");
        Files.move(half, inbox.resolve(name + ".csv"));
    }

    @Test
    void given_two_hosts_that_watch_an_inbox_when_the_owner_stops_then_the_other_takes_over() throws Exception {
        CamelContext one = host("one", "catalog-drop.watch=true");
        CamelContext two = host("two", "catalog-drop.watch=true");
        assertThat(says(two, HealthCheck.State.UP, "this process stands by")).isTrue();
        assertThat(two.getRoute("catalog-inbox")).isNull();
        assertThatThrownBy(() -> load(two, "Refused"))
                .rootCause()
                .isInstanceOfSatisfying(
                        RunHalted.class,
                        halted -> assertThat(halted.problem().code()).isEqualTo(Code.OWNED))
                .hasMessageContaining("takes over by itself");
        lay("First");
        await("the owner loads", () -> names().equals(List.of("First")));

        one.stop();

        await("the other one is the owner", () -> two.getRoute("catalog-inbox") != null);
        lay("Second");
        await("it loads", () -> names().equals(List.of("First", "Second")));
        assertThat(load(two, "Third").exitStatus()).isZero();
        assertThat(says(two, HealthCheck.State.UP, "is owned by process")).isTrue();
        two.stop();
        two.start();
        assertThat(load(two, "Fourth").exitStatus()).isZero();
    }

    @Test
    void given_a_host_that_watches_when_the_database_is_away_and_back_then_it_loads_again_by_itself() throws Exception {
        CamelContext one = host("one", "catalog-drop.watch=true");
        lay("First");
        await("it loads", () -> names().equals(List.of("First")));

        server.stop();

        await("health says so", () -> says(one, HealthCheck.State.DOWN, "is away"));
        await("it stands by", () -> one.getRoute("catalog-inbox") == null && one.getRoute("catalog-load") != null);
        assertThatThrownBy(() -> load(one, "Refused")).rootCause().isInstanceOf(RunHalted.class);
        server.restart();
        await("it has the journal again", () -> one.getRoute("catalog-inbox") != null);
        lay("Second");
        await("it loads", () -> names().equals(List.of("First", "Second")));
    }

    @Test
    void given_hosts_that_load_when_called_when_one_is_the_owner_then_health_of_the_other_is_down_until_it_stops()
            throws Exception {
        CamelContext one = host("one");
        CamelContext two = host("two");
        load(one, "First");

        assertThatThrownBy(() -> load(two, "Second"))
                .rootCause()
                .isInstanceOfSatisfying(
                        RunHalted.class,
                        halted -> assertThat(halted.problem().code()).isEqualTo(Code.OWNED));
        assertThat(says(two, HealthCheck.State.DOWN, "Nothing can be loaded here until that process stops"))
                .isTrue();
        one.stop();
        assertThat(load(two, "Second").exitStatus()).isZero();

        server.stop();
        await("health says so", () -> says(two, HealthCheck.State.DOWN, "is away"));
        server.restart();
        await("it loads again", () -> isLoaded(two, "catalog-drop:load", "Third"));
        assertThat(names()).containsExactly("First", "Second", "Third");
    }

    @Test
    void given_a_named_account_in_two_hosts_when_the_owner_stops_then_the_other_takes_over() throws Exception {
        String[] account = {
            "catalog-drop.watch=true",
            "catalog-drop.accounts=lviv",
            "kommo.base-url=",
            "catalog-drop.lviv.kommo.base-url=" + sandbox.baseUrl(),
            "catalog-drop.lviv.kommo.access-token=" + Loading.TOKEN
        };
        CamelContext one = host("one", account);
        CamelContext two = host("two", account);
        assertThat(says(two, "lviv-", HealthCheck.State.UP, "stands by")).isTrue();

        one.stop();

        await("the other one loads", () -> isLoaded(two, "catalog-drop:load?account=lviv", "First"));
        assertThat(names()).containsExactly("First");
    }
}
