package org.catalogdrop.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.List;
import java.util.Random;
import org.catalogdrop.model.Key;
import org.junit.jupiter.api.Test;

/** Keys without what nobody sees. */
class KeyPlainTest {

    private static final String UNSEEN = " \t\n\u00A0\u200B\u2060\uFEFF\u202F\u2009\u3000\u00AD";

    @Test
    void given_any_key_when_unseen_characters_are_put_around_it_then_it_is_the_same_key() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            StringBuilder key = new StringBuilder();
            for (int n = random.nextInt(6); n >= 0; n--) {
                key.appendCodePoint("Aa01-./\u0416\u00E9\uD83D\uDE00".codePointAt(random.nextInt(9)));
            }
            String plain = key.toString();
            String around = unseen(random) + plain + unseen(random);
            assertThat(Key.plain(around)).isEqualTo(Key.plain(plain)).isEqualTo(Key.plain(Key.plain(around)));
        }
    }

    @Test
    void given_any_key_when_blanks_and_composition_change_then_it_is_compared_as_the_same() {
        Random random = new Random(8);
        for (int i = 0; i < 10_000; i++) {
            StringBuilder one = new StringBuilder(unseen(random));
            StringBuilder other = new StringBuilder(unseen(random));
            for (int n = random.nextInt(6); n >= 0; n--) {
                String letter = List.of("A", "1", "-", "\u0416", "\u00E9", "\u1E69", "\uAC01", "\uD83D\uDE00")
                        .get(random.nextInt(8));
                boolean blank = n > 0 && random.nextBoolean();
                one.append(letter).append(blank ? blanks(random) : "");
                other.append(Normalizer.normalize(letter, Normalizer.Form.NFD)).append(blank ? blanks(random) : "");
            }
            String key = Key.compared(one.append(unseen(random)).toString());
            assertThat(Key.compared(other.append(unseen(random)).toString())).isEqualTo(key);
            assertThat(Key.compared(key)).isEqualTo(key).isEqualTo(Key.plain(key));
        }
    }

    private static String blanks(Random random) {
        StringBuilder text = new StringBuilder(" ");
        for (int n = random.nextInt(3); n > 0; n--) {
            text.append(" \t\n\u00A0\u202F\u2009\u3000\u200B".charAt(random.nextInt(8)));
        }
        return text.toString();
    }

    private static String unseen(Random random) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(4); n > 0; n--) {
            text.append(UNSEEN.charAt(random.nextInt(UNSEEN.length())));
        }
        return text.toString();
    }

    @Test
    void given_keys_that_people_tell_apart_when_compared_then_they_are_two() {
        assertThat(Key.plain("a1")).isNotEqualTo(Key.plain("A1"));
        assertThat(Key.plain("00123")).isNotEqualTo(Key.plain("123"));
        assertThat(Key.plain("A 1")).isNotEqualTo(Key.plain("A1")).isEqualTo(Key.plain("A\u00A01"));
        assertThat(Key.compared("A 1")).isNotEqualTo(Key.compared("A1"));
        assertThat(Key.compared("\uFF21")).isNotEqualTo(Key.compared("A"));
        assertThat(Key.compared("e\u0301")).isNotEqualTo(Key.compared("e"));
    }
}
