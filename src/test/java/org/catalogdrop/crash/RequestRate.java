package org.catalogdrop.crash;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.catalogdrop.sandbox.LoggedRequest;

/**
 * Counts the requests in each second, as they arrived at the sandbox.
 *
 * @param permitted how many of them may arrive in any second
 */
record RequestRate(int permitted, HarnessLag lag) {

    private static final long SECOND_MILLIS = 1000;

    /** What was too fast, and how far the lag of this machine explains it. */
    record Finding(List<String> violations, List<String> excused) {}

    Finding check(List<LoggedRequest> requests) {
        List<Instant> times =
                requests.stream().map(LoggedRequest::time).sorted().toList();
        List<String> violations = new ArrayList<>();
        List<String> excused = new ArrayList<>();
        for (int first = 0; first + permitted < times.size(); first++) {
            long from = times.get(first).toEpochMilli();
            long to = times.get(first + permitted).toEpochMilli();
            long early = SECOND_MILLIS - (to - from);
            if (early > 0) {
                long late = lag.longest(from - SECOND_MILLIS, to);
                String said = (permitted + 1) + " requests within " + (to - from) + " ms from " + times.get(first)
                        + " (harness lag " + late + " ms)";
                (early > late ? violations : excused).add(said);
            }
        }
        return new Finding(violations, excused);
    }
}
