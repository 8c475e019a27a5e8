package org.catalogdrop.input.xlsx;

import java.io.IOException;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catalogdrop.input.stream.ReadFaults;

/** Reads text of a workbook, which may be in pieces with different fonts. Stateless. */
final class RichText {

    /** An escaped character that XML cannot have, or an underscore that only looks like the start of one. */
    private static final Pattern ESCAPED =
            Pattern.compile("_x([dD][89abAB][0-9A-Fa-f]{2})__x([dD][c-fC-F][0-9A-Fa-f]{2})_" + "|_x([0-9A-Fa-f]{4})_");

    private RichText() {}

    /** Reads up to the end of an element, without its phonetic text. */
    static String read(XmlPart xml, String element, int most) throws IOException {
        StringBuilder text = new StringBuilder();
        boolean inText = false;
        boolean spoken = false;
        while (xml.next() && !xml.isEnd(element)) {
            if (xml.isStart("t") || xml.isEnd("t")) {
                inText = xml.isStart();
            } else if (xml.isStart("rPh") || xml.isEnd("rPh")) {
                spoken = xml.isStart();
            } else if (inText && !spoken && xml.isText()) {
                xml.appendTo(text);
            }
            if (text.length() > most) {
                throw ReadFaults.badWorkbook("a text in it is longer than " + most + " characters (drop.row-limit)");
            }
        }
        return unescaped(text.toString());
    }

    /** Decodes escapes. Half of a surrogate pair is no character, so such an escape is text; it would be taken for a mark of a cell. */
    static String unescaped(String text) {
        return text.contains("_x")
                ? ESCAPED.matcher(text).replaceAll(found -> Matcher.quoteReplacement(character(found)))
                : text;
    }

    private static String character(MatchResult found) {
        if (found.group(1) != null) {
            return "" + code(found.group(1)) + code(found.group(2));
        }
        char c = code(found.group(3));
        return Character.isSurrogate(c) ? found.group() : String.valueOf(c);
    }

    private static char code(String hex) {
        return (char) Integer.parseInt(hex, 16);
    }
}
