package org.catalogdrop.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.resolve.MappingResolver;
import org.catalogdrop.scenario.Loading;
import org.catalogdrop.scenario.Night;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With {@code drop.approve} nothing of a drop is sent until someone has approved its plan. */
class ApprovalTest {

    private static final String ROWS = "name\na\nb\n";

    @TempDir
    Path home;

    private Path inbox;

    @BeforeEach
    void folders() throws Exception {
        inbox = Files.createDirectories(home.resolve("inbox"));
    }

    private Loading once() throws Exception {
        Loading loading = Loading.watch(home, "drop.approve=true");
        loading.drop().runs().awaitIdle();
        return loading;
    }

    private List<String> plans() throws Exception {
        try (Stream<Path> folders = Files.list(home.resolve("outbox"))) {
            return folders.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".plan"))
                    .toList();
        }
    }

    private List<String> left() throws Exception {
        try (Stream<Path> files = Files.list(inbox)) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> !name.equals(".catalog-drop.lock"))
                    .toList();
        }
    }

    private static String digest8(String plan) {
        return plan.substring(plan.length() - ".plan".length() - 8, plan.length() - ".plan".length());
    }

    @Test
    void given_a_plan_when_it_is_approved_by_its_digits_then_only_these_bytes_are_loaded() throws Exception {
        Files.writeString(inbox.resolve("p.csv"), ROWS);
        try (Loading loading = once()) {
            Approvals approvals = loading.drop().approvals();
            Approvals.WaitingDrop waiting = approvals.waitingPlans().get(0);
            assertThat(waiting.plan()).isDirectory();
            assertThat(waiting.plan().getFileName()).hasToString("p.csv-" + waiting.digest8() + ".plan");
            assertThat(approvals.approve("p.csv", "00000000", waiting.made())).isFalse();
            assertThat(approvals.approve("../p.csv", waiting.digest8(), waiting.made()))
                    .isFalse();
            assertThat(approvals.approve("p.csv", "", waiting.made())).isFalse();
            assertThat(left()).containsExactly("p.csv");

            Files.writeString(inbox.resolve("p.csv"), ROWS + "c\n");
            assertThat(approvals.approve("p.csv", waiting.digest8(), waiting.made()))
                    .isFalse();

            Files.writeString(inbox.resolve("p.csv"), ROWS);
            assertThat(approvals.approve("p.csv", waiting.digest8(), "1"))
                    .as("another plan")
                    .isFalse();
            assertThat(approvals.approve("p.csv", waiting.digest8(), waiting.made()))
                    .isTrue();
            assertThat(approvals.approve("p.csv", waiting.digest8(), waiting.made()))
                    .as("twice")
                    .isFalse();
        }
        try (Loading loading = once()) {
            assertThat(loading.names()).containsExactly("a", "b");
            assertThat(left()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-8"})
    void given_an_approval_with_a_byte_order_mark_as_powershell_writes_it_then_the_drop_is_loaded(String charset)
            throws Exception {
        Files.writeString(inbox.resolve("p.csv"), ROWS);
        once().close();
        Files.writeString(
                inbox.resolve("p.csv.approve"), "\uFEFF" + digest8(plans().get(0)) + "\r\n", Charset.forName(charset));
        try (Loading loading = once()) {
            assertThat(loading.names()).containsExactly("a", "b");
        }
    }

    @Test
    void a_drop_waits_with_its_plan_until_that_is_approved() throws Exception {
        Files.writeString(inbox.resolve("p.csv"), ROWS);
        try (Loading loading = once()) {
            assertThat(loading.posts()).isEmpty();
            assertThat(inbox.resolve("p.csv")).exists();
            assertThat(plans()).hasSize(1);
            assertThat(home.resolve("outbox").resolve(plans().get(0)).resolve("changes.csv"))
                    .hasContent("row,line,action,id,field,before,after,key,name,field_name,undo\n"
                            + "1,2,add,,name,,a,,a,name,yes\n2,3,add,,name,,b,,b,name,yes\n");
        }
        Files.writeString(inbox.resolve("p.csv.approve"), digest8(plans().get(0)) + "\n");
        try (Loading loading = once()) {
            assertThat(loading.names()).containsExactly("a", "b");
            assertThat(left()).isEmpty();
            assertThat(home.resolve("archive/p.csv")).exists();
        }
    }

    /** Beside a file of 255 bytes there can be none with {@code .approve} behind its name. */
    @ParameterizedTest
    @ValueSource(ints = {255, 247, 241})
    void given_a_drop_with_a_long_name_when_it_is_approved_as_status_says_then_it_is_loaded(int length)
            throws Exception {
        String name = "p".repeat(length - 4) + ".csv";
        Files.writeString(inbox.resolve(name), ROWS);
        try (Loading loading = once()) {
            assertThat(loading.posts()).isEmpty();
        }
        String how = waiting().get(0);
        Path approval = Path.of(how.substring(how.indexOf("> '") + 3, how.lastIndexOf('\'')));

        Files.writeString(approval, digest8(plans().get(0)));

        try (Loading loading = once()) {
            assertThat(loading.names()).containsExactly("a", "b");
            assertThat(left()).isEmpty();
        }
    }

    @Test
    void status_shows_what_waits_and_how_to_approve_it() throws Exception {
        Files.writeString(inbox.resolve("p.csv"), ROWS);
        once().close();
        String digest = digest8(plans().get(0));

        List<String> waiting = waiting();
        assertThat(waiting).singleElement().asString().contains("p.csv", plans().get(0), "echo " + digest);

        Files.writeString(inbox.resolve("p.csv.approve"), digest);
        assertThat(waiting()).isEmpty();
    }

    private List<String> waiting() throws Exception {
        Map<String, String> written = Loading.settings(home, "http://127.0.0.1:1", "drop.approve=true");
        Settings settings = SettingsReader.read(key -> Optional.ofNullable(written.get(key)), true);
        return new Approvals(
                        settings.drops(),
                        settings.folders(),
                        MappingResolver.readOnly(settings.api(), settings.drops(), settings.folders()),
                        digest -> false,
                        digest -> false)
                .waiting();
    }

    @Test
    void an_approval_holds_for_the_bytes_that_were_planned_alone() throws Exception {
        Files.writeString(inbox.resolve("p.csv"), ROWS);
        once().close();
        Files.writeString(inbox.resolve("p.csv.approve"), digest8(plans().get(0)));
        Files.writeString(inbox.resolve("p.csv"), ROWS + "c\n");
        try (Loading loading = once()) {
            assertThat(loading.posts()).isEmpty();
            assertThat(plans()).hasSize(2);
            assertThat(inbox.resolve("p.csv.approve")).exists();
        }
    }

    @Test
    void an_empty_approval_approves_nothing() throws Exception {
        Files.writeString(inbox.resolve("p.csv"), ROWS);
        Files.writeString(inbox.resolve("p.csv.approve"), "");
        try (Loading loading = once()) {
            assertThat(loading.posts()).isEmpty();
            assertThat(inbox.resolve("p.csv")).exists();
        }
    }

    @Test
    void what_cannot_be_planned_is_refused_without_waiting() throws Exception {
        Files.writeString(inbox.resolve("open.csv"), "name\n\"open\n");
        Files.writeString(inbox.resolve("empty.csv"), "");
        try (Loading loading = once()) {
            assertThat(loading.posts()).isEmpty();
            assertThat(left()).isEmpty();
            assertThat(home.resolve("refused/open.csv")).exists();
            assertThat(home.resolve("refused/empty.csv")).exists();
            assertThat(plans()).isEmpty();
        }
    }

    @Test
    void what_was_loaded_before_is_refused_without_a_plan() throws Exception {
        Files.writeString(inbox.resolve("p.csv"), ROWS);
        try (Loading loading = Loading.watch(home)) {
            loading.drop().runs().awaitIdle();
        }
        Files.writeString(inbox.resolve("copy.csv"), ROWS);
        try (Loading loading = once()) {
            assertThat(loading.sandbox().log()).isEmpty();
            assertThat(left()).isEmpty();
            assertThat(home.resolve("refused/copy.csv.reason.txt")).content().contains("already_loaded");
            assertThat(plans()).isEmpty();
            assertThat(loading.drop().runs().exitStatus()).isEqualTo(4);
        }
    }

    @Test
    void a_copy_that_waits_is_refused_when_the_other_is_loaded() throws Exception {
        Files.writeString(inbox.resolve("p.csv"), ROWS);
        Files.writeString(inbox.resolve("q.csv"), ROWS);
        once().close();
        assertThat(plans()).hasSize(2);
        Files.writeString(inbox.resolve("q.csv.approve"), digest8(plans().get(0)));
        try (Loading loading = once()) {
            assertThat(loading.names()).containsExactly("a", "b");
            assertThat(home.resolve("archive/q.csv")).exists();
            assertThat(home.resolve("refused/p.csv")).exists();
            assertThat(left()).isEmpty();
        }
    }

    @Test
    void what_may_be_loaded_again_waits_for_its_approval() throws Exception {
        Files.writeString(inbox.resolve("p.csv"), ROWS);
        try (Loading loading = Loading.watch(home)) {
            loading.drop().runs().awaitIdle();
        }
        Files.writeString(inbox.resolve("p.csv"), ROWS);
        try (Loading loading = Loading.watch(home, "drop.approve=true", "drop.repeat=allow")) {
            loading.drop().runs().awaitIdle();
            assertThat(loading.posts()).isEmpty();
            assertThat(plans()).hasSize(1);
        }
    }

    @Test
    void given_a_nightly_file_whose_bytes_were_loaded_when_it_comes_again_then_it_waits_with_a_new_plan()
            throws Exception {
        Night.mapping(home, "");
        String rows = "No;Title;Price\nA;Ant;1\n";
        Files.writeString(inbox.resolve("night.csv"), rows);
        once().close();
        String first = plans().get(0);
        Files.writeString(inbox.resolve("night.csv.approve"), digest8(first));
        try (Loading loading = once()) {
            assertThat(loading.names()).containsExactly("Ant");
            assertThat(plans()).isEmpty();
            assertThat(home.resolve("outbox").resolve(first + ".loaded/plan.json"))
                    .exists();

            Files.writeString(inbox.resolve("night.csv"), rows);
        }
        try (Loading loading = once()) {
            assertThat(loading.posts()).isEmpty();
            assertThat(plans()).containsExactly(first);
        }
    }

    @Test
    void without_the_setting_nothing_waits() throws Exception {
        Files.writeString(inbox.resolve("p.csv"), ROWS);
        try (Loading loading = Loading.watch(home)) {
            loading.drop().runs().awaitIdle();
            assertThat(loading.names()).containsExactly("a", "b");
        }
    }
}
