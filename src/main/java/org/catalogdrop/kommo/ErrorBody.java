package org.catalogdrop.kommo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The content of an answer that is not a success, in any form: the vendor's legacy body ({@code response.error_code}, a text), a problem
 * document ({@code title}, {@code detail}), {@code {"error": …}}, a web page, or nothing.
 *
 * @param code the API's code; empty if there is only the HTTP status
 * @param text its text in lower case
 */
record ErrorBody(String code, String text) {

    static final ErrorBody NONE = new ErrorBody("", "");

    /** The most bytes that are read. No problem document is longer. */
    private static final int LONGEST = 1 << 16;

    private static final ObjectMapper TREES = new ObjectMapper();
    private static final List<String> TEXTS = List.of("title", "detail", "error", "message", "msg", "hint");
    private static final Pattern BARE_CODE = Pattern.compile("^(?:error )?(?:code )?(\\d{3})\\.?$");
    private static final Pattern NAMED_CODE = Pattern.compile("(?:error code|код ошибки) (\\d{3})\\b");

    static ErrorBody of(Reply.Received reply) {
        ErrorBody body = read(reply.content());
        // A problem document repeats the status, which is not a code of the API.
        return body.code.equals(Integer.toString(reply.status())) ? new ErrorBody("", body.text) : body;
    }

    private static ErrorBody read(byte[] content) {
        String raw = new String(content, 0, Math.min(content.length, LONGEST), StandardCharsets.UTF_8);
        if (raw.stripLeading().startsWith("{") && content.length <= LONGEST) {
            try {
                JsonNode document = TREES.readTree(raw);
                return read(document.path("response").isObject() ? document.get("response") : document);
            } catch (IOException broken) {
                return ofText(plain(raw));
            }
        }
        return ofText(plain(raw));
    }

    private static ErrorBody read(JsonNode document) {
        StringBuilder said = new StringBuilder();
        for (String name : TEXTS) {
            String text = document.path(name).asText("");
            said.append(text).append(text.isEmpty() ? "" : " ");
        }
        String code = document.path("error_code").asText(document.path("code").asText(""));
        ErrorBody body = ofText(plain(said.toString()));
        return code.isEmpty() ? body : new ErrorBody(code, body.text);
    }

    private static ErrorBody ofText(String text) {
        return new ErrorBody(codeIn(text), text);
    }

    /** Returns the code in a text. Live answers sometimes have it there: "Error 282.", "Error code 104. If error appears again, …". */
    static String codeIn(String text) {
        for (Pattern pattern : List.of(BARE_CODE, NAMED_CODE)) {
            Matcher found = pattern.matcher(text);
            if (found.find()) {
                return found.group(1);
            }
        }
        return "";
    }

    static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).strip();
    }
}
