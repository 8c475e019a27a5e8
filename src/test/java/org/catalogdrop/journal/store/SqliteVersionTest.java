package org.catalogdrop.journal.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteVersionTest {

    @ParameterizedTest
    @ValueSource(strings = {"3.50.3", "3.51.2", "3.9.99", "2.60.0", "3.51"})
    void given_an_older_sqlite_when_it_is_checked_then_the_fault_names_it_and_the_cure(String version) {
        assertThat(SqliteVersion.faultOf(version).orElseThrow())
                .contains("SQLite " + version + " ", "3.51.3", "org.xerial:sqlite-jdbc", "sqlite-jdbc.version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.51.3", "3.54.1", "3.100.0", "4.0.0"})
    void given_a_new_enough_sqlite_when_it_is_checked_then_there_is_no_fault(String version) {
        assertThat(SqliteVersion.faultOf(version)).isEmpty();
    }

    @Test
    void given_our_own_sqlite_when_it_is_checked_then_there_is_no_fault() {
        assertThat(SqliteVersion.findFault()).isEmpty();
    }
}
