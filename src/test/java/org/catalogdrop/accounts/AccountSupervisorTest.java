package org.catalogdrop.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.catalogdrop.accounts.AccountState.Phase;
import org.catalogdrop.journal.Ownership;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.scenario.Loading;
import org.catalogdrop.scenario.Outbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many accounts in one process: none holds up another, and their files are followed. */
class AccountSupervisorTest {

    @TempDir
    Path home;

    private Agency agency;

    @BeforeEach
    void open() throws Exception {
        agency = new Agency(home);
    }

    @AfterEach
    void close() {
        agency.close();
    }

    @Test
    void
            given_one_account_with_a_wrong_token_and_one_that_is_blocked_when_all_have_a_drop_then_the_third_loads_its_own()
                    throws Exception {
        agency.with("kyiv").with("lviv", "kommo.access-token=wrong").with("odesa");
        agency.sandbox("odesa").faults().next(Fault.named("403"));
        for (String account : new String[] {"kyiv", "lviv", "odesa"}) {
            agency.lay(account, "drop.csv", "name\n" + account + " 1\n" + account + " 2\n");
        }

        agency.start(false);

        agency.awaitArchived("kyiv", "drop.csv");
        assertThat(Outbox.only(home.resolve("kyiv")).outcomes()).containsExactly("created", "created");
        agency.await(() -> Files.exists(home.resolve("odesa/state/blocked.json")), "the block");
        agency.lay("kyiv", "second.csv", "name\nlater\n");
        agency.awaitElements("kyiv", 3);
        assertThat(home.resolve("lviv/inbox/drop.csv")).exists();
        assertThat(home.resolve("odesa/inbox/drop.csv")).exists();
        assertThat(agency.sandbox("lviv").store().count(Loading.LIST)).isZero();
        assertThat(agency.sandbox("odesa").store().count(Loading.LIST)).isZero();
    }

    @Test
    void given_an_account_with_wrong_settings_when_its_file_is_corrected_then_it_starts_without_a_restart()
            throws Exception {
        agency.with("kyiv").with("lviv", "kommo.chunk-size=many", "drop.inbux=in");
        AccountSupervisor supervisor = agency.start(false);
        supervisor.awaitStarted();
        assertThat(agency.state("kyiv").phase()).isEqualTo(Phase.RUNNING);
        assertThat(agency.state("lviv").phase()).isEqualTo(Phase.MISCONFIGURED);
        assertThat(agency.state("lviv").message())
                .contains("kommo.chunk-size", "drop.inbux", agency.file("lviv").toString());
        assertThat(supervisor.isMisconfigured()).isFalse();

        agency.with("lviv").lay("lviv", "drop.csv", "name\na\n");

        agency.awaitElements("lviv", 1);
    }

    @Tag("slow")
    @Test
    void given_running_accounts_when_a_file_is_added_and_another_is_deleted_then_one_starts_and_the_other_stops()
            throws Exception {
        agency.with("kyiv").with("lviv");
        agency.start(false).awaitStarted();

        agency.with("odesa").lay("odesa", "drop.csv", "name\na\n");
        agency.awaitElements("odesa", 1);
        Files.delete(agency.file("lviv"));
        agency.await("lviv", Phase.ENDED);

        assertThat(Ownership.owner(Ownership.Kind.STATE, home.resolve("lviv/state")))
                .isEmpty();
        agency.with("lviv").lay("lviv", "again.csv", "name\nb\n");
        agency.awaitElements("lviv", 1);
        agency.lay("kyiv", "drop.csv", "name\na\n");
        agency.awaitElements("kyiv", 1);
    }

    @Tag("slow")
    @Test
    void given_a_drop_that_is_being_loaded_when_the_file_changes_then_it_is_finished_before_the_new_settings_count()
            throws Exception {
        agency.with("kyiv", "kommo.chunk-size=1", "kommo.in-flight=1");
        agency.sandbox("kyiv").faults().next(Fault.named("delay").number(1000));
        agency.lay("kyiv", "first.csv", "name\na\nb\nc\n");
        agency.start(false);
        agency.await(() -> !agency.sandbox("kyiv").log().isEmpty(), "a request");

        agency.with("kyiv", "drop.outbox=elsewhere");

        agency.awaitArchived("kyiv", "first.csv");
        assertThat(Outbox.only(home.resolve("kyiv")).outcomes()).containsExactly("created", "created", "created");
        agency.lay("kyiv", "second.csv", "name\nd\n");
        agency.awaitArchived("kyiv", "second.csv");
        assertThat(Outbox.names(home.resolve("kyiv/elsewhere")))
                .anySatisfy(name -> assertThat(name).startsWith("second.csv-"));
    }

    @Tag("slow")
    @Test
    void given_two_accounts_with_one_state_folder_when_they_start_then_both_are_refused_and_a_third_runs()
            throws Exception {
        agency.with("kyiv", "drop.state=" + home.resolve("same"))
                .with("lviv", "drop.state=" + home.resolve("x/../same"))
                .with("odesa", "drop.inbox=" + home.resolve("kharkiv/inbox/deeper"))
                .with("kharkiv")
                .with("dnipro");
        agency.lay("kyiv", "drop.csv", "name\na\n");

        agency.start(false).awaitStarted();

        assertThat(agency.state("kyiv").message()).contains("drop.state", "of the account lviv");
        assertThat(agency.state("lviv").message()).contains("drop.state", "of the account kyiv");
        assertThat(agency.state("odesa").message()).contains("drop.inbox", "of the account kharkiv");
        assertThat(agency.state("kharkiv").message()).contains("drop.inbox", "of the account odesa");
        assertThat(agency.state("dnipro").phase()).isEqualTo(Phase.RUNNING);
        assertThat(agency.sandbox("kyiv").log()).isEmpty();

        agency.with("lviv");
        agency.awaitElements("kyiv", 1);
        agency.await("lviv", Phase.RUNNING);
    }

    @Test
    void given_a_running_account_when_a_new_one_names_its_inbox_then_only_the_new_one_is_refused() throws Exception {
        agency.with("kyiv");
        agency.start(false).awaitStarted();

        agency.with("lviv", "drop.inbox=" + home.resolve("kyiv/inbox"));
        agency.await("lviv", Phase.MISCONFIGURED);

        assertThat(agency.state("lviv").message()).contains("of the account kyiv", "which is running");
        agency.lay("kyiv", "drop.csv", "name\na\n");
        agency.awaitElements("kyiv", 1);
        assertThat(agency.sandbox("lviv").log()).isEmpty();
    }

    @Test
    void given_a_running_account_when_another_file_names_its_kommo_account_then_only_that_is_refused_until_it_is_free()
            throws Exception {
        agency.with("kyiv");
        agency.start(false).awaitStarted();

        agency.with("lviv", "kommo.base-url=" + agency.sandbox("kyiv").baseUrl());
        agency.await("lviv", Phase.MISCONFIGURED);

        assertThat(agency.state("lviv").message())
                .contains("kommo.base-url = '", "it is that of the account kyiv, which is running", "mapping files");
        assertThat(agency.state("kyiv").phase()).isEqualTo(Phase.RUNNING);
        Files.delete(agency.file("kyiv"));
        agency.await("lviv", Phase.RUNNING);
    }

    @Tag("slow")
    @Test
    void given_an_account_whose_state_folder_another_process_has_when_all_start_then_it_alone_waits() throws Exception {
        agency.with("kyiv").with("lviv");
        try (Ownership other = Ownership.take(Ownership.Kind.STATE, home.resolve("lviv/state"), Instant.now())) {
            assertThat(other).isNotNull();
            agency.start(false).awaitStarted();

            assertThat(agency.state("lviv").phase()).isEqualTo(Phase.FAILED);
            assertThat(agency.state("lviv").message()).contains("is in use by");
            agency.lay("kyiv", "drop.csv", "name\na\n");
            agency.awaitElements("kyiv", 1);
        }

        agency.with("lviv", "kommo.chunk-size=7");
        agency.await("lviv", Phase.RUNNING);
    }

    @Test
    void given_a_run_that_ends_when_accounts_end_differently_then_its_exit_status_is_the_worst() throws Exception {
        agency.with("kyiv").with("lviv");
        agency.lay("kyiv", "drop.csv", "name\na\n");
        agency.lay("lviv", "bad.csv", "");
        assertThat(agency.start(true).awaitEnd()).isEqualTo(4);

        agency.with("odesa", "kommo.access-token=wrong").lay("odesa", "drop.csv", "name\na\n");
        assertThat(agency.start(true).awaitEnd()).isEqualTo(1);

        agency.with("kharkiv", "kommo.in-flight=0");
        agency.lay("kyiv", "second.csv", "name\nb\n");
        assertThat(agency.start(true).awaitEnd()).isEqualTo(2);
        assertThat(agency.sandbox("kyiv").store().count(Loading.LIST)).isEqualTo(2);
    }
}
