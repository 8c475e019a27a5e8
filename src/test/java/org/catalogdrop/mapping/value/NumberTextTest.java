package org.catalogdrop.mapping.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers arrive digit for digit, or not at all. */
class NumberTextTest {

    private static final List<NumberText> FORMS = List.of(
            new NumberText(".", ""),
            new NumberText(",", ""),
            new NumberText(",", "."),
            new NumberText(".", ","),
            new NumberText(",", " "),
            new NumberText(".", "'"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            nullValues = "-",
            value = {
                ",|.|1.234,50|1234.50",
                ",|.|1234,50|1234.50",
                ",|.|-1.234.567,890|-1234567.890",
                ",|.|+12|12",
                ",|.|0012,00|0012.00",
                ",|.|,5|0.5",
                ",|.|1.234|1234",
                ",|.|12.5|-",
                ",|.|0.125|-",
                ",|.|-00.125|-",
                ",|.|012.345|-",
                ".|,|0,125|-",
                ",|\" \"|0 125|-",
                ",|.|1234.567|-",
                ",|.|1.23|-",
                ",|.|1..234|-",
                ",|.|.234|-",
                ",|.|1.234.|-",
                ",|.|1,234.5|-",
                ",|.|1,|-",
                ",|.|,|-",
                ",|.|1,2,3|-",
                ",|\"\"|1.234|-",
                ".|\"\"|12,5|-",
                ".|\"\"|1.234|1.234",
                ".|\"\"|1e5|-",
                ".|\"\"|--1|-",
                ".|\"\"|1 %|-",
                ".|\"\"|\u0661|-",
                ".|\"\"|99999999999999999999999.10|99999999999999999999999.10",
                ",|\" \"|1\u00A0234\u202F567,5|1234567.5",
                ".|'|1\u2019234.5|1234.5",
                ".|\"\"|\u22125|-5"
            })
    void examples(String decimal, String thousands, String text, String expected) {
        assertThat(new NumberText(decimal, thousands).of(text)).isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void what_was_written_in_a_form_is_read_in_it_with_the_same_value() {
        Random random = new Random(20_241_124);
        for (int i = 0; i < 20_000; i++) {
            NumberText form = FORMS.get(random.nextInt(FORMS.size()));
            BigDecimal number = new BigDecimal(new BigInteger(1 + random.nextInt(90), random), random.nextInt(8));
            BigDecimal signed = random.nextBoolean() ? number : number.negate();
            String text = written(form, signed, random.nextBoolean());
            assertThat(form.of(text).map(BigDecimal::new)).as(form + " " + text).hasValue(signed);
        }
    }

    @Test
    void whatever_is_read_has_the_value_its_characters_say() {
        Random random = new Random(42);
        String alphabet = "0123456789.,' +-e";
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            NumberText form = FORMS.get(random.nextInt(FORMS.size()));
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(8); j >= 0; j--) {
                text.append(alphabet.charAt(random.nextInt(random.nextInt(3) == 0 ? alphabet.length() : 12)));
            }
            Optional<String> sent = form.of(text.toString());
            if (sent.isPresent()) {
                read++;
                String plain = text.toString().replace(form.thousands().isEmpty() ? "\0" : form.thousands(), "");
                if (plain.endsWith("-")) {
                    plain = "-" + plain.substring(0, plain.length() - 1);
                }
                BigDecimal said = new BigDecimal(plain.replace(form.decimal(), "."));
                assertThat(new BigDecimal(sent.get())).as(form + " " + text).isEqualTo(said);
            }
        }
        assertThat(read).isGreaterThan(10_000);
    }

    private static String written(NumberText form, BigDecimal number, boolean grouped) {
        DecimalFormatSymbols symbols = new DecimalFormatSymbols(Locale.ROOT);
        symbols.setDecimalSeparator(form.decimal().charAt(0));
        if (!form.thousands().isEmpty()) {
            symbols.setGroupingSeparator(form.thousands().charAt(0));
        }
        DecimalFormat format = new DecimalFormat("#,##0", symbols);
        format.setGroupingUsed(grouped && !form.thousands().isEmpty());
        format.setMinimumFractionDigits(number.scale());
        format.setMaximumFractionDigits(number.scale());
        return format.format(number);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "123,45-|-123.45",
                "(0,01)|-0.01",
                "-950,00 €|-950.00",
                "€ 12,50|12.50",
                "€-12,50|-12.50",
                "-€12,50|-12.50",
                "(12,50 EUR)|-12.50",
                "12,50 EURO|none",
                "12,50\u00A0EUR|12.50",
                "12,50 EUR-|-12.50",
                "1 12,50 €|none",
                "-12,50-|none",
                "(-12,50)|none",
                "€|none",
                "()|none",
                "(12,50|none",
                "12,50 $|none",
            })
    void given_money_as_programs_write_it_when_read_then_it_is_a_number(String text, String expected) {
        NumberText money = new NumberText(",", ".", List.of("EUR", "€"));

        assertThat(money.of(text)).isEqualTo(Optional.ofNullable(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            nullValues = "none",
            value = {
                ".|'|12.-|12",
                ",|.|12,-|12",
                ".|\"\"|12,-|12",
                ",|\"\"|12.-|12",
                ".|'|1'234.-|1234",
                ",|.|1.234,--|1234",
                ",|.|1.234.-|1234",
                ".|\"\"|1.234.-|none",
                ".|'|CHF 12.-|12",
                ".|'|12.\u2013 CHF|12",
                ".|'|CHF -12.-|-12",
                ".|'|-CHF 12.-|-12",
                ".|'|(12.-)|-12",
                ".|'|12-.-|none",
                ".|'|12.---|none",
                ".|'|.-|none",
                ".|'|12.5.-|none",
                ".|'|12 .-|none",
            })
    void given_a_price_with_a_dash_for_decimals_when_signs_are_named_then_it_is_whole(
            String decimal, String thousands, String text, String expected) {
        assertThat(new NumberText(decimal, thousands, List.of("CHF")).of(text))
                .isEqualTo(Optional.ofNullable(expected));
        assertThat(new NumberText(decimal, thousands).of(text)).isEmpty();
    }

    @Test
    void given_a_negative_number_that_could_be_meant_in_two_ways_when_read_then_both_are_negative() {
        assertThat(new NumberText(",", ".").readings("-0.500"))
                .contains("it is -500,", "before decimals it is -0.500")
                .doesNotContain("--");
    }
}
