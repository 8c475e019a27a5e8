package org.catalogdrop.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.catalogdrop.model.Row;
import org.junit.jupiter.api.Test;

/** What bounds memory must count whatever a row can be made of. */
class WeightTest {

    private static final int CELL = 16;

    private static long weight(Object... cells) {
        return Weight.of(Row.of(1, 2, List.of(), List.of(cells)));
    }

    @Test
    void text_and_digits_weigh_their_characters_and_their_cell() {
        assertThat(weight()).isZero();
        assertThat(weight("")).isEqualTo(CELL);
        assertThat(weight("abc", new Row.Literal("12.50"))).isEqualTo(2 * CELL + 8);
    }

    @Test
    void lists_and_objects_weigh_what_is_in_them() {
        assertThat(weight(List.of("ab", "c"))).isEqualTo(3 * CELL + 3);
        assertThat(weight(Map.of("code", "PRICE", "v", "1"))).isEqualTo(CELL + 11);
        assertThat(weight(List.of(Map.of("values", List.of(Map.of("value", "red"))))))
                .isEqualTo(3 * CELL + "values".length() + "value".length() + "red".length());
    }
}
