package org.catalogdrop.input.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.util.Locale;
import java.util.Optional;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropRefused;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * Distinguishes windows-1251 from windows-1252, and both from all other charsets. The detector's guess is not enough: on short lists it
 * confuses the two, and it does not know windows-1250 at all. So the text must also read like words in that charset. Stateless.
 */
final class CharsetStatistics {

    private static final Charset CYRILLIC = Charset.forName("windows-1251");
    private static final Charset WESTERN = Charset.forName("windows-1252");

    private CharsetStatistics() {}

    /** @throws DropRefused CHARSET if it is not certainly one of the two */
    static Charset charset(byte[] sample) {
        Optional<String> cyrillic = strict(CYRILLIC, sample).filter(CyrillicText::reads);
        if (cyrillic.isPresent() && detectorSaysCyrillic(cyrillic.get(), sample)) {
            return CYRILLIC;
        }
        if (strict(WESTERN, sample).filter(WesternText::reads).isPresent()) {
            return WESTERN;
        }
        throw new DropRefused(
                Code.CHARSET,
                "The text is not UTF-8, and its charset cannot be detected for certain"
                        + guess(sample).map(name -> " (a guess: " + name + ")").orElse("")
                        + ". Save it as UTF-8, or set drop.charset to its charset (windows-1250, windows-1251,"
                        + " IBM866, KOI8-R …), and drop the file again.");
    }

    /**
     * Returns whether the detector says Cyrillic. It takes text in capitals for KOI8-R, whose letters have the other case, so it also
     * gets the text in lower case.
     */
    private static boolean detectorSaysCyrillic(String text, byte[] sample) {
        String name = CYRILLIC.name();
        return guess(sample).filter(name::equalsIgnoreCase).isPresent()
                || guess(text.toLowerCase(Locale.ROOT).getBytes(CYRILLIC))
                        .filter(name::equalsIgnoreCase)
                        .isPresent();
    }

    private static Optional<String> guess(byte[] sample) {
        UniversalDetector detector = new UniversalDetector();
        detector.handleData(sample, 0, sample.length);
        detector.dataEnd();
        return Optional.ofNullable(detector.getDetectedCharset());
    }

    /** Returns the text of a sample, if all of it is valid in that charset. */
    static Optional<String> strict(Charset charset, byte[] sample) {
        try {
            CharsetDecoder decoder = charset.newDecoder();
            return Optional.of(decoder.decode(ByteBuffer.wrap(sample)).toString());
        } catch (CharacterCodingException foreign) {
            return Optional.empty();
        }
    }
}
