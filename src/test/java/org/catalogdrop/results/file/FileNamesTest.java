package org.catalogdrop.results.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNamesTest {

    @ParameterizedTest
    @CsvSource({
        "products.csv, products.csv",
        "CONTACTS.csv, CONTACTS.csv",
        "a.CON.csv, a.CON.csv",
        "CON.csv, _CON.csv",
        "con, _con",
        "Nul .csv, _Nul .csv",
        "COM1.csv, _COM1.csv",
        "lpt\u00B2.csv.gz, _lpt\u00B2.csv.gz",
        "COM.csv, COM.csv",
        "C:f.csv, C_f.csv",
        "sub\\f.csv, sub_f.csv",
        "what?*<x>|\"y\".csv, what___x___y_.csv",
    })
    void given_a_name_that_windows_does_not_take_when_a_folder_has_it_there_then_it_is_changed(
            String name, String there) {
        assertThat(FileNames.portable(name, true)).isEqualTo(there);
        assertThat(FileNames.portable(name, false)).isEqualTo(name);
    }
}
