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

    /** Returns the bytes of the content, which may be shown; none if nothing came. */
    default byte[] content() {
        return new byte[0];
    }

    /**
     * An answer. Secrets that it repeats are redacted when its text is asked for, since most answers have ids only.
     *
     * @param status the HTTP status
     * @param raw its body as it came, truncated at the limit; nothing of it may be shown or kept but numbers
     * @param whole whether the body arrived completely and within the limit
     * @param retryAfter the {@code Retry-After} header; empty if there is none
     * @param location the {@code Location} header; empty if there is none
     * @param isData whether a success has data that must stay exactly as it is: elements of a list, or new tokens
     * @param secrets what its text must not show
     */
    record Received(
            int status,
            byte[] raw,
            boolean whole,
            String retryAfter,
            String location,
            boolean isData,
            SecretRedactor secrets)
            implements Reply {

        /** More than is shown, so that no part of a secret is left at the cut. */
        private static final int QUOTED = 1600;

        /** Makes an answer that cannot contain a secret. */
        public Received(int status, byte[] raw, boolean whole, String retryAfter, String location) {
            this(status, raw, whole, retryAfter, location, true, new SecretRedactor());
        }

        /** Makes an answer as it came; its headers are redacted at once. */
        public Received {
            retryAfter = secrets.redact(retryAfter);
            location = secrets.redact(location);
        }

        /** Returns the body without secrets, except in data. */
        @Override
        public byte[] content() {
            return isData && isReadable() ? raw : secrets.redact(raw);
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
            for (byte b : raw) {
                if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                    return b == first;
                }
            }
            return false;
        }

        /** Returns the first characters of the body on one line, for a message. */
        public String excerpt() {
            byte[] content = content();
            String start = new String(content, 0, Math.min(content.length, QUOTED), StandardCharsets.UTF_8);
            String text = secrets.redact(start).replaceAll("\\s+", " ").strip();
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
