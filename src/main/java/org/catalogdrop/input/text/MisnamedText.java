package org.catalogdrop.input.text;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.catalogdrop.input.stream.ForeignContent;
import org.catalogdrop.input.stream.ReadFaults;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropRefused;

/** Detects text that is not what its name says: a web page that was saved instead of an export, XML, or JSON named CSV. Stateless. */
public final class MisnamedText {

    private MisnamedText() {}

    /**
     * Returns why a text is refused, if it is recognised as something else.
     *
     * @param expected what its name says, CSV or JSON
     */
    public static Optional<DropRefused> refusal(DecodingStack layers, String expected) {
        ForeignContent content = new ForeignContent(head(layers));
        Optional<String> markup = content.markup();
        boolean json = expected.equals("CSV") && content.isJson();
        return markup.or(() -> json ? Optional.of("it is JSON") : Optional.empty())
                .map(found -> new DropRefused(
                        Code.UNKNOWN_TYPE,
                        "By its name the file is " + expected + ", but " + found + ". " + advice(found, expected)));
    }

    private static String advice(String found, String expected) {
        return switch (found) {
            case "it is JSON" -> "Name it .json, or .ndjson if each line is an object of its own, and drop it again.";
            case "it is a web page (HTML)" ->
                "If it is the page of an error or a log-in, export it again. If it is a table that opens in a spreadsheet, save it there as"
                        + " .xlsx or as CSV in UTF-8, and drop that file.";
            case "it is an XML Spreadsheet 2003" ->
                "Open it in a spreadsheet, save it as .xlsx or as CSV in UTF-8, and drop that file.";
            default -> "Export the rows as " + expected + " and drop that file.";
        };
    }

    private static byte[] head(DecodingStack layers) {
        try (DropSource source = DropSource.open(layers)) {
            byte[] head = new byte[ForeignContent.HEAD];
            int size = 0;
            int n = 0;
            while (n >= 0 && size < head.length) {
                source.text().mark();
                n = source.text().read(head, size, head.length - size);
                size += Math.max(0, n);
            }
            return Arrays.copyOf(head, size);
        } catch (IOException e) {
            throw ReadFaults.unreadable(e);
        } catch (DropRefused unreadable) {
            return new byte[0];
        }
    }
}
