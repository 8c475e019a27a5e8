package org.catalogdrop.journal.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.catalogdrop.journal.store.JournalOwner;
import org.junit.jupiter.api.Test;

class JournalSharesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(7);

    private final Set<String> journals =
            new TreeSet<>(IntStream.range(0, 9).mapToObj(i -> "journal" + i).toList());

    /** Who owns each journal. */
    private final Map<String, String> owners = new TreeMap<>();

    private final Map<String, Set<String>> members = new TreeMap<>();
    private int moves;

    private JournalShares of(String me) {
        Map<String, JournalOwner> rows = new HashMap<>();
        owners.forEach((journal, member) -> rows.put(
                journal,
                new JournalOwner("account", "process", "node", member, 1, Instant.EPOCH, Duration.ofSeconds(9))));
        List<JournalMember> live = new ArrayList<>();
        members.forEach((id, wanted) -> live.add(new JournalMember(id, "process", wanted)));
        return new JournalShares(
                new JournalOwners(rows, live),
                me,
                members.get(me),
                owners.keySet().stream()
                        .filter(journal -> owners.get(journal).equals(me))
                        .collect(Collectors.toSet()));
    }

    /** Lets all processes do what they want, one after the other, until nothing changes. */
    private void settle() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (String me : members.keySet()) {
                Set<String> taken = of(me).takeable(journal -> Duration.ZERO, PATIENCE);
                taken.forEach(journal -> owners.put(journal, me));
                moves += taken.size();
                Set<String> surplus = of(me).surplus();
                surplus.stream().findFirst().ifPresent(owners::remove);
                changed |= !taken.isEmpty() || !surplus.isEmpty();
            }
        }
    }

    private void come(String member) {
        members.put(member, journals);
        settle();
    }

    private void go(String member) {
        members.remove(member);
        owners.values().removeIf(member::equals);
        settle();
    }

    private int movesSince(int before) {
        return moves - before;
    }

    private List<Long> counts() {
        return members.keySet().stream()
                .map(member -> owners.values().stream().filter(member::equals).count())
                .sorted()
                .toList();
    }

    @Test
    void given_9_journals_when_processes_come_and_go_then_they_are_spread_and_as_few_as_possible_move() {
        come("a");
        assertThat(counts()).containsExactly(9L);

        int before = moves;
        come("b");
        assertThat(counts()).containsExactly(4L, 5L);
        assertThat(movesSince(before)).isEqualTo(4);

        before = moves;
        come("c");
        assertThat(counts()).containsExactly(3L, 3L, 3L);
        assertThat(movesSince(before)).isEqualTo(3);

        before = moves;
        go("a");
        assertThat(counts()).containsExactly(4L, 5L);
        assertThat(movesSince(before)).isEqualTo(3);

        before = moves;
        come("d");
        assertThat(counts()).containsExactly(3L, 3L, 3L);
        assertThat(movesSince(before)).isEqualTo(3);

        before = moves;
        go("b");
        go("c");
        assertThat(counts()).containsExactly(9L);
        assertThat(movesSince(before)).isEqualTo(3 + 5);
    }

    @Test
    void given_processes_that_start_together_when_all_journals_are_free_then_none_moves_twice() {
        members.put("a", journals);
        members.put("b", journals);
        members.put("c", journals);
        settle();

        assertThat(counts()).containsExactly(3L, 3L, 3L);
        assertThat(moves).isEqualTo(9);
    }

    @Test
    void given_journals_that_nobody_takes_when_some_time_is_over_then_a_process_takes_more_than_its_share() {
        members.put("a", journals);
        members.put("b", journals);

        assertThat(of("a").takeable(journal -> PATIENCE.minusMillis(1), PATIENCE))
                .hasSize(5);
        assertThat(of("a").takeable(journal -> PATIENCE, PATIENCE)).hasSize(9);
    }

    @Test
    void given_processes_that_want_different_journals_when_spread_then_each_counts_for_its_own() {
        members.put("a", Set.of("x", "y"));
        members.put("b", Set.of("y", "z"));
        settle();

        assertThat(owners).containsEntry("x", "a").containsEntry("z", "b").containsKey("y");
        assertThat(of("a").surplus()).isEmpty();
        assertThat(of("b").surplus()).isEmpty();
    }

    @Test
    void given_a_process_that_owns_one_more_than_another_when_asked_then_it_gives_none_up() {
        members.put("a", Set.of("x", "y", "z"));
        members.put("b", Set.of("x", "y", "z"));
        owners.putAll(Map.of("x", "a", "y", "a", "z", "b"));

        assertThat(of("a").surplus()).isEmpty();
    }
}
