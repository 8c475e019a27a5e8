package org.catalogdrop.cli.status;

import java.util.List;
import java.util.Locale;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.model.NormalizedName;

/** Finds drops of the journal by the words of a command line. */
public record NamedDrops(List<DropLine> drops) {

    private static final String DIGITS = "[0-9a-f]{4,64}";

    /** Returns the drops that a word means: the digest, its first digits (at least four), or the name of the drop. */
    public List<DropLine> of(String word) {
        String digits = word.toLowerCase(Locale.ROOT);
        return drops.stream()
                .filter(drop -> drop.name().equals(word)
                        || (digits.matches(DIGITS) && drop.digest().startsWith(digits)))
                .toList();
    }

    /** Returns the name and the first digits of a drop. */
    public static String label(DropLine drop) {
        return NormalizedName.show(drop.name()) + " (" + digest8(drop) + ")";
    }

    public static String digest8(DropLine drop) {
        return drop.digest().substring(0, 8);
    }
}
