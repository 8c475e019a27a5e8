package org.catalogdrop.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A curve of a load over time, ready to be drawn as SVG.
 *
 * @param title what it shows, with its unit
 * @param most the highest value
 * @param points the points of a polyline in a field of {@value #WIDTH} by {@value #HEIGHT}
 * @param marks where in the width something went wrong, for vertical lines
 * @param words the same in a sentence, for people who cannot see it
 */
public record Chart(String title, String most, String points, List<String> marks, String words) {

    static final int WIDTH = 600;
    static final int HEIGHT = 80;

    /** Returns the curves of a course; none if it is too short for one. */
    static List<Chart> of(Course course) {
        List<CourseSample> samples = course.samples();
        if (samples.size() < 2) {
            return List.of();
        }
        double seconds = course.span().toMillis() / 1000.0;
        List<Chart> charts = new ArrayList<>();
        charts.add(of("Rows per second", samples, s -> s.rows() / seconds, s -> 0));
        charts.add(of(
                "Requests per second (marks: answers 429)",
                samples,
                s -> s.requests() / seconds,
                CourseSample::tooMany));
        charts.add(of(
                "Mean time until the answer in ms (marks: answers 5xx or none)",
                samples,
                CourseSample::meanMillis,
                CourseSample::failures));
        charts.add(
                of("Rows per request", samples, s -> s.writes() == 0 ? 0 : (double) s.sentRows() / s.writes(), s -> 0));
        return charts;
    }

    /** Returns the length of a course as a text. */
    static String length(Course course) {
        Duration length = course.span().multipliedBy(course.samples().size());
        return length.toMinutes() < 2 ? number(length.toMillis() / 1000.0) + " s" : length.toMinutes() + " min";
    }

    private static Chart of(
            String title,
            List<CourseSample> samples,
            ToDoubleFunction<CourseSample> value,
            ToDoubleFunction<CourseSample> fault) {
        double most = samples.stream().mapToDouble(value).max().orElse(0);
        double faults = samples.stream().mapToDouble(fault).sum();
        StringBuilder points = new StringBuilder();
        List<String> marks = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            double x = (double) i * WIDTH / (samples.size() - 1);
            double y = most == 0 ? HEIGHT : HEIGHT - value.applyAsDouble(samples.get(i)) * HEIGHT / most;
            points.append(number(x)).append(',').append(number(y)).append(' ');
            if (fault.applyAsDouble(samples.get(i)) > 0) {
                marks.add(number(x));
            }
        }
        String highest = String.format(Locale.ROOT, most < 10 ? "%.1f" : "%,.0f", most);
        String words = title + ": at most " + highest + (faults > 0 ? "; " + (long) faults + " marked" : "");
        return new Chart(title, highest, points.toString().strip(), List.copyOf(marks), words);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
