package org.catalogdrop.journal.postgres;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Spreads journals over the processes that want them, as one of these processes sees it. Each decides for itself, and the lease decides
 * between two that take the same journal. Few journals move when a process comes or goes.
 *
 * @param owners who owns what, and which processes are there
 * @param me this process among the members
 * @param wanted the journals that this process wants
 * @param owned those of them that it owns
 */
record JournalShares(JournalOwners owners, String me, Set<String> wanted, Set<String> owned) {

    /** A sum of fractions may be a little above the whole number that it is. */
    private static final double ROUNDING = 1e-9;

    /** Returns how many journals this process may own while others can have the rest. */
    private long share() {
        double sum = wanted.stream()
                .mapToDouble(journal -> 1.0
                        / (1
                                + others().stream()
                                        .filter(one -> wants(one, journal))
                                        .count()))
                .sum();
        return (long) Math.ceil(sum - ROUNDING);
    }

    private List<JournalMember> others() {
        return owners.members().stream().filter(one -> !one.id().equals(me)).toList();
    }

    private static boolean wants(JournalMember member, String journal) {
        return member.journals().contains(journal);
    }

    /** Returns the wanted journals that nobody owns. */
    Set<String> free() {
        return wanted.stream()
                .filter(journal ->
                        !owned.contains(journal) && owners.owner(journal).isEmpty())
                .collect(Collectors.toSet());
    }

    /**
     * Returns which free journals this process takes now: as many as are its share, and those that nobody has taken for some time.
     *
     * @param freeFor for how long this process has seen that nobody owns a journal
     * @param patience how long a journal is left to processes that own fewer
     */
    Set<String> takeable(Function<String, Duration> freeFor, Duration patience) {
        // Each process begins with another one.
        List<String> free = free().stream()
                .sorted(Comparator.comparing((String journal) -> (me + journal).hashCode() * 0x9E3779B9)
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        long room = Math.max(0, share() - owned.size());
        Set<String> takeable = new HashSet<>(free.subList(0, (int) Math.min(room, free.size())));
        free.stream()
                .filter(journal -> freeFor.apply(journal).compareTo(patience) >= 0)
                .forEach(takeable::add);
        return takeable;
    }

    /** Returns which journals this process could give to a process that owns at least two fewer; none if it has no more than its share. */
    Set<String> surplus() {
        if (owned.size() <= share()) {
            return Set.of();
        }
        List<JournalMember> poorer =
                others().stream().filter(one -> count(one) <= owned.size() - 2).toList();
        return owned.stream()
                .filter(journal -> poorer.stream().anyMatch(one -> wants(one, journal)))
                .collect(Collectors.toSet());
    }

    private long count(JournalMember member) {
        return member.journals().stream()
                .filter(journal -> owners.owner(journal)
                        .filter(owner -> owner.member().equals(member.id()))
                        .isPresent())
                .count();
    }
}
