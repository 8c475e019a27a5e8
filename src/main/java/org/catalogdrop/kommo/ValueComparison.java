package org.catalogdrop.kommo;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Key;

/**
 * Compares an element that was read back with what was sent. The API returns values in another form: numbers as strings, option ids with
 * their texts, subtypes as numbers, some characters as HTML entities. Stateless.
 */
public final class ValueComparison {

    /** The parts of a smart address, which the API numbers from 1 when they are read (vendor's v2 documentation, custom fields). */
    static final List<String> ADDRESS_PARTS =
            List.of("address_line_1", "address_line_2", "city", "state", "zip", "country");

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,38})(\\.\\d{1,39})?");
    private static final Pattern DAY = Pattern.compile("\\d{4}[-/]\\d{2}[-/]\\d{2}");
    private static final Pattern HOUR = Pattern.compile("\\d{4}-\\d{2}-\\d{2}[ T]\\d{2}:\\d{2}(:\\d{2}.*)?");

    private static final Pattern ENTITY = Pattern.compile("&(#\\d{1,7}|#[xX][0-9a-fA-F]{1,6}|apos|nbsp);");
    private static final Pattern TAG = Pattern.compile("<[^>]*(>|$)");
    private static final Pattern FOUR_BYTES = Pattern.compile("[\\x{10000}-\\x{10FFFF}]");
    private static final Pattern LOST =
            Pattern.compile("[\\s\\p{Z}\\p{C}\\p{Cf}\\\\?\\x{FFFD}\\x{10000}-\\x{10FFFF}]+");

    /** The shortest text that may be a part of a truncated name. */
    private static final int LEAST_CUT = 60;

    private ValueComparison() {}

    /** Returns a name in the form in which names are compared. */
    public static String name(String name) {
        return Key.plain(unescaped(name));
    }

    /** How texts are compared. */
    private enum By {
        /** Numbers and dates may have another form. */
        MEANING,
        /** All characters count: a value that only resembles what was sent may be the value from before. */
        LETTER
    }

    /** Returns whether the element has every value of every field sent. Fields that were not sent do not matter. */
    public static boolean fields(List<CustomField> sent, Element element) {
        return sent.stream().allMatch(field -> has(element, field, By.MEANING));
    }

    /** Returns the same, compared to the letter. Values that the API returns in another form then count as different. */
    public static boolean literally(List<CustomField> sent, Element element) {
        return sent.stream().allMatch(field -> has(element, field, By.LETTER));
    }

    /** Returns whether some values cannot be compared, so that another element may only seem equal. */
    public static boolean isVague(List<CustomField> sent) {
        return sent.stream()
                .flatMap(field -> field.values().stream())
                .anyMatch(value -> value instanceof CustomField.Raw);
    }

    /** Returns how many values the element has. */
    public static long count(Element element) {
        return element.fields().stream()
                .mapToLong(field -> filled(Optional.of(field)))
                .sum();
    }

    /** Returns how many values are sent. */
    public static long count(List<CustomField> sent) {
        return sent.stream().mapToLong(ValueComparison::filled).sum();
    }

    private static long filled(Optional<Element.Field> field) {
        return field.stream()
                .flatMap(one -> one.values().stream())
                .filter(value -> !(value.value().isBlank() && value.enumId().isBlank()))
                .count();
    }

    private static long filled(CustomField sent) {
        return sent.values().stream().filter(value -> !isBlank(value)).count();
    }

    private static boolean has(Element element, CustomField sent, By by) {
        Optional<Element.Field> there = field(element, sent.id());
        if (there.isEmpty()) {
            return sent.values().isEmpty() || sent.values().stream().allMatch(ValueComparison::isBlank);
        }
        if (sent.values().isEmpty()) {
            return there.get().values().stream().allMatch(value -> value.value().isBlank()); // it was to be cleared
        }
        List<Element.FieldValue> left = new ArrayList<>(there.get().values());
        for (CustomField.Value value : sent.values()) {
            Predicate<Element.FieldValue> same = read -> same(value, read, by);
            if (value instanceof CustomField.WithSubtype part
                    && isBlank(part)
                    && left.stream().anyMatch(fills(part))) {
                return false; // it was to be cleared
            }
            Optional<Element.FieldValue> match = left.stream().filter(same).findFirst();
            if (match.isEmpty() && !isBlank(value)) {
                return false;
            }
            match.ifPresent(left::remove);
        }
        return true;
    }

    /** Returns whether the element's field has the values sent and no others, so that sending them would change nothing. */
    public static boolean exactly(CustomField sent, Element element) {
        return filled(field(element, sent.id())) == filled(sent) && has(element, sent, By.MEANING);
    }

    /** Returns the same, compared to the letter. */
    public static boolean exactlyLiterally(CustomField sent, Element element) {
        return exactly(sent, element) && has(element, sent, By.LETTER);
    }

    public static Optional<Element.Field> field(Element element, String id) {
        return element.fields().stream().filter(field -> field.id().equals(id)).findFirst();
    }

    private static Predicate<Element.FieldValue> fills(CustomField.WithSubtype part) {
        return read -> !read.value().isBlank() && samePart(part.subtype(), read.subtype());
    }

    private static boolean isBlank(CustomField.Value value) {
        return (value instanceof CustomField.Plain plain && plain.value().isBlank())
                || (value instanceof CustomField.WithSubtype part
                        && part.value().isBlank());
    }

    /**
     * Returns whether a value was sent for one that was read: the same value, the same text of another kind, or another text of its kind.
     */
    static boolean isFor(CustomField.Value sent, Element.FieldValue read) {
        return same(sent, read, By.MEANING)
                || (sent instanceof CustomField.WithEnum withEnum
                        && (withEnum.enumId().equals(read.enumId()) || text(withEnum.value(), read.value())));
    }

    private static boolean same(CustomField.Value sent, Element.FieldValue read, By by) {
        if (sent instanceof CustomField.Plain plain) {
            return text(plain.value(), read.value(), by)
                    || plain.value().strip().equals(read.enumId());
        }
        if (sent instanceof CustomField.Option option) {
            return option.enumId().equals(read.enumId()) || option.enumId().equals(read.value());
        }
        if (sent instanceof CustomField.WithEnum withEnum) {
            return text(withEnum.value(), read.value(), by) && kind(withEnum.enumId(), read.enumId(), by);
        }
        if (sent instanceof CustomField.WithSubtype withSubtype) {
            return text(withSubtype.value(), read.value(), by) && subtype(withSubtype.subtype(), read.subtype());
        }
        // Objects come back in another form. The name and the other fields must be enough.
        return by == By.MEANING;
    }

    /** Compares kinds. They are sent as words or numbers, and returned in the account's own form or not at all. */
    private static boolean kind(String sent, String read, By by) {
        return sent.equals(read) || (by == By.MEANING && (read.isEmpty() || isNumber(sent) != isNumber(read)));
    }

    private static boolean subtype(String sent, String read) {
        return read.isEmpty() || samePart(sent, read);
    }

    static boolean text(String sent, String read) {
        return text(sent, read, By.MEANING);
    }

    private static boolean text(String sent, String read, By by) {
        String a = by == By.LETTER ? Key.plain(unescaped(sent)) : plain(sent);
        String b = by == By.LETTER ? Key.plain(unescaped(read)) : plain(read);
        return a.equals(b) || (by == By.MEANING && (sameNumber(a, b) || sameDate(a, b)));
    }

    private static boolean sameNumber(String a, String b) {
        // A number with leading zeros is an article number, and differs from the same number without them.
        if (!NUMBER.matcher(a).matches() || !NUMBER.matcher(b).matches()) {
            return false;
        }
        return new BigDecimal(a).compareTo(new BigDecimal(b)) == 0;
    }

    /** Compares dates. Days are sent as {@code Y-m-d} or {@code Y/m/d} and read back as {@code Y-m-d H:i:s}, with any hour. */
    private static boolean sameDate(String sent, String read) {
        return DAY.matcher(sent).matches() && HOUR.matcher(read).matches() && read.startsWith(sent.replace('/', '-'));
    }

    /**
     * Returns a text without blanks at its ends and without entities, however often they were escaped: the text may have had some when it
     * was sent.
     */
    public static String plain(String text) {
        String once = unescaped(text);
        return once.equals(text) ? Key.plain(text) : plain(once);
    }

    /**
     * Returns the part of a text that the API keeps, however it changes texts when it stores them: without tags, blanks, control
     * characters, backslashes and characters of four bytes, in compatibility form (NFKC). Different texts may have the same rest.
     */
    public static String rest(String text) {
        String bare = TAG.matcher(entities(plain(text))).replaceAll("");
        String rest =
                LOST.matcher(Normalizer.normalize(bare, Normalizer.Form.NFKC)).replaceAll("");
        return rest.isEmpty() ? text.strip() : rest;
    }

    /** Returns whether a text may be a longer one that was truncated: a long part of it, or the part before a character of four bytes. */
    public static boolean isCutOf(String kept, String whole) {
        String rest = rest(kept);
        if (plain(kept).length() >= LEAST_CUT && rest(whole).startsWith(rest)) {
            return true;
        }
        Matcher four = FOUR_BYTES.matcher(whole);
        return four.find()
                && four.start() > 0
                && rest(whole.substring(0, four.start())).equals(rest);
    }

    /** Returns whether {@link #isCutOf} can be true for a text. */
    public static boolean isCuttable(String whole) {
        return whole.length() > LEAST_CUT || FOUR_BYTES.matcher(whole).find();
    }

    private static String entities(String text) {
        return ENTITY.matcher(text).replaceAll(entity -> Matcher.quoteReplacement(character(entity.group(1))));
    }

    private static String character(String entity) {
        if (entity.charAt(0) != '#') {
            return entity.equals("apos") ? "'" : "";
        }
        boolean hex = entity.length() > 1 && Character.toLowerCase(entity.charAt(1)) == 'x';
        int code = Integer.parseInt(entity.substring(hex ? 2 : 1), hex ? 16 : 10);
        return Character.isValidCodePoint(code) ? Character.toString(code) : "";
    }

    public static String unescaped(String text) {
        if (text.indexOf('&') < 0) {
            return text;
        }
        return text.replace("&quot;", "\"")
                .replace("&#039;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    static boolean samePart(String one, String other) {
        return part(one).toLowerCase(Locale.ROOT).equals(part(other).toLowerCase(Locale.ROOT));
    }

    public static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Returns the word of a part, whatever the API calls it. */
    static String part(String subtype) {
        int number = subtype.matches("[1-6]") ? Integer.parseInt(subtype) : 0;
        return number > 0 ? ADDRESS_PARTS.get(number - 1) : subtype;
    }
}
