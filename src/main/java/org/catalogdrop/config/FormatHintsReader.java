package org.catalogdrop.config;

import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.catalogdrop.input.row.FormatHints;

/**
 * Reads the settings for the format of drops. Each may be {@code auto}.
 *
 * @param text returns the text of a key, if it is set
 * @param faults takes what is wrong with a key
 */
record FormatHintsReader(Function<String, Optional<String>> text, Faults faults) {

    private static final String AUTO = "auto";

    /** Takes a key, what was found, and what is allowed. */
    interface Faults {
        void add(String key, String found, String allowed);
    }

    FormatHints read() {
        FormatHints expected = new FormatHints(charset(), delimiter(), quote());
        if (expected.delimiter().isPresent()
                && expected.quote().map(FormatHints.Quote::character).equals(Optional.of(expected.delimiter()))) {
            faults.add("drop.quote", expected.delimiter().get().toString(), "another character than drop.delimiter");
        }
        return expected;
    }

    private Optional<String> word(String key) {
        return text.apply(key).filter(word -> !word.equalsIgnoreCase(AUTO));
    }

    private Optional<Charset> charset() {
        Optional<String> name = word("drop.charset");
        try {
            Optional<Charset> charset = name.map(Charset::forName);
            // UTF-16 without a byte order needs a mark, and with a mark the setting is not needed.
            if (charset.isEmpty()
                    || (charset.get().canEncode() && !charset.get().name().equals("UTF-16"))) {
                return charset;
            }
        } catch (IllegalArgumentException unknown) {
            // Reported below.
        }
        faults.add(
                "drop.charset",
                name.orElse(""),
                "auto, UTF-8, UTF-16LE, UTF-16BE, windows-1251, windows-1252 or another charset that Java knows");
        return Optional.empty();
    }

    private Optional<Character> delimiter() {
        Optional<String> word = word("drop.delimiter");
        if (word.isEmpty()) {
            return Optional.empty();
        }
        Optional<Character> delimiter =
                switch (word.get().toLowerCase(Locale.ROOT)) {
                    case "comma" -> Optional.of(',');
                    case "semicolon" -> Optional.of(';');
                    case "tab" -> Optional.of('\t');
                    case "pipe" -> Optional.of('|');
                    default -> sign(word.get());
                };
        if (delimiter.isEmpty()) {
            faults.add("drop.delimiter", word.get(), "auto, comma, semicolon, tab, pipe or one ASCII character");
        }
        return delimiter;
    }

    private Optional<FormatHints.Quote> quote() {
        Optional<String> word = word("drop.quote");
        if (word.isEmpty()) {
            return Optional.empty();
        }
        if (word.get().equalsIgnoreCase("none")) {
            return Optional.of(new FormatHints.Quote(Optional.empty()));
        }
        Optional<Character> quote =
                switch (word.get().toLowerCase(Locale.ROOT)) {
                    case "double" -> Optional.of('"');
                    case "single" -> Optional.of('\'');
                    default -> sign(word.get());
                };
        if (quote.isEmpty()) {
            faults.add("drop.quote", word.get(), "auto, double, single, none or one ASCII character");
        }
        return quote.map(character -> new FormatHints.Quote(Optional.of(character)));
    }

    /** Returns a single character that is no letter, digit or blank. */
    private static Optional<Character> sign(String word) {
        boolean sign = word.length() == 1
                && word.charAt(0) > ' '
                && word.charAt(0) < 127
                && !Character.isLetterOrDigit(word.charAt(0));
        return sign ? Optional.of(word.charAt(0)) : Optional.empty();
    }
}
