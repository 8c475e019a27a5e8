package org.catalogdrop.input.text;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Checks whether a text that was decoded as windows-1252 reads like a Western European language. Letters like é, ö and ß are the same in
 * the neighbouring charsets. The letters that differ there count, like è, which is č in windows-1250: they must be where they are in
 * French, German, Spanish, Italian, Portuguese, Dutch or Scandinavian words. This and the symbols below exclude windows-1250, 1254, 1257,
 * IBM 850 and Mac OS Roman. A text that cannot be distinguished from a Western one is refused. Stateless.
 */
final class WesternText {

    private static final Pattern WORD = Pattern.compile("[\\p{L}']*[^\\x00-\\x7F\\P{L}][\\p{L}']*");

    private static final String VOWEL = "[aeiouyáéíóúýäöüùìêåâ]";

    /** What no word of these languages has; after the colon, each letter's meaning in windows-1250. */
    private static final Pattern NO_WORD = Pattern.compile(String.join(
            "|",
            "[ðþýšžƒˆŸÿ]", // Icelandic, or ğ ş ı of Turkish; š ž of Czech; ƒ ˆ of IBM 850
            "\\p{Ll}[\\p{Lu}&&[^A-Z]]", // Mac OS Roman has capitals where é è stand
            "^è.|è" + VOWEL + "|[aoyáéó]è", // č
            "ê(?:c(?!h)|d|g|k|s.|z|$)|iê[^nm]", // ę
            "ñ(?!" + VOWEL + ")", // ń
            "yû|û" + VOWEL + "|(?<!^[dcm]|cr)û$", // ű
            "ù.|(?<!^[oO]|pi|gi|men|rag|trib|virt|bl|amis|bamb)ù", // ů
            "ì.", // ě
            "ò.", // ň
            "(?<![aeouüéëgâ])ï", // ď
            "œ(?![ui])", // ś
            VOWEL + "æ|æ[aeiouyáéó]", // ć
            "ø[aáeéíiìouùýø]", // ř
            "ã(?!o|e|$)|[^çmlh]ã$|õ(?!e)")); // ă ő

    /**
     * Symbols where no Western text has them: inside words, before small letters, two in a row, quotes that are letters in other
     * charsets.
     */
    private static final Pattern SIGN = Pattern.compile(String.join(
            "|",
            "\\p{L}[^\\p{L}\\p{ASCII}\u2019´·–—…•\u00AD\u00A0ªº«»“”]\\p{L}",
            "\\p{L}[‚„‡‰“”]\\p{L}",
            "[³¹£¥¯¼¾]\\p{Ll}",
            "[a-z]{2}(?<!mm|cm|dm|km|Nm|ft|in|yd)[³¹]",
            "\\p{L}[‚„†‡‰¦¬¸]|(?<!\\d|\\d\\s)‰|(?<![\\p{L}\\p{N}\\p{Punct}…°])”",
            "[^\\p{L}\\p{ASCII}\\s\u00A0«»“”’…€°©®™]{2}"));

    private WesternText() {}

    static boolean reads(String text) {
        long words = 0;
        long faults = SIGN.matcher(text).results().count();
        long letters = 0;
        long ascii = 0;
        for (MatchResult found : (Iterable<MatchResult>) WORD.matcher(text).results()::iterator) {
            String word = found.group();
            words++;
            faults += hasFault(word) ? 1 : 0;
            // Words of one or two letters, like à, prove nothing.
            if (word.length() > 2) {
                letters += word.length();
                ascii += word.chars().filter(c -> c < 0x80).count();
            }
        }
        // Long lists have a few foreign words.
        return faults * 50 <= words && (words == 0 || letters > 0) && ascii * 2 >= letters;
    }

    private static boolean hasFault(String word) {
        return NO_WORD.matcher(allCapitals(word) ? word.toLowerCase(Locale.ROOT) : lowerTail(word))
                .find();
    }

    private static boolean allCapitals(String word) {
        return word.equals(word.toUpperCase(Locale.ROOT));
    }

    /** Returns the word with its first letter in lower case, so that it is judged like the others. */
    private static String lowerTail(String word) {
        return word.substring(0, 1).toLowerCase(Locale.ROOT) + word.substring(1);
    }
}
