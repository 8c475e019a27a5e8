package org.catalogdrop.kommo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What was sent and what the API gives back. A value stands here as {@code text}, {@code text~kind} or {@code text@part}, and an option
 * as {@code ~id}; several are divided by {@code +}.
 */
class ValueComparisonTest {

    /** How far an element has what was sent. */
    private enum Alike {
        NO,
        MEANING,
        LETTER
    }

    private static CustomField sent(String text) {
        return new CustomField(
                "5",
                Arrays.stream(text.split("\\+", -1))
                        .map(ValueComparisonTest::value)
                        .toList());
    }

    private static CustomField.Value value(String text) {
        if (text.startsWith("~")) {
            return new CustomField.Option(text.substring(1));
        }
        if (text.startsWith("{")) {
            return new CustomField.Raw(text);
        }
        String[] parts = text.split("[~@]", 2);
        return parts.length == 1
                ? new CustomField.Plain(text)
                : text.contains("@")
                        ? new CustomField.WithSubtype(parts[0], parts[1])
                        : new CustomField.WithEnum(parts[0], parts[1]);
    }

    private static Element element(String text) {
        List<Element.FieldValue> values =
                Arrays.stream(text.split("\\+")).map(ValueComparisonTest::read).toList();
        return new Element(70, 7, "X", 1, 1, List.of(new Element.Field("5", "", values)));
    }

    private static Element.FieldValue read(String text) {
        String[] parts = text.split("[~@]", 2);
        String more = parts.length == 1 ? "" : parts[1];
        return new Element.FieldValue(parts[0], text.contains("~") ? more : "", text.contains("@") ? more : "");
    }

    private static Alike alike(String sent, Element element) {
        List<CustomField> fields = List.of(sent(sent));
        return ValueComparison.literally(fields, element)
                ? Alike.LETTER
                : ValueComparison.fields(fields, element) ? Alike.MEANING : Alike.NO;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            pen                | pen                            | LETTER
            pen                | Pen                            | NO
            ` pen `            | pen                            | LETTER
            a "b" 'c' <d> & e  | a &quot;b&quot; &#039;c&#039; &lt;d&gt; &amp; e | LETTER
            a &lt;b&gt;        | a &lt;b&gt;                    | LETTER
            a &lt;b&gt;        | a &amp;lt;b&amp;gt;            | MEANING
            5                  | 5.00                           | MEANING
            -0.5               | -0.50                          | MEANING
            5                  | 5.01                           | NO
            0070               | 70                             | NO
            2026-11-28         | 2026-11-28 00:00:00            | MEANING
            2026/11/28         | 2026-11-28 21:00:00            | MEANING
            2026-11-28         | 2026-11-29 00:00:00            | NO
            2026-11-28         | 2026-11-28-001                 | NO
            2026-11-28 10:00   | 2026-11-28 10:00:00            | NO
            3692539            | Red~3692539                    | LETTER
            3692539            | Red~3692540                    | NO
            Red                | Red~3692539                    | LETTER
            ~3692539           | Red~3692539                    | LETTER
            ~3692539           | 3692539                        | LETTER
            ~3692539           | Red~3692540                    | NO
            111~WORK           | 111~WORK                       | LETTER
            111~WORK           | 111                            | MEANING
            111~WORK           | 111~193200                     | MEANING
            111~193200         | 111~WORK                       | MEANING
            111~WORK           | 111~HOME                       | NO
            111~193200         | 111~193202                     | NO
            111~WORK           | 222~WORK                       | NO
            Rome@city          | Rome@3                         | LETTER
            Rome@City          | Rome@city                      | LETTER
            Rome@3             | Rome@3                         | LETTER
            Via 1@address_line_1 | Via 1@1                      | LETTER
            IT@country         | IT@6                           | LETTER
            Rome@city          | Rome                           | LETTER
            Rome@city          | Rome@4                         | NO
            Rome@city          | Oslo@3                         | NO
            Rome@city+@zip     | Rome@3                         | LETTER
            Rome@city+@zip     | Rome@3+00100@5                 | NO
            a+b                | b+a                            | LETTER
            a+b                | a+b+c                          | LETTER
            a+b                | a                              | NO
            a+a                | a+b                            | NO
            {"name":"Acme"}    | {"name":"Acme","id":"7"}       | MEANING
            """)
    void values_are_compared_by_meaning_and_by_letter(String sent, String read, Alike alike) {
        assertThat(alike(sent, element(read))).isEqualTo(alike);
    }

    @Test
    void missing_field_counts_as_cleared() {
        Element none = new Element(70, 7, "X", 1, 1, List.of(new Element.Field("6", "", List.of())));
        assertThat(alike("a", none)).isEqualTo(Alike.NO);
        assertThat(alike("", none)).isEqualTo(Alike.LETTER);
        assertThat(alike("@city", none)).isEqualTo(Alike.LETTER);
        CustomField cleared = new CustomField("5", List.of());
        assertThat(ValueComparison.fields(List.of(cleared), none)).isTrue();
        assertThat(ValueComparison.fields(List.of(cleared), element("a"))).isFalse();
        assertThat(ValueComparison.fields(List.of(cleared), element(" "))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "a, a, true",
        "a, a+b, false",
        "5, 5.0, true",
        "~7, Red~7, true",
        "~7, ~7, true",
        "~7, Red~7+Blue~8, false"
    })
    void field_sent_as_a_whole_must_have_no_other_values(String sent, String read, boolean exactly) {
        assertThat(ValueComparison.exactly(sent(sent), element(read))).isEqualTo(exactly);
    }

    @ParameterizedTest
    @CsvSource({"a, a, true", "5, 5.0, false", "a, a+b, false"})
    void field_sent_as_a_whole_is_compared_to_the_letter(String sent, String read, boolean exactly) {
        assertThat(ValueComparison.exactlyLiterally(sent(sent), element(read))).isEqualTo(exactly);
    }
}
