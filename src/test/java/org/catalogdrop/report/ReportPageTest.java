package org.catalogdrop.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Missing;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.model.Target;
import org.catalogdrop.model.UndoCount;
import org.junit.jupiter.api.Test;

class ReportPageTest {

    private static final String HOSTILE =
            "<script>alert(1)</script>\"><img src=x onerror=alert(2)>'javascript:alert(3)\u202Efdp.exe\uD800";

    private static Summary summary(String name, Map<Status, Long> byStatus) {
        long rows = byStatus.values().stream().mapToLong(Long::longValue).sum();
        Instant start = Instant.parse("2026-11-29T10:00:00Z");
        return new Summary(
                name,
                "ab".repeat(32),
                "csv",
                Optional.empty(),
                HOSTILE,
                rows,
                Map.of("add", rows),
                new EnumMap<>(byStatus),
                3,
                1,
                start,
                start.plusSeconds(90),
                name + "-abababab",
                Missing.NONE,
                Optional.empty(),
                UndoCount.NONE,
                new Target("shop.kommo.com", OptionalLong.of(7)),
                2,
                Map.of(),
                List.of(HOSTILE));
    }

    private static Outcome rejected(long number, String column, String cell) {
        Row row = Row.of(number, number + 1, List.of("name", column), List.of("x", cell));
        Problem problem = new Problem(Code.BAD_NUMBER, column, "found " + cell + ", expected a number");
        return new Outcome(row, "", "add", Status.REJECTED, 0, Optional.of(problem));
    }

    private static String page(Summary summary, ProblemGroups groups) {
        Report report =
                Reports.ofLoad(summary, groups, new ChangeSamples(), new Course(), Optional.of("rejects.csv"), false);
        return Reports.page(report);
    }

    @Test
    void hostile_text_of_a_drop_stays_text() {
        ProblemGroups groups = new ProblemGroups();
        groups.add(rejected(1, HOSTILE, HOSTILE));

        String page = page(summary(HOSTILE, Map.of(Status.REJECTED, 1L)), groups);

        assertThat(page)
                .doesNotContain("<script", "<img", "\u202E", "\uD800")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "\\u202E");
    }

    @Test
    void the_policy_allows_the_style_inside_and_nothing_else() {
        String page = page(summary("a.csv", Map.of(Status.CREATED, 2L)), new ProblemGroups());

        assertThat(page)
                .contains("default-src 'none'; style-src &#39;sha256-")
                .doesNotContain("http://", "https://", "style=\"", "unsafe");
    }

    @Test
    void given_rejects_when_drawn_then_groups_have_counts_examples_and_the_cure() {
        ProblemGroups groups = new ProblemGroups();
        for (int row = 1; row <= 5; row++) {
            groups.add(rejected(row, "price", "12,5" + row));
        }

        String page = page(summary("a.csv", Map.of(Status.REJECTED, 5L, Status.CREATED, 1200L)), groups);

        assertThat(page)
                .contains("5 of 1,205 rows were rejected", "1,205 rows =", "5 rows rejected: <code>bad_number</code>")
                .contains("12,51", "12,52", "12,53", "<strong>Cure:</strong> Correct it")
                .doesNotContain("<bdi>12,54</bdi>");
    }

    @Test
    void given_countless_causes_with_huge_cells_when_drawn_then_the_page_stays_below_one_megabyte() {
        ProblemGroups groups = new ProblemGroups();
        String huge = "<".repeat(100_000);
        for (int row = 1; row <= 300; row++) {
            groups.add(rejected(row, "column " + row + huge, huge));
        }

        String page = page(summary("a.csv", Map.of(Status.REJECTED, 300L)), groups);

        assertThat(page.length()).isLessThan(1_000_000);
        assertThat(page).contains("200 more rows have other causes");
    }

    @Test
    void every_code_of_a_row_has_a_cure() {
        List<String> without = new ArrayList<>();
        for (Code code : Code.values()) {
            if (code.scope() == Code.Scope.ROW && Cures.of(code).isEmpty()) {
                without.add(code.word());
            }
        }

        assertThat(without).isEmpty();
    }

    @Test
    void fault_while_a_report_is_made_leaves_only_the_page_out() {
        assertThat(Reports.pageIfPossible("drop.csv", () -> {
                    throw new IllegalStateException("a fault of the report");
                }))
                .isEmpty();
    }
}
