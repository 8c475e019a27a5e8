package org.catalogdrop.mapping.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.catalogdrop.mapping.MappingFile;
import org.catalogdrop.mapping.MappingRefused;
import org.catalogdrop.mapping.rule.ActionRule;
import org.catalogdrop.mapping.rule.CellSource;
import org.catalogdrop.mapping.rule.DropPatterns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a mapping file may say, and how it is told what it may not. */
class MappingFileTest {

    private static final String GOOD = "drops: x.csv\nname: N\n";

    static MappingFile read(String yaml) {
        try {
            return MappingParser.parse("m.yaml", yaml.getBytes(StandardCharsets.UTF_8));
        } catch (MappingRefused refused) {
            throw new AssertionError(refused.getMessage(), refused);
        }
    }

    private static List<String> faults(String yaml) {
        MappingRefused refused = catchThrowableOfType(
                MappingRefused.class, () -> MappingParser.parse("m.yaml", yaml.getBytes(StandardCharsets.UTF_8)));
        assertThat(refused).as(yaml).isNotNull();
        return refused.faults();
    }

    @Test
    void all_faults_are_reported_together_each_with_its_line_and_what_was_meant() {
        List<String> faults = faults("""
                drop: "x*.csv"
                name: N
                acton: add
                fields:
                  - field: Price
                    colum: P
                    type: numbr
                  - field: Since
                    column: S
                    type: date
                    pattern: dd.MM.yy
                """);
        assertThat(faults).hasSize(6);
        assertThat(faults.get(0)).startsWith("m.yaml:1: key 'drop' is unknown").contains("did you mean 'drops'?");
        assertThat(faults.get(1)).startsWith("m.yaml:1: 'drops' is missing");
        assertThat(faults.get(2)).startsWith("m.yaml:3: key 'acton'").contains("did you mean 'action'?");
        assertThat(faults.get(3)).startsWith("m.yaml:5: a field needs one of column, constant, template");
        assertThat(faults.get(4)).startsWith("m.yaml:6: key 'colum'").contains("did you mean 'column'?");
        assertThat(faults.get(5)).startsWith("m.yaml:11: pattern 'dd.MM.yy' needs a year of four digits");
    }

    @Test
    void a_key_that_is_no_column_is_not_called_missing_too() {
        assertThat(faults("drops: x.csv\naction: upsert\nkey: {column: N}\nname: N\n"))
                .singleElement()
                .asString()
                .startsWith("m.yaml:3: key must be a text");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "action: upsert | is missing; an upsert needs the column",
                "missing: delete | missing is for action: upsert",
                "missing_at_most: 5 | missing_at_most is for action: upsert",
                "unknown: skip | unknown is for action: upsert, or action: update with a key",
                "known: skip | known is for action: upsert",
                "on_reject: stop-before | on_reject is continue, stop-before-sending",
                "on_reject: at most 101 % | on_reject is continue",
                "action: ad | did you mean 'add'?",
                "action: update | 'id' is missing",
                "action: {words: {neu: add}} | action needs 'column'",
                "action: {column: A, words: {Neu: add, neu: delete}} | is here twice; upper and lower case do not matter",
                "key: '' | key is empty",
                "request_id: '{A} {B}' | write a template as {template:",
                "request_id: {template: '{A'} | a template has columns in braces",
                "request_id: {column: A, constant: B} | needs one of column, constant, template; found column and constant",
                "updated_at: {column: A, zone: Europe/Kyiv} | a zone needs a pattern",
                "defaults: {zone: Europe/Kiew} | did you mean 'Europe/Kiev'?",
                "defaults: {thousands: '.'} | decimal and thousands are both '.'",
                "defaults: {decimal: ''} | decimal must be one character",
                "defaults: {decimal: '5'} | decimal must be one character",
                "defaults: {locale: klingon} | locale must be a language",
                "defaults: {true_words: [ja, '1'], false_words: [nein, JA]} | is both in true_words and in false_words",
                "defaults: {true_words: ['0']} | is both in true_words and in false_words",
                "csv: {charset: utf-9} | did you mean",
                "csv: {delimiter: ';;'} | delimiter must be one character",
                "name2: x | did you mean 'name'?",
                "fields: {Price: P} | fields must be a list",
                "fields: [{field: 1, column: A, decimal: ','}] | decimal has a meaning only with type: number",
                "fields: [{field: 1, column: A, type: date, zone: UTC}] | a zone has a meaning only for times",
                "fields: [{field: 1, column: A, empty: keep}] | empty is one of leave, clear, reject",
                "fields: [{field: 1, column: A}, {field: 1, column: B}] | has a value already in line 3",
                "fields: [{field: Vendor code, column: A}, {field: vendor_Code, column: B}] | has a value already",
                "fields: [{field: 1, column: A, type: date, pattern: HH:mm}] | needs a year of four digits",
                "fields: [{field: 1, column: A, type: date, pattern: yyyy-MM}] | is not a date pattern",
                "fields: [{column: A}] | 'field' is missing",
                "name: N | key 'name' is here a second time",
                "? [a, b] | is not YAML: Non scalar key",
                "x: [ | is not YAML"
            })
    void faults_are_reported(String line, String expected) {
        assertThat(faults(GOOD + line)).anyMatch(fault -> fault.contains(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "missing: deleted | missing is keep or delete; found 'deleted' (did you mean 'delete'?)",
                "missing_at_most: 10 % | missing_at_most needs missing: delete",
                "unknown: ignore | unknown is add or reject or skip; found 'ignore'",
                "known: skp | known is update or skip; found 'skp' (did you mean 'skip'?)",
                "unknown: skip;known: skip | known: skip needs unknown: add",
                "unknown: reject;gone: add | gone needs unknown: add",
                "missing: delete;missing_at_most: ten | missing_at_most is a number like 500 or a percentage",
                "missing: delete;missing_at_most: 120% | missing_at_most is a number like 500 or a percentage"
            })
    void faults_of_upserts_are_reported(String lines, String expected) {
        assertThat(faults("drops: x.csv\naction: upsert\nkey: N\nname: N\n" + lines.replace(';', '\n')))
                .anyMatch(fault -> fault.contains(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "missing: delete | 10 %",
                "missing: delete;missing_at_most: 7 | 7",
                "missing: delete;missing_at_most: at most 7% | 7 %"
            })
    void how_many_may_be_missing_is_read(String lines, String expected) {
        MappingFile file = read("drops: x.csv\naction: upsert\nkey: N\nname: N\n" + lines.replace(';', '\n'));
        assertThat(((ActionRule.ByKey) file.action()).missing().orElseThrow().text())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "- a\n", "just text", "a: !!javax.script.ScriptEngineManager []\n"})
    void what_is_no_mapping_is_refused(String yaml) {
        assertThat(faults(yaml)).isNotEmpty().allMatch(fault -> fault.startsWith("m.yaml:"));
        assertThat(MappingParser.globs("m.yaml", yaml.getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void an_alias_bomb_is_refused_at_once() {
        StringBuilder bomb = new StringBuilder(GOOD).append("a0: &a0 [x]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThat(faults(bomb.toString())).isNotEmpty();
    }

    @Test
    void bytes_that_are_no_text_are_refused() {
        MappingRefused refused = catchThrowableOfType(
                MappingRefused.class, () -> MappingParser.parse("m.yaml", new byte[] {'a', (byte) 0xE4}));
        assertThat(refused).hasMessageContaining("not UTF-8");
    }

    @Test
    void scalars_are_their_text() {
        MappingFile file = read(
                "drops: x\ncatalog: 4220\nname: no\nfields:\n  - {field: 007x, column: 1e5}\n  - {field: 7, constant: null}");
        assertThat(file.columns()).containsExactly("no", "1e5");
        assertThat(file.needsAccount()).isTrue();
        assertThat(file.rules().get(1).source()).isEqualTo(new CellSource.Constant("null"));
    }

    @Test
    void a_file_of_ids_alone_needs_no_account() {
        assertThat(read(GOOD + "catalog: 1\nfields: [{field: 7, column: A, type: number}]")
                        .needsAccount())
                .isFalse();
        assertThat(read(GOOD + "catalog: Products").needsAccount()).isTrue();
        assertThat(read(GOOD + "fields: [{field: 7, column: A, type: options}]").needsAccount())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "products*.csv,products.csv,true",
        "products*.csv,PRODUCTS-1.CSV,true",
        "products*.csv,products.csv.gz,true",
        "products*.csv,my-products.csv,false",
        "p?.csv,p1.csv,true",
        "p?.csv,p12.csv,false",
        "p[1].csv,p[1].csv,true",
        "p.csv,pxcsv,false",
        "прайс*.csv,ПРАЙС 1.csv,true"
    })
    void globs(String glob, String drop, boolean fits) {
        assertThat(new DropPatterns(List.of(glob)).fits(drop)).isEqualTo(fits);
    }

    @Test
    void templates() {
        assertThat(CellSource.template("{{x}} {A}-{ B }"))
                .hasValue(new CellSource.Template(List.of("{x} ", "-", ""), List.of("A", "B")));
        assertThat(CellSource.template("none")).isEmpty();
        assertThat(CellSource.template("{A}}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"action: update\nkey: N", "action: upsert\nunknown: skip\nkey: N", "action: update\nid: I"})
    void given_nothing_that_is_added_when_name_is_left_out_then_the_file_is_taken(String lines) {
        MappingFile file = read("drops: x.csv\n" + lines + "\nfields:\n  - {field: 1, column: N}\n");
        assertThat(file.elements().name()).isEmpty();
    }

    @Test
    void given_rows_that_may_be_added_when_name_is_left_out_then_that_is_a_fault() {
        assertThat(faults("drops: x.csv\naction: upsert\nkey: N\nfields:\n  - {field: 1, column: N}\n"))
                .anyMatch(fault -> fault.contains("'name' is missing"));
    }

    @Test
    void given_update_by_key_when_unknown_keys_are_to_be_added_then_that_is_a_fault() {
        assertThat(faults("drops: x.csv\naction: update\nunknown: add\nkey: N\nfields:\n  - {field: 1, column: N}\n"))
                .anyMatch(fault -> fault.contains("unknown: add needs action: upsert"));
    }

    @Test
    void given_an_old_file_that_updates_by_id_and_has_a_key_too_when_read_then_the_id_counts() {
        assertThat(read("drops: x.csv\naction: update\nid: I\nname: N\nkey: K\n")
                        .isUpsert())
                .isFalse();
    }
}
