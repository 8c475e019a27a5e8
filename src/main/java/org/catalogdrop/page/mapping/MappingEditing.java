package org.catalogdrop.page.mapping;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.catalogdrop.model.Sha256;
import org.catalogdrop.page.http.BadRequest;

/**
 * A mapping file that is being edited. The browser has all of it, so two windows do not disturb each other. Immutable.
 *
 * @param place where that happens on the page
 * @param file the name of the mapping file
 * @param saved the digest of the file in the folder, of which this is a change; empty if it did not exist
 * @param text the text with what was changed
 * @param sample the file on which it is tried
 */
record MappingEditing(Place place, String file, String saved, String text, Optional<MappingSample> sample) {

    /**
     * A place on the page.
     *
     * @param address of the form
     * @param back where it leads when it is saved
     * @param ofUpload whether it belongs to a file that was brought, which is the sample
     */
    record Place(String address, String back, boolean ofUpload) {}

    MappingEditing with(String changed) {
        return new MappingEditing(place, file, saved, changed, sample);
    }

    MappingEditing with(Optional<MappingSample> other) {
        return new MappingEditing(place, file, saved, text, other);
    }

    boolean isNew() {
        return saved.isEmpty();
    }

    /** Returns the text as a form keeps it: a browser changes line ends. */
    String encoded() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static String decoded(String encoded) {
        try {
            return new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException odd) {
            throw new BadRequest(400, "The form cannot be read. Reload the page and send it again.");
        }
    }

    static String digest(byte[] content) {
        return HexFormat.of().formatHex(Sha256.of(content));
    }
}
