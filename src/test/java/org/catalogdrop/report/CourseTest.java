package org.catalogdrop.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CourseTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Course course = new Course(nanos::get);

    @Test
    void given_a_day_when_sampled_then_no_event_is_lost_and_memory_is_limited() {
        for (int minute = 0; minute < 24 * 60; minute++) {
            nanos.set(Duration.ofMinutes(minute).toNanos());
            course.answered(minute % 100 == 0 ? 429 : 200, Duration.ofMillis(minute % 2 == 0 ? 100 : 300));
            course.settled(250);
        }

        assertThat(course.samples()).hasSizeLessThanOrEqualTo(Course.MOST).hasSizeGreaterThan(Course.MOST / 2);
        assertThat(course.samples().stream().mapToLong(CourseSample::requests).sum())
                .isEqualTo(1440);
        assertThat(course.samples().stream().mapToLong(CourseSample::rows).sum())
                .isEqualTo(360_000);
        assertThat(course.samples().stream().mapToLong(CourseSample::tooMany).sum())
                .isEqualTo(15);
        assertThat(course.samples()).allMatch(sample -> sample.longestMillis() <= 300);
        assertThat(course.span().multipliedBy(course.samples().size())).isGreaterThanOrEqualTo(Duration.ofHours(23));
    }

    @Test
    void given_silence_when_sampled_then_spans_without_events_are_zero() {
        course.answered(200, Duration.ofMillis(5));
        nanos.set(Duration.ofSeconds(1).toNanos());
        course.answered(0, Duration.ofMillis(7));

        assertThat(course.samples()).extracting(CourseSample::requests).containsExactly(1L, 0L, 0L, 0L, 1L);
        assertThat(course.samples()).extracting(CourseSample::failures).containsExactly(0L, 0L, 0L, 0L, 1L);
    }
}
