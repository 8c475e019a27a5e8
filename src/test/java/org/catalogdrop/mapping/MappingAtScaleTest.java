package org.catalogdrop.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Row;
import org.junit.jupiter.api.Test;

class MappingAtScaleTest {

    /** Of CPU, not of a clock that a busy machine stretches; some ten times what it takes, so that only a blunder fails it. */
    private static final Duration AMPLE = Duration.ofSeconds(3);

    @Test
    void many_rows_are_mapped_quickly() {
        List<String> columns = List.of("id", "catalog_id", "name", "cf:4400050", "cf:4400062:enum", "cf:4400051");
        StandardMapping mapping = new StandardMapping(OptionalLong.empty());
        long start = cpu();
        for (int i = 1; i <= 300_000; i++) {
            Row row = Row.of(i, i + 1, columns, List.of("41873", "4220", "Pencil", "100", "3692539|3692540", "80"));
            assertIsOperation(mapping.verdict(row) instanceof Operation);
        }
        assertThat(Duration.ofNanos(cpu() - start)).isLessThan(AMPLE);
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void assertIsOperation(boolean is) {
        if (!is) {
            throw new AssertionError("A good row was rejected.");
        }
    }
}
