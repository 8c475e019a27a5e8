package org.catalogdrop.mapping;

import java.util.List;
import java.util.regex.Pattern;

/** Names of drops: {@code *} is any text, {@code ?} any character, letter case does not matter. */
public record Globs(List<String> patterns) {

    /** Whether it means a drop of this name; {@code .gz} and {@code .zip} at the end of it may be left out of the pattern. */
    public boolean fits(String drop) {
        String unpacked = drop.replaceFirst("(?i)\\.(gz|zip)$", "");
        return patterns.stream().anyMatch(glob -> {
            Pattern pattern = pattern(glob);
            return pattern.matcher(drop).matches() || pattern.matcher(unpacked).matches();
        });
    }

    static Pattern pattern(String glob) {
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
