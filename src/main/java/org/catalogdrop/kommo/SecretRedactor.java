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
 * Redacts all secrets this process knows from what a server says, before it is kept or shown. A debugging page or a proxy may send the
 * request back: as it was, URL-encoded, escaped for JSON or HTML, in base64 or hex, cut, or in parts. So each run of {@link #PART}
 * characters that stands in any form of a secret is taken out, in any letter case.
 *
 * <p>Safe for several threads.
 */
public final class SecretRedactor {

    /** How many characters in a row show a secret; by chance nobody has as many. */
    private static final int PART = 12;

    /** A secret with fewer characters is found only as a whole, one with fewer than these is none. */
    private static final int SHORTEST = 5;

    /** Former tokens are still secrets until they expire; no process has more at once. */
    private static final int MOST = 64;

    private static final Base64.Encoder BASE64 = Base64.getEncoder().withoutPadding();

    private final Deque<Secret> secrets = new ArrayDeque<>();
    private volatile Parts parts = Parts.of(Set.of());

    /**
     * @param hashes those of the grams, folded; nearly all text is passed over by them
     * @param shorts what is found as a whole only; all in lower case, as the hashes are of lower case
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

        /** Returns whether a part ends before this place; the hash is that of its characters. */
        boolean isPart(int hash, char[] lower, int end) {
            return hashes.get(folded(hash)) && grams.contains(new String(lower, end - PART, PART));
        }
    }

    /** Adds a secret; one that is known already costs next to nothing. */
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
            // Whatever stands before the secret shifts its base64; the characters at both ends hang on what stands
            // there.
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

    /** With all signs escaped but letters and digits. */
    private static String escaped(String secret, String form) {
        StringBuilder text = new StringBuilder();
        secret.chars()
                .forEach(c -> text.append(
                        c < 128 && Character.isLetterOrDigit(c) ? Character.toString(c) : String.format(form, c)));
        return text.toString();
    }

    /** Returns the text with {@code (secret)} in place of all that is one, or a part of one. */
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

    /** Finds all parts with a hash that rolls along the text, so that long answers cost little. */
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

    /** Returns the same of bytes in any charset that has ASCII. */
    public byte[] redact(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        String redacted = redact(text);
        return redacted.equals(text) ? content : redacted.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** In lower case, character by character, so that places stay what they are. */
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
