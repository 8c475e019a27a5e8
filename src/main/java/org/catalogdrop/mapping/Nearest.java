package org.catalogdrop.mapping;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The name someone may have meant. */
final class Nearest {

    private Nearest() {}

    /** {@code  (did you mean 'x'?)} with a space before it, or nothing if no name is near. */
    static String hint(String word, Collection<String> names) {
        return of(word, names)
                .map(name -> " (did you mean " + Shown.text(name) + "?)")
                .orElse("");
    }

    /** The nearest of the names, if it is near enough to be meant: a third of its letters may differ. */
    static Optional<String> of(String word, Collection<String> names) {
        String sought = plain(word);
        Optional<String> best = Optional.empty();
        int least = Math.max(1, sought.length() / 3) + 1;
        for (String name : names) {
            int distance = distance(sought, plain(name));
            if (distance < least) {
                least = distance;
                best = Optional.of(name);
            }
        }
        return best;
    }

    /** A name without what people write now so, now so: letter case, and white space, dashes and underscores. */
    static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s\\u00A0_-]+", " ");
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
