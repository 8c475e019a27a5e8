package org.catalogdrop.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A drop's name reaches its own file and no other, whatever it contains. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DropNamesTest {

    /** Names that something on the way could read as a path, an expression, a pattern, a property or an option. */
    private static final List<String> ODD = List.of(
            "sub\\f.csv",
            "a..\\f.csv",
            "\\f.csv",
            "x\\..\\f.csv",
            "C:\\f.csv",
            "C:f.csv",
            "a%20b.csv",
            "a%2Fb.csv",
            "%s%n.csv",
            "${body}.csv",
            "${file:name}.csv",
            "${exchangeProperty.none}.csv",
            "{{catalog-drop.inbox}}.csv",
            "RAW(x).csv",
            "a?b=c&d.csv",
            "a#b.csv",
            "*.csv",
            "[a-z].csv",
            "{a,b}.csv",
            "a'b\"c`d`.csv",
            "-rf.csv",
            "~.csv",
            " blank .csv",
            "dots...csv",
            "a;b.csv",
            "Stra\u00DFe \u0416\u4E2D\uD83D\uDE00.csv",
            "CON.csv",
            "a.camelLock.csv",
            "${bean:catalog-inbox}.csv",
            "sub\\..\\..\\f.csv",
            "x".repeat(251) + ".csv");

    @TempDir
    Path home;

    private Path inbox() throws Exception {
        assumeTrue(File.separatorChar == '/', "this system takes no such names");
        return Files.createDirectories(home.resolve("inbox"));
    }

    private static String rows(int drop) {
        return "name\nelement " + drop + "\n";
    }

    private static List<Path> files(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().equals(".catalog-drop.lock"))
                    .toList();
        }
    }

    /** What the odd names would lead to, if they were paths. */
    private List<Path> bystanders(Path inbox) throws Exception {
        List<Path> bystanders = List.of(inbox.resolve("sub/f.csv"), home.resolve("f.csv"));
        for (Path bystander : bystanders) {
            Files.createDirectories(bystander.getParent());
            Files.writeString(bystander, "name\nsomebody else's\n");
        }
        return bystanders;
    }

    @Test
    void given_odd_names_when_run_then_each_drop_is_loaded_and_moved_under_its_own_name() throws Exception {
        Path inbox = inbox();
        List<Path> bystanders = bystanders(inbox);
        for (int i = 0; i < ODD.size(); i++) {
            Files.writeString(inbox.resolve(ODD.get(i)), rows(i));
        }
        Files.writeString(inbox.resolve("f.csv"), rows(ODD.size()));
        try (Loading loading = Loading.watch(home)) {
            loading.drop().runs().awaitIdle();
            assertThat(loading.drop().runs().exitStatus()).isZero();
            assertThat(loading.names()).hasSize(ODD.size() + 1).doesNotContain("somebody else's");
            for (int i = 0; i < ODD.size(); i++) {
                assertThat(home.resolve("archive").resolve(ODD.get(i))).hasContent(rows(i));
            }
            assertThat(home.resolve("archive/f.csv")).hasContent(rows(ODD.size()));
            assertThat(files(home.resolve("archive"))).hasSize(ODD.size() + 1);
            assertThat(files(inbox)).containsExactly(bystanders.get(0));
            assertThat(bystanders).allSatisfy(file -> assertThat(file).hasContent("name\nsomebody else's\n"));
        }
    }

    @Test
    void given_odd_names_when_refused_then_each_drop_has_its_reason_beside_it() throws Exception {
        Path inbox = inbox();
        List<Path> bystanders = bystanders(inbox);
        for (String name : ODD) {
            Files.createFile(inbox.resolve(name));
        }
        try (Loading loading = Loading.watch(home)) {
            loading.drop().runs().awaitIdle();
            assertThat(loading.drop().runs().exitStatus()).isEqualTo(4);
            assertThat(files(home.resolve("refused"))).hasSize(3 * ODD.size());
            for (String name : ODD) {
                assertThat(home.resolve("refused").resolve(name)).isEmptyFile();
            }
            assertThat(files(inbox)).containsExactly(bystanders.get(0));
        }
    }

    @Test
    void given_odd_names_when_approval_is_asked_for_then_each_drop_waits_for_its_own() throws Exception {
        Path inbox = inbox();
        bystanders(inbox);
        List<String> names = ODD.subList(0, 12);
        for (int i = 0; i < names.size(); i++) {
            Files.writeString(inbox.resolve(names.get(i)), rows(i));
        }
        try (Loading loading = Loading.watch(home, "drop.approve=true")) {
            loading.drop().runs().awaitIdle();
            assertThat(loading.posts()).isEmpty();
            for (String name : names) {
                Path plan = plan(name);
                String digest8 = plan.getFileName().toString().substring(name.length() + 1, name.length() + 9);
                Files.writeString(inbox.resolve(name + ".approve"), digest8);
            }
        }
        try (Loading loading = Loading.watch(home, "drop.approve=true")) {
            loading.drop().runs().awaitIdle();
            assertThat(loading.names()).hasSize(names.size());
            assertThat(files(inbox)).containsExactly(inbox.resolve("sub/f.csv"));
        }
    }

    private Path plan(String name) throws Exception {
        try (Stream<Path> folders = Files.list(home.resolve("outbox"))) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith(name + "-"))
                    .findAny()
                    .orElseThrow();
        }
    }
}
