package org.catalogdrop.crash;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One life of the program in a crash test: what it is started with, and when it is killed.
 *
 * @param settings of the program; changes of the surroundings may replace some
 * @param variables of its environment besides
 * @param moment from its first request to the kill
 * @param spared whether it is not killed but must end by itself
 */
record CrashLife(Map<String, String> settings, Map<String, String> variables, Duration moment, AtomicBoolean spared) {

    /** Returns a life in the usual surroundings, with copies of the settings. */
    static CrashLife of(Map<String, String> settings, Duration moment) {
        return new CrashLife(new LinkedHashMap<>(settings), new LinkedHashMap<>(), moment, new AtomicBoolean());
    }
}
