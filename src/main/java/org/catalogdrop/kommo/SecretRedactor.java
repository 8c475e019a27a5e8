package org.catalogdrop.kommo;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Redacts all secrets that this process knows from what a server sends, before it is kept or shown. A debugging page or a proxy may send
 * the request back: as it was, URL-encoded, escaped for JSON or HTML, in base64 or hex, truncated, or in parts. So each run of
 * {@link #PART} characters that is in any form of a secret is removed, in any letter case.
 *
 * <p>Safe for many threads.
 */
public final class SecretRedactor {

    /** The number of consecutive characters that reveal a secret. No other text has as many in common with it by chance. */
    private static final int PART = 12;

    /** A secret shorter than a part is found only as a whole. A text shorter than this is not treated as a secret. */
    private static final int SHORTEST = 5;

    /** The most secrets that are kept. Former tokens are secrets until they expire, and no process has more at once. */
    private static final int MOST = 64;

    private static final Base64.Encoder BASE64 = Base64.getEncoder().withoutPadding();

    private final Deque<Secret> secrets = new ArrayDeque<>();
    private volatile Parts parts = Parts.of(Set.of());

    /**
     * @param hashes the hashes of the parts; nearly all text can be skipped by them
     * @param shorts secrets that are found only as a whole; all in lower case, as the hashes are of lower case
     */
    private record Parts(Set<String> grams, BitSet hashes, Set<String> shorts) {

        static Parts of(Set<String> forms) {
            Set<String> grams = new HashSet<>();
            Set<String> shorts = new HashSet<>();
            for (String form : forms) {
                String lower = new String(lower(form));
                if (lower.length() < PART) {
                    shorts.add(lower);
                }
                for (int i = 0; i + PART <= lower.length(); i++) {
                    grams.add(lower.substring(i, i + PART));
                }
            }
            BitSet hashes = new BitSet();
            grams.forEach(gram -> hashes.set(folded(gram.hashCode())));
            return new Parts(grams, hashes, shorts);
        }

        private static int folded(int hash) {
            return (hash ^ hash >>> 16) & 0xFFFF;
        }

        /**
         * Returns whether a part ends before this place.
         *
         * @param hash the hash of the part's characters
         */
        boolean isPart(int hash, char[] lower, int end) {
            return hashes.get(folded(hash)) && grams.contains(new String(lower, end - PART, PART));
        }
    }

    /** Adds a secret. Adding a known one costs next to nothing. */
    public void add(Secret secret) {
        synchronized (secrets) {
            if (secret.reveal().length() < SHORTEST || secret.equals(secrets.peekLast())) {
                return;
            }
            boolean known = secrets.remove(secret);
            secrets.addLast(secret);
            if (known) {
                return;
            }
            if (secrets.size() > MOST) {
                secrets.removeFirst();
            }
            Set<String> forms = new LinkedHashSet<>();
            secrets.forEach(one -> addForms(one.reveal(), forms));
            parts = Parts.of(forms);
        }
    }

    private static void addForms(String secret, Set<String> forms) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        forms.add(secret);
        forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        forms.add(secret.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/"));
        forms.add(secret.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;"));
        forms.add(HexFormat.of().formatHex(bytes));
        forms.add(escaped(secret, "\\u%04x"));
        forms.add(escaped(secret, "&#%d;"));
        forms.add(escaped(secret, "&#x%x;"));
        forms.add(escaped(secret, "%%%02x"));
        for (int before = 0; before < 3; before++) {
            // The text before a secret shifts its base64, and the characters at both ends depend on that text.
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            String base64 = BASE64.encodeToString(shifted);
            String own = base64.substring(before == 0 ? 0 : before + 1, base64.length() - 1);
            if (own.length() >= PART) {
                forms.add(own);
                forms.add(own.replace('+', '-').replace('/', '_'));
            }
        }
    }

    /** Returns a secret with everything but letters and digits escaped. */
    private static String escaped(String secret, String form) {
        StringBuilder text = new StringBuilder();
        secret.chars()
                .forEach(c -> text.append(
                        c < 128 && Character.isLetterOrDigit(c) ? Character.toString(c) : String.format(form, c)));
        return text.toString();
    }

    /** Returns a text with {@code (secret)} in place of every secret or part of one. */
    public String redact(String text) {
        Parts known = parts;
        char[] lower = lower(text);
        BitSet hidden = new BitSet();
        hideParts(lower, known, hidden);
        for (String whole : known.shorts()) {
            String all = new String(lower);
            for (int at = all.indexOf(whole); at >= 0; at = all.indexOf(whole, at + 1)) {
                hidden.set(at, at + whole.length());
            }
        }
        return hidden.isEmpty() ? text : without(text, hidden);
    }

    /** Finds all parts with a rolling hash, so that long answers cost little. */
    private static void hideParts(char[] lower, Parts known, BitSet hidden) {
        int top = 1;
        for (int i = 1; i < PART; i++) {
            top *= 31;
        }
        int hash = 0;
        for (int i = 0; i < lower.length; i++) {
            hash = (hash - (i < PART ? 0 : lower[i - PART] * top)) * 31 + lower[i];
            int end = i + 1;
            if (end >= PART && known.isPart(hash, lower, end)) {
                hidden.set(end - PART, end);
            }
        }
    }

    private static String without(String text, BitSet hidden) {
        StringBuilder kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (!hidden.get(i)) {
                kept.append(text.charAt(i));
            } else if (i == 0 || !hidden.get(i - 1)) {
                kept.append("(secret)");
            }
        }
        return kept.toString();
    }

    /** Redacts bytes in any charset that contains ASCII. */
    public byte[] redact(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        String redacted = redact(text);
        return redacted.equals(text) ? content : redacted.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Converts to lower case one character at a time, so that positions stay the same. */
    private static char[] lower(String text) {
        char[] lower = text.toCharArray();
        for (int i = 0; i < lower.length; i++) {
            char c = lower[i];
            if (c >= 'A' && c <= 'Z') {
                lower[i] = (char) (c + 32);
            }
        }
        return lower;
    }
}
