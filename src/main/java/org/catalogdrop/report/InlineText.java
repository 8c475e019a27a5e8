package org.catalogdrop.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.catalogdrop.model.Sha256;

/**
 * A style sheet or script inside a page, which the page's Content-Security-Policy allows by its hash.
 *
 * @param text the text between the tags
 * @param source its name in the policy: {@code 'sha256-…'}
 * @see <a href="https://www.w3.org/TR/CSP3/#match-element-to-source-list">Content Security Policy Level 3</a>
 */
public record InlineText(String text, String source) {

    /** Returns a text of the class path. */
    static InlineText read(String resource) {
        try (InputStream stream = InlineText.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            byte[] bytes = stream.readAllBytes();
            String hash = Base64.getEncoder().encodeToString(Sha256.of(bytes));
            return new InlineText(new String(bytes, StandardCharsets.UTF_8), "'sha256-" + hash + "'");
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
