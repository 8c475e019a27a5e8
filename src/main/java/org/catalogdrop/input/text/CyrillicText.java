package org.catalogdrop.input.text;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Checks whether a text that was decoded as windows-1251 reads like Russian, Ukrainian, Belarusian or Bulgarian. Stateless. */
final class CyrillicText {

    /** Fewer letters prove nothing. */
    private static final int LEAST_LETTERS = 12;

    /** The letters that make up two thirds of such texts. In KOI8-R or ISO 8859-5 read as windows-1251 they make up a third. */
    private static final String COMMON = "оеаинтсрвлкыьіъ";

    private static final String VOWELS = "аеёиоуыэюяіїєъ";

    private static final Pattern WORD = Pattern.compile("\\p{L}+");
    private static final Pattern LETTERS =
            Pattern.compile("[а-яёіїєґў]", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /**
     * What no word of these languages has: Latin letters beside Cyrillic ones, a capital after a small letter, letters of other
     * languages, impossible starts.
     */
    private static final Pattern NO_WORD = Pattern.compile(
            "[a-zA-Z][а-яА-ЯёЁ]|[а-яА-ЯёЁ][a-zA-Z]" + "|\\p{Ll}[А-ЯЁ]|[^a-zA-Zа-яА-ЯёЁіІїЇєЄґҐўЎ]|^[ьЬъ]");

    /** Symbols in the middle of a word. */
    private static final Pattern SIGN = Pattern.compile("\\p{L}[^\\p{L}\\p{ASCII}’–—\u00A0«»„“”…№]+\\p{L}");

    private CyrillicText() {}

    static boolean reads(String text) {
        long letters = LETTERS.matcher(text).results().count();
        if (letters < LEAST_LETTERS) {
            return false;
        }
        long words = 0;
        long faults = SIGN.matcher(text).results().count();
        for (MatchResult word : (Iterable<MatchResult>) WORD.matcher(text).results()::iterator) {
            if (!word.group().chars().allMatch(c -> c < 0x80)) {
                words++;
                faults += NO_WORD.matcher(word.group()).find() ? 1 : 0;
            }
        }
        long common = count(text, COMMON);
        long vowels = count(text, VOWELS);
        // Lists sometimes have Latin letters that look like Cyrillic ones.
        return faults * 20 <= words && common * 2 >= letters && vowels * 4 >= letters && vowels * 5 <= letters * 3;
    }

    private static long count(String text, String letters) {
        return text.toLowerCase(Locale.ROOT)
                .chars()
                .filter(c -> letters.indexOf(c) >= 0)
                .count();
    }
}
