package org.catalogdrop.kommo.read;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The parameters of {@code GET /api/v2/catalog_elements} (vendor's documentation, "GET parameters").
 *
 * @param catalogId the id of the list, required
 * @param id the id of one element of it
 * @param term a text to search for
 */
public record ElementQuery(long catalogId, OptionalLong id, Optional<String> term) {

    /** Returns the query as it is in the URL, without the page. */
    public String text() {
        StringBuilder text = new StringBuilder("catalog_id=").append(catalogId);
        id.ifPresent(number -> text.append("&id=").append(number));
        term.ifPresent(words -> text.append("&term=").append(URLEncoder.encode(words, StandardCharsets.UTF_8)));
        return text.toString();
    }
}
