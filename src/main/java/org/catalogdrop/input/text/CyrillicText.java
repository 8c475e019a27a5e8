package org.catalogdrop.input.text;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Whether a text that was decoded as windows-1251 reads like Russian, Ukrainian, Belarusian or Bulgarian. */
final class CyrillicText {

    /** Fewer letters tell nothing. */
    private static final int LEAST_LETTERS = 12;

    /** The letters that make two thirds of such texts; those of KOI8-R or ISO 8859-5 read as windows-1251 make a third. */
    private static final String COMMON = "оеаинтсрвлкыьіъ";

    private static final String VOWELS = "аеёиоуыэюяіїєъ";

    private static final Pattern WORD = Pattern.compile("\\p{L}+");
    private static final Pattern LETTERS =
            Pattern.compile("[а-яёіїєґў]", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /** Latin letters beside Cyrillic ones, a capital behind a small letter, letters of none of these languages, impossible starts. */
    private static final Pattern NO_WORD = Pattern.compile(
            "[a-zA-Z][а-яА-ЯёЁ]|[а-яА-ЯёЁ][a-zA-Z]" + "|\\p{Ll}[А-ЯЁ]|[^a-zA-Zа-яА-ЯёЁіІїЇєЄґҐўЎ]|^[ьЬъ]");

    /** Signs in the middle of a word. */
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
        // Lists have Latin letters that look like Cyrillic ones here and there.
        return faults * 20 <= words && common * 2 >= letters && vowels * 4 >= letters && vowels * 5 <= letters * 3;
    }

    private static long count(String text, String letters) {
        return text.toLowerCase(Locale.ROOT)
                .chars()
                .filter(c -> letters.indexOf(c) >= 0)
                .count();
    }
}
