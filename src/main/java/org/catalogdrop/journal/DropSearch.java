package org.catalogdrop.journal;

import java.util.List;
import java.util.Locale;
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
        UNFINISHED(" and state in ('open', 'publishing', 'published')");

        private final String condition;

        Kind(String condition) {
            this.condition = condition;
        }

        String condition() {
            return condition;
        }
    }

    boolean finds(DropLine drop) {
        String name = NormalizedName.folded(drop.name());
        String digest = words.strip().toLowerCase(Locale.ROOT);
        return (digest.length() >= 4 && drop.digest().startsWith(digest))
                || wanted().stream().allMatch(name::contains);
    }

    boolean isOfAll() {
        return words.isBlank();
    }

    private List<String> wanted() {
        return Stream.of(NormalizedName.folded(words).split(" "))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
