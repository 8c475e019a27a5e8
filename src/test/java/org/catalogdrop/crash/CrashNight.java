package org.catalogdrop.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** The file of a night, whose rows are known again by their key. */
record CrashNight(List<Line> lines) {

    /** What a row asks for. */
    record Line(String key, String title, int price) {
        /** As an element that has it is told. */
        String text() {
            return title + " at " + price;
        }
    }

    /** @param prefix what tells the keys from those of other files */
    static CrashNight first(String prefix, int rows) {
        List<Line> lines = new ArrayList<>();
        for (int row = 1; row <= rows; row++) {
            lines.add(new Line(prefix + row, "Article " + row, row));
        }
        return new CrashNight(lines);
    }

    /**
     * The same file a night later: of ten rows four or so say something else, one is gone; and some are new.
     *
     * @param touched keys whose rows say something else in any case
     */
    CrashNight next(Random random, Set<String> touched, String prefix, int fresh) {
        List<Line> next = new ArrayList<>();
        for (Line line : lines) {
            int kind = touched.contains(line.key()) ? 5 : random.nextInt(10);
            if (kind < 5) {
                next.add(line);
            } else if (kind < 9) {
                next.add(new Line(line.key(), line.title() + "'", kind < 7 ? line.price() : random.nextInt(10_000)));
            }
        }
        for (int row = 1; row <= fresh; row++) {
            // Among the others, so that adds and updates are under way at once.
            next.add(random.nextInt(next.size() + 1), new Line(prefix + row, "Article " + row, 5));
        }
        return new CrashNight(next);
    }

    void lay(Path file) throws IOException {
        StringBuilder text = new StringBuilder("No;Title;Price\n");
        lines.forEach(line -> text.append(line.key())
                .append(';')
                .append(line.title())
                .append(';')
                .append(line.price())
                .append('\n'));
        Files.writeString(file, text);
    }
}
