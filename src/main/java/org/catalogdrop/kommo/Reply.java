package org.catalogdrop.kommo;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.catalogdrop.model.Problem;

/** What came back for one request, before it is understood. */
public sealed interface Reply permits Reply.Received, Reply.Lost {

    /** Whether it is a success whose content may be read as JSON. */
    boolean isReadable();

    /** The bytes of the content; none if nothing came. */
    byte[] content();

    /**
     * An answer.
     *
     * @param status the HTTP status
     * @param content its body, cut at the cap
     * @param whole whether the body arrived whole and within the cap
     * @param retryAfter the {@code Retry-After} header, empty if there is none
     * @param location the {@code Location} header, empty if there is none
     */
    record Received(int status, byte[] content, boolean whole, String retryAfter, String location) implements Reply {

        @Override
        public boolean isReadable() {
            return status >= 200 && status < 300 && startsLikeJson();
        }

        private boolean startsLikeJson() {
            for (byte b : content) {
                if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                    return b == '{';
                }
            }
            return false;
        }

        /** The first characters of the body on one line, for a message. */
        public String excerpt() {
            String text = new String(content, 0, Math.min(content.length, 400), StandardCharsets.UTF_8)
                    .replaceAll("\\s+", " ")
                    .strip();
            return text.isEmpty() ? "(empty)" : text.length() > 200 ? text.substring(0, 200) + "…" : text;
        }
    }

    /**
     * No answer.
     *
     * @param sent whether the request may have reached the API; false only if it certainly did not
     * @param reason what happened, for a message
     * @param problem why it was not even tried, if that is known better than that the API is away
     */
    record Lost(boolean sent, String reason, Optional<Problem> problem) implements Reply {

        public Lost(boolean sent, String reason) {
            this(sent, reason, Optional.empty());
        }

        private static final byte[] NOTHING = {};

        @Override
        public boolean isReadable() {
            return false;
        }

        @Override
        public byte[] content() {
            return NOTHING;
        }
    }
}
