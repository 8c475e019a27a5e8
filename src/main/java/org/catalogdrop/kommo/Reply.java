package org.catalogdrop.kommo;

import java.nio.charset.StandardCharsets;
import org.catalogdrop.model.Problem;

/** The reply to one request, before it is interpreted. */
public sealed interface Reply permits Reply.Received, Reply.Lost, Reply.Barred {

    /** Returns whether it is a success whose content may be JSON. */
    default boolean isReadable() {
        return false;
    }

    /** Returns whether its content may report the outcome of single rows. */
    default boolean isOfRows() {
        return false;
    }

    /** Returns the bytes of the content; none if nothing came. */
    default byte[] content() {
        return new byte[0];
    }

    /**
     * An answer.
     *
     * @param status the HTTP status
     * @param content its body, truncated at the limit
     * @param whole whether the body arrived completely and within the limit
     * @param retryAfter the {@code Retry-After} header; empty if there is none
     * @param location the {@code Location} header; empty if there is none
     * @param quotable the start of the content for messages, without secrets
     */
    record Received(int status, byte[] content, boolean whole, String retryAfter, String location, String quotable)
            implements Reply {

        private static final int QUOTED = 400;

        /** Makes an answer that cannot contain a secret. */
        public Received(int status, byte[] content, boolean whole, String retryAfter, String location) {
            this(status, content, whole, retryAfter, location, quote(content, QUOTED));
        }

        /**
         * Makes an answer as it came. Secrets that it repeats are redacted, except in data: elements of a list and new tokens stay as
         * they are.
         *
         * @param isData whether a success has data that must stay exactly as it is
         */
        public static Received of(
                int status,
                byte[] content,
                boolean whole,
                String retryAfter,
                String location,
                boolean isData,
                SecretRedactor secrets) {
            boolean kept = isData && new Received(status, content, whole, "", "", "").isReadable();
            byte[] shown = kept ? content : secrets.redact(content);
            // Four times what is quoted, so that no part of a secret is left at the cut.
            return new Received(
                    status,
                    shown,
                    whole,
                    secrets.redact(retryAfter),
                    secrets.redact(location),
                    secrets.redact(quote(shown, 4 * QUOTED)));
        }

        private static String quote(byte[] content, int most) {
            return new String(content, 0, Math.min(content.length, most), StandardCharsets.UTF_8);
        }

        @Override
        public boolean isReadable() {
            return isSuccess() && startsWith('{');
        }

        @Override
        public boolean isOfRows() {
            return isReadable() || ((status == 400 || status == 422) && startsWith('{'));
        }

        /** Returns whether it is a web page instead of the API's own answer. */
        public boolean isWebPage() {
            return isSuccess() && startsWith('<');
        }

        private boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        private boolean startsWith(char first) {
            for (byte b : content) {
                if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                    return b == first;
                }
            }
            return false;
        }

        /** Returns the first characters of the body on one line, for a message. */
        public String excerpt() {
            String text = quotable.replaceAll("\\s+", " ").strip();
            return text.isEmpty() ? "(empty)" : text.length() > 200 ? text.substring(0, 200) + "…" : text;
        }
    }

    /**
     * No answer.
     *
     * @param sent whether the request may have reached the API; false only if it certainly did not
     * @param timedOut whether the time-out ended the wait
     * @param reason what happened, for a message
     */
    record Lost(boolean sent, boolean timedOut, String reason) implements Reply {}

    /**
     * Nothing was applied, certainly, and nothing more may be sent: the API blocks us, there is no token, or the program is stopping. In
     * most cases the request has not even left.
     *
     * @param why what prevents sending
     */
    record Barred(Problem why) implements Reply {}
}
