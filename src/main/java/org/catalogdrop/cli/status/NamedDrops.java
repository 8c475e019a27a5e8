package org.catalogdrop.cli.status;

import java.util.List;
import java.util.Locale;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.model.NormalizedName;

/** The drops of the journal, by the words that a command line has for them. */
public record NamedDrops(List<DropLine> drops) {

    private static final String DIGITS = "[0-9a-f]{4,64}";

    /** Returns those that a word means: the digest, the first digits of it (four at least), or the name of the drop. */
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
