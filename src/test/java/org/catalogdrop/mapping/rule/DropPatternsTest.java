package org.catalogdrop.mapping.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DropPatternsTest {

    @ParameterizedTest
    @CsvSource({
        "prices*.csv, PRICES-2025.CSV, true",
        "prices*.csv, prices.csv.gz, true",
        "prices?.csv, prices.csv, false",
        "price list*.csv, 'price\u00A0list 1.csv', true",
        "'price\u00A0list*.csv', price list.csv, true",
        "price list*.csv, 'price  list.csv', true",
        "prices*.csv, 'prices\u200B.csv\u00A0', true",
        "prices.csv, '\uFEFFprices.csv.gz ', true",
        "prices.csv, price s.csv, false",
    })
    void given_a_pattern_when_a_name_differs_only_in_what_nobody_sees_then_it_fits(
            String pattern, String drop, boolean fits) {
        assertThat(new DropPatterns(List.of(pattern)).fits(drop)).isEqualTo(fits);
    }

    @Test
    void given_letters_with_accents_when_one_side_is_decomposed_then_it_fits() {
        String name = "Ma\u00DFst\u00E4be \u0439.csv";
        String decomposed = Normalizer.normalize(name, Normalizer.Form.NFD);
        assertThat(decomposed).isNotEqualTo(name);
        assertThat(new DropPatterns(List.of(name)).fits(decomposed)).isTrue();
        assertThat(new DropPatterns(List.of(decomposed)).fits(name)).isTrue();
    }
}
