package org.catalogdrop.mapping.rule;

import java.util.List;
import java.util.regex.Pattern;
import org.catalogdrop.model.NormalizedName;

/**
 * Patterns for names of drops: {@code *} is any text, {@code ?} any character. Letter case and invisible characters
 * ({@link NormalizedName}) do not matter. Immutable.
 */
public record DropPatterns(List<String> patterns) {

    /** Returns whether a drop of this name matches. {@code .gz} and {@code .zip} at its end may be missing from the pattern. */
    public boolean fits(String drop) {
        String plain = NormalizedName.of(drop);
        String unpacked = plain.replaceFirst("(?i)\\.(gz|zip)$", "");
        return patterns.stream().anyMatch(glob -> {
            Pattern pattern = pattern(NormalizedName.of(glob));
            return pattern.matcher(plain).matches() || pattern.matcher(unpacked).matches();
        });
    }

    public static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder();
        glob.codePoints()
                .forEach(c -> regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c))));
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    }

    @Override
    public String toString() {
        return String.join(", ", patterns);
    }
}
