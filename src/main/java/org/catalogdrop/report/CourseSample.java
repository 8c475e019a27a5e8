package org.catalogdrop.report;

/**
 * What happened in one span of a load.
 *
 * @param rows rows that got their outcome from an answer
 * @param requests requests that were answered or lost
 * @param sentRows rows in those requests that write; 0 if none did
 * @param writes how many of the requests write
 * @param tooMany answers 429
 * @param failures answers 5xx, and requests without an answer
 * @param meanMillis the mean time until the answer, in ms
 * @param longestMillis the longest, in ms
 */
public record CourseSample(
        long rows,
        long requests,
        long sentRows,
        long writes,
        long tooMany,
        long failures,
        long meanMillis,
        long longestMillis) {

    static final CourseSample NOTHING = new CourseSample(0, 0, 0, 0, 0, 0, 0, 0);

    CourseSample plus(CourseSample next) {
        long all = requests + next.requests;
        return new CourseSample(
                rows + next.rows,
                all,
                sentRows + next.sentRows,
                writes + next.writes,
                tooMany + next.tooMany,
                failures + next.failures,
                all == 0 ? 0 : (meanMillis * requests + next.meanMillis * next.requests) / all,
                Math.max(longestMillis, next.longestMillis));
    }
}
