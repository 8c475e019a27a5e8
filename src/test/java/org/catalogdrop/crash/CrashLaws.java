package org.catalogdrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.results.Summaries;
import org.catalogdrop.sandbox.store.Store;
import org.catalogdrop.sandbox.store.StoredElement;
import org.catalogdrop.scenario.Command;
import org.catalogdrop.scenario.Outbox;

/** What the results of a finished load must say, however often it died: what the account has, each row once, in order. */
public record CrashLaws(Outbox outbox, Store store) {

    private static final Map<String, String> DONE = Map.of("add", "created", "update", "updated", "delete", "deleted");

    /** A drop that is alone in its account and outbox. */
    public static void assertLoaded(Path home, CrashDrop drop, Store store) throws IOException {
        CrashAccount account = new CrashAccount();
        account.given(drop);
        account.loaded(drop);
        account.assertIs(store);
        new CrashLaws(Outbox.only(home), store).assertSays(drop, Set.of());
    }

    /** The places of the rows that are in doubt. */
    Set<Integer> inDoubt() throws IOException {
        List<String> outcomes = outbox.outcomes();
        return IntStream.range(0, outcomes.size())
                .filter(row -> outcomes.get(row).equals("in_doubt"))
                .boxed()
                .collect(Collectors.toSet());
    }

    /**
     * The rows are done, each id in mapping.json is that of an element as the row has it, and of nobody else.
     *
     * @param inDoubt the places of rows that may be in doubt
     */
    void assertSays(CrashDrop drop, Set<Integer> inDoubt) throws IOException {
        List<Map<String, String>> lines = linesOf(drop.lines().size());
        List<String> wrong = new ArrayList<>();
        for (int row = 0; row < lines.size(); row++) {
            CrashDrop.Line asked = drop.lines().get(row);
            Map<String, String> line = lines.get(row);
            if (inDoubt.contains(row) && asked.action().equals("add")) {
                continue;
            }
            boolean right = line.get("action").equals(asked.action())
                    && line.get("outcome").equals(DONE.get(asked.action()))
                    && (asked.id() == 0 || asked.id() == id(line))
                    && store.byId(id(line))
                            .filter(element -> element.createdBy() != CrashOthers.USER)
                            .isPresent()
                    && store.byId(id(line))
                            .filter(element -> asked.action().equals("delete")
                                    ? element.deleted()
                                    : isThere(element, "", asked.text()))
                            .isPresent();
            if (!right) {
                wrong.add(asked + " is told as " + line + ": " + store.byId(id(line)));
            }
        }
        assertThat(wrong).as("rows that are not told as they are").isEmpty();
    }

    /**
     * Each row's element has its key and values. A row is created if the key had no element, and unchanged only if the element had just
     * that.
     *
     * @param before the elements before, by key
     * @param sent what was sent for a key last, if nothing else was done to its element since
     */
    void assertSays(CrashNight night, Map<String, StoredElement> before, Map<String, String> sent) throws IOException {
        List<Map<String, String>> lines = linesOf(night.lines().size());
        List<String> wrong = new ArrayList<>();
        for (int row = 0; row < lines.size(); row++) {
            CrashNight.Line asked = night.lines().get(row);
            Map<String, String> line = lines.get(row);
            StoredElement was = before.get(asked.key());
            String outcome =
                    was == null ? "created" : asked.text().equals(sent.get(asked.key())) ? "unchanged" : "updated";
            boolean right = line.get("key").equals(asked.key())
                    && line.get("outcome").equals(outcome)
                    && (was == null || was.id() == id(line))
                    && (!outcome.equals("unchanged") || CrashAccount.text(was).equals(asked.text()))
                    && store.byId(id(line))
                            .filter(element -> isThere(element, asked.key(), asked.text()))
                            .isPresent();
            if (!right) {
                wrong.add(asked + ", " + outcome + ", is told as " + line + ": " + store.byId(id(line)));
            }
        }
        assertThat(wrong).as("rows that are not told as they are").isEmpty();
    }

    /**
     * The undo.csv takes back just what was done, the last row first; deletes alone may stand in any order.
     *
     * @param full whether it takes back updates and deletes whose elements were not read anyway
     */
    void assertCanBeUndone(boolean full) throws IOException {
        List<String> found = undo().stream()
                .map(row -> row.get("action") + " " + row.get("id"))
                .toList();
        List<String> kept = new ArrayList<>(found);
        List<String> wanted = new ArrayList<>();
        for (Map<String, String> line : outbox.lines()) {
            switch (line.get("outcome")) {
                case "created" -> wanted.add("delete " + line.get("id"));
                case "updated" -> wanted.addAll(keptOf("update " + line.get("id"), full, kept));
                case "deleted" -> wanted.addAll(keptOf("add ", full, kept));
                default -> assertThat(line.get("outcome")).isIn("unchanged", "in_doubt");
            }
        }
        if (wanted.stream().allMatch(row -> row.startsWith("delete"))) {
            assertThat(found).as("undo.csv").containsExactlyInAnyOrderElementsOf(wanted);
        } else {
            Collections.reverse(wanted);
            assertThat(found).as("undo.csv").isEqualTo(wanted);
        }
    }

    private static List<String> keptOf(String row, boolean full, List<String> kept) {
        return kept.remove(row) || full ? List.of(row) : List.of();
    }

    List<Map<String, String>> undo() throws IOException {
        return Outbox.csv(outbox.folder().resolve("undo.csv"));
    }

    /** These rows are done, but for elements that someone edited. */
    void assertUndid(List<Map<String, String>> undo, Set<Long> edited) throws IOException {
        List<Map<String, String>> lines = linesOf(undo.size());
        List<String> wrong = new ArrayList<>();
        for (int row = 0; row < lines.size(); row++) {
            Map<String, String> asked = undo.get(row);
            Map<String, String> line = lines.get(row);
            long id = Long.parseLong(asked.get("id"));
            boolean left = edited.contains(id);
            // A change whose answer was lost is found done when its element is read again.
            boolean right = left
                    ? line.get("outcome").equals("rejected") && line.get("code").equals("edited_since")
                    : id(line) == id
                            && (line.get("outcome").equals(DONE.get(asked.get("action")))
                                    || (asked.get("action").equals("update")
                                            && line.get("outcome").equals("unchanged")));
            if (!right
                    || store.byId(id).orElseThrow().deleted()
                            != (!left && asked.get("action").equals("delete"))) {
                wrong.add(asked + " is told as " + line + ": " + store.byId(id));
            }
        }
        assertThat(wrong).as("rows that are not told as they are").isEmpty();
    }

    private static boolean isThere(StoredElement element, String key, String text) {
        return !element.deleted()
                && CrashAccount.key(element).equals(key)
                && CrashAccount.text(element).equals(text);
    }

    private static long id(Map<String, String> line) {
        return line.get("id").isEmpty() ? 0 : Long.parseLong(line.get("id"));
    }

    /** Each row once and in order; mapping.json and summary.json say the same. */
    private List<Map<String, String>> linesOf(int rows) throws IOException {
        List<Map<String, String>> lines = outbox.lines();
        List<String> numbers = new ArrayList<>();
        Map<String, Long> mapping = new LinkedHashMap<>();
        Map<Status, Long> counts = new EnumMap<>(Status.class);
        for (Status status : Status.values()) {
            counts.put(status, 0L);
        }
        for (int row = 1; row <= rows; row++) {
            numbers.add(row + "," + row + "," + (row + 1));
        }
        for (Map<String, String> line : lines) {
            Status status = Status.valueOf(line.get("outcome").toUpperCase(java.util.Locale.ROOT));
            counts.merge(status, 1L, Long::sum);
            if (status.accepted()) {
                mapping.put(line.get("request_id"), id(line));
            }
        }
        assertThat(lines.stream().map(line -> line.get("request_id") + "," + line.get("row") + "," + line.get("line")))
                .as("results.csv")
                .isEqualTo(numbers);
        assertThat(outbox.mapping()).as("mapping.json").isEqualTo(mapping);
        assertThat(mapping.values()).as("the ids of mapping.json").doesNotHaveDuplicates();
        Summary summary = Summaries.read(outbox.folder());
        assertThat(summary.byStatus()).as("summary.json").isEqualTo(counts);
        assertThat(summary.rows()).as("summary.json").isEqualTo(rows);
        return lines;
    }

    /** The files are in the archive, and none is refused; each has its results. */
    public static void assertPutAway(Path home, List<String> drops) throws IOException {
        Path refused = home.resolve("refused");
        Path log = home.resolve("life.log");
        assertThat(Files.exists(refused) ? Outbox.names(refused) : List.of())
                .as("what is refused; %s", Files.exists(log) ? Command.read(log) : "")
                .isEmpty();
        assertThat(Outbox.names(home.resolve("archive"))).as("the archive").containsExactlyInAnyOrderElementsOf(drops);
        assertThat(Outbox.names(home.resolve("outbox")))
                .as("the outbox")
                .hasSize(drops.size())
                .noneMatch(name -> name.startsWith("."));
    }
}
