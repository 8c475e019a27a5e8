package org.catalogdrop.results;

import java.util.LinkedHashMap;
import java.util.Map;
import org.catalogdrop.model.Shape;

/** What was found of how the rows of a drop are written down, and by what, as it stands in our JSON files. */
final class ReadAs {

    private ReadAs() {}

    /** @param format the word of the drop's format; only CSV has a delimiter and a quote to tell */
    static Map<String, Object> json(String format, Shape shape) {
        boolean csv = format.startsWith("csv");
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("packing", shape.packing().word());
        found.put("charset", shape.charset().name());
        found.put("charset_by", shape.charsetBy().word());
        found.put("delimiter", csv ? String.valueOf(shape.delimiter()) : "");
        found.put("delimiter_by", csv ? shape.delimiterBy().word() : "");
        found.put("quote", csv ? shape.quote().map(String::valueOf).orElse("") : "");
        found.put("sep_line", shape.sepLine());
        return found;
    }
}
