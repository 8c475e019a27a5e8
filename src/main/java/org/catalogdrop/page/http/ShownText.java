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

    /** Returns a number of bytes, as in {@code 1.5 MiB}. */
    public static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        return bytes < 1 << 20
                ? decimal(bytes / 1024.0) + " KiB"
                : bytes < 1 << 30 ? decimal(bytes / 1048576.0) + " MiB" : decimal(bytes / 1073741824.0) + " GiB";
    }

    /** Returns a number with one decimal, or none if it is a whole one. */
    public static String decimal(double number) {
        return String.format(Locale.ROOT, "%.1f", number).replaceFirst("\\.0$", "");
    }
}
