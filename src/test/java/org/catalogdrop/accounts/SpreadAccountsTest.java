package org.catalogdrop.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.catalogdrop.accounts.AccountState.Phase;
import org.catalogdrop.journal.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many accounts on several nodes, with their journals on one PostgreSQL server. */
@Tag("slow")
class SpreadAccountsTest {

    private static final List<String> ACCOUNTS = List.of("dnipro", "kharkiv", "kyiv", "lviv", "odesa", "sumy");

    @TempDir
    static Path servers;

    private static PostgresServer server;

    @TempDir
    Path temp;

    private final List<Agency> nodes = new ArrayList<>();

    @BeforeAll
    static void serve() throws IOException {
        server = new PostgresServer(servers.resolve("data"));
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @AfterEach
    void close() {
        nodes.forEach(Agency::close);
    }

    /** Starts a node with all accounts. Those of the first one have the sandboxes. */
    private Agency start(String name) throws IOException {
        Agency node = new Agency(
                Files.createDirectories(temp.resolve(name)),
                "drop.journal=" + server.url() + "?ApplicationName=" + name,
                "drop.journal-user=postgres",
                "drop.lease=60s",
                "drop.lease-renewal=1s");
        nodes.add(node);
        for (String account : ACCOUNTS) {
            node.with(account, "kommo.base-url=" + nodes.get(0).sandbox(account).baseUrl());
        }
        node.start(false);
        return node;
    }

    private static long running(Agency node) {
        return ACCOUNTS.stream()
                .filter(account -> node.state(account).phase() == Phase.RUNNING)
                .count();
    }

    /** Counts how often an account gets another owner from now on. */
    private static void countMoves() throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url(), "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("create table moves (journal text)");
            statement.execute("create function moved() returns trigger language plpgsql as"
                    + " $$ begin insert into public.moves values (new.journal); return new; end $$");
            statement.execute("create trigger moved after update on catalog_drop.owner for each row"
                    + " when (old.member <> new.member) execute function moved()");
        }
    }

    private static long moves() {
        try (Connection connection = DriverManager.getConnection(server.url(), "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select count(*) from moves")) {
            assertThat(result.next()).isTrue();
            return result.getLong(1);
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
    }

    @Test
    void given_6_accounts_when_nodes_come_and_go_then_they_are_spread_and_as_few_as_possible_move() throws Exception {
        Agency one = start("one");
        one.await(() -> running(one) == 6, "all accounts on the first node");
        countMoves();

        Agency two = start("two");
        two.await(() -> running(one) == 3 && running(two) == 3, "half of them on each node");
        assertThat(moves()).isEqualTo(3);

        Agency three = start("three");
        three.await(() -> running(one) == 2 && running(two) == 2 && running(three) == 2, "a third on each node");
        assertThat(moves()).isEqualTo(3 + 2);

        two.close();
        three.await(() -> running(one) == 3 && running(three) == 3, "those of the second node on the others");
        assertThat(moves()).isEqualTo(3 + 2 + 2);
        String account = ACCOUNTS.stream()
                .filter(name -> three.state(name).phase() == Phase.RUNNING)
                .findFirst()
                .orElseThrow();
        three.lay(account, "drop.csv", "name\na\n");
        one.awaitElements(account, 1);
    }
}
