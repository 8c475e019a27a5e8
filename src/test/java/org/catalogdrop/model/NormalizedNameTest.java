package org.catalogdrop.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names that look the same are the same. */
class NormalizedNameTest {

    private static final List<String> BLANKS = List.of(
            " ", "\u00A0", "\u2009", "\u202F", "\u3000", "\n", "\r\n", "\t", "\u2028", "\u0085", "  ", " \u00A0\n");
    private static final List<String> UNSEEN =
            List.of("\u200B", "\uFEFF", "\u00AD", "\u200E", "\u2060", "\u200D", "\u0000", "\u202A", "\uFE0F");
    private static final List<String> LETTERS =
            List.of("a", "Z", "7", "(", "\u00E9", "\u0419", "\u00FC", "\u4E2D", "\uD83D\uDE00", "\u1E69", "-", ":");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "name\u00A0|name",
                "\u200Bname|name",
                "\"Price\n(EUR)\"|Price (EUR)",
                "Product  name|Product name",
                "\"Pre\u0301mio \"|Pr\u00E9mio",
                "Straße|Straße",
                "\u00A0\u200B|\"\"",
                "SKU|SKU",
                "\" SKU \"|SKU"
            })
    void given_a_name_as_files_have_it_then_its_plain_form_is_what_a_person_sees(String name, String plain) {
        assertThat(NormalizedName.of(name)).isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"SKU\u00A0|SKU\\u00A0", "\u200Bname|\\u200Bname", "a b|a b", "Й|Й", "\uD83D\uDE00|\uD83D\uDE00"})
    void given_something_invisible_when_a_message_shows_it_then_it_can_be_seen(String name, String shown) {
        assertThat(NormalizedName.show(name)).isEqualTo(shown);
    }

    @Test
    void given_any_name_when_what_nobody_sees_is_put_into_it_then_its_plain_form_stays() {
        Random random = new Random(20_261_129);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder plain = new StringBuilder();
            StringBuilder written = new StringBuilder(any(random, BLANKS, UNSEEN));
            int words = 1 + random.nextInt(3);
            for (int w = 0; w < words; w++) {
                if (w > 0) {
                    plain.append(' ');
                    written.append(BLANKS.get(random.nextInt(BLANKS.size()))).append(any(random, BLANKS, UNSEEN));
                }
                for (int c = 1 + random.nextInt(4); c > 0; c--) {
                    String letter = LETTERS.get(random.nextInt(LETTERS.size()));
                    plain.append(letter);
                    written.append(random.nextBoolean() ? letter : Normalizer.normalize(letter, Normalizer.Form.NFD));
                    written.append(any(random, UNSEEN));
                }
            }
            written.append(any(random, BLANKS, UNSEEN));
            String name = written.toString();
            assertThat(NormalizedName.of(name)).as(NormalizedName.show(name)).isEqualTo(plain.toString());
            assertThat(NormalizedName.of(NormalizedName.of(name))).isEqualTo(NormalizedName.of(name));
            assertThat(NormalizedName.show(NormalizedName.of(name))).isEqualTo(NormalizedName.of(name));
        }
    }

    @Test
    void given_any_characters_then_the_plain_form_of_a_plain_form_is_itself() {
        Random random = new Random(31);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int c = random.nextInt(6); c > 0; c--) {
                text.appendCodePoint(random.nextInt(random.nextBoolean() ? 0x3000 : 0x110000));
            }
            String plain = NormalizedName.of(text.toString());
            assertThat(NormalizedName.of(plain))
                    .as(NormalizedName.show(text.toString()))
                    .isEqualTo(plain);
            assertThat(NormalizedName.show(text.toString())).doesNotContain("\u00A0", "\u200B", "\n", "\uFEFF");
        }
    }

    @SafeVarargs
    private static String any(Random random, List<String>... kinds) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(3); n > 0; n--) {
            List<String> kind = kinds[random.nextInt(kinds.length)];
            text.append(kind.get(random.nextInt(kind.size())));
        }
        return text.toString();
    }
}
