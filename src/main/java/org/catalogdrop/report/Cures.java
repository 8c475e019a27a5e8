package org.catalogdrop.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catalogdrop.model.Code;

/** The cure of each code from docs/rejects.md, which is packed into the jar. */
final class Cures {

    private static final String PAGE = "/catalog-drop/rejects.md";

    private static final Pattern LINE = Pattern.compile("(?m)^\\| `(\\w+)` \\|.*\\| ([^|]*) \\|$");

    private static final Pattern LINK = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");

    private static final Map<String, String> BY_WORD = read();

    private Cures() {}

    /** Returns what to do about a code, in a sentence or a few; empty if the page has nothing about it. */
    static String of(Code code) {
        return BY_WORD.getOrDefault(code.word(), "");
    }

    private static Map<String, String> read() {
        try (InputStream page = Cures.class.getResourceAsStream(PAGE)) {
            if (page == null) {
                throw new IllegalStateException(PAGE + " is not on the class path");
            }
            Map<String, String> cures = new HashMap<>();
            Matcher line = LINE.matcher(new String(page.readAllBytes(), StandardCharsets.UTF_8));
            while (line.find()) {
                cures.put(line.group(1), plain(line.group(2)));
            }
            return cures;
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static String plain(String markdown) {
        String text = LINK.matcher(markdown).replaceAll("$1").replace("`", "").strip();
        return text.isEmpty() ? "" : Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }
}
