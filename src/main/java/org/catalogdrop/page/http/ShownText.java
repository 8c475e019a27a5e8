package org.catalogdrop.page.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.catalogdrop.report.DisplayText;

/** Prepares texts of drops and accounts for a page. Stateless. */
public final class ShownText {

    private ShownText() {}

    /** Returns the beginning of a text without signs that would change what is around it, and says how long it is if it is cut. */
    public static String of(String text) {
        return text.length() <= DisplayText.LONGEST
                ? DisplayText.of(text)
                : DisplayText.of(text) + " (" + String.format(Locale.ROOT, "%,d", text.length()) + " characters)";
    }

    public static List<String> of(List<String> texts) {
        return texts.stream().map(ShownText::of).toList();
    }

    /** Returns a name as a part of an address. */
    public static String address(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public static String size(long bytes) {
        return bytes < 1 << 10
                ? bytes + " bytes"
                : bytes < 1 << 20
                        ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0)
                        : String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
    }
}
