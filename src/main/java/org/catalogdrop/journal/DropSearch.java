package org.catalogdrop.journal;

import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.catalogdrop.model.NormalizedName;

/**
 * A search for drops in the journal, which answers with one page of them, the newest first. Immutable.
 *
 * @param words what the name of a drop must contain, in any letter case, or the first digits of its digest; empty for all
 * @param kind which drops
 * @param before only drops that were entered before the one with this number
 * @param most how many at most
 */
public record DropSearch(String words, Kind kind, long before, int most) {

    /** Which drops are searched. */
    public enum Kind {
        ALL(""),
        /** Finished drops with rows in doubt. */
        IN_DOUBT(" and in_doubt > 0 and state = 'done'"),
        REFUSED(" and state = 'refused'"),
        /** Finished drops with rejected rows. */
        REJECTED(" and rejected > 0 and folder <> ''"),
        UNFINISHED(" and state in ('open', 'publishing', 'published')");

        private final String condition;

        Kind(String condition) {
            this.condition = condition;
        }

        String condition() {
            return condition;
        }
    }

    /** Returns a test of the name and digest of drops. */
    BiPredicate<String, String> test() {
        String start = words.strip().toLowerCase(Locale.ROOT);
        Predicate<String> named = nameTest();
        return (name, digest) -> (start.length() >= 4 && digest.startsWith(start)) || named.test(name);
    }

    /** Returns a test of names alone: all words must be in it. */
    public Predicate<String> nameTest() {
        List<String> wanted = wanted();
        return name -> {
            String folded = NormalizedName.folded(name);
            return wanted.stream().allMatch(folded::contains);
        };
    }

    /** Returns whether no words are searched. */
    public boolean isOfAll() {
        return words.isBlank();
    }

    private List<String> wanted() {
        return Stream.of(NormalizedName.folded(words).split(" "))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
