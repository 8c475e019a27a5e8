package org.catalogdrop.mapping;

import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;
import org.catalogdrop.mapping.value.Quoted;
import org.catalogdrop.model.NormalizedName;

/** Finds the name that someone may have meant. Stateless. */
public final class Suggestions {

    private static final Pattern DASHES = Pattern.compile("[ _\\u2010\\u2011-]+");

    private Suggestions() {}

    /** Returns {@code  (did you mean 'x'?)} with a space before it; empty if no name is similar. */
    public static String hint(String word, Collection<String> names) {
        return of(word, names)
                .map(name -> " (did you mean " + Quoted.text(name) + "?)")
                .orElse("");
    }

    /** Returns the most similar name, if a third of its letters differ at most. */
    public static Optional<String> of(String word, Collection<String> names) {
        String sought = plain(word);
        Optional<String> best = Optional.empty();
        int least = Math.max(1, sought.length() / 3) + 1;
        for (String name : names) {
            if (plain(name).isEmpty()) {
                continue;
            }
            int distance = distance(sought, plain(name));
            if (distance < least) {
                least = distance;
                best = Optional.of(name);
            }
        }
        return best;
    }

    /** Returns a normalized name without differences in letter case, blanks, dashes and underscores. */
    public static String plain(String name) {
        return DASHES.matcher(NormalizedName.folded(name)).replaceAll(" ");
    }

    /** Returns how many letters differ, are missing or are surplus; two that changed places count once. */
    private static int distance(String a, String b) {
        int[][] to = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    to[i][j] = i + j;
                    continue;
                }
                int changed = to[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                to[i][j] = Math.min(changed, Math.min(to[i - 1][j], to[i][j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    to[i][j] = Math.min(to[i][j], to[i - 2][j - 2] + 1);
                }
            }
        }
        return to[a.length()][b.length()];
    }
}
