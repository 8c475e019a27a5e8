package org.catalogdrop.crash;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What else changes between the lives of a crash test; chosen by {@code crash.widen}, names separated by commas. */
enum CrashWidening {
    /** The settings name another account, or another list, for a life. */
    ACCOUNT,
    /** The clock of the machine is set. */
    CLOCK,
    /** Folders cannot be read or written, or are files. */
    RIGHTS,
    /** Drops have names that a program may read as something else. */
    NAMES,
    /** Other commands run in the same folder. */
    BESIDE,
    /** Another client adds elements equal to ours. */
    OTHERS;

    /** The widenings that hold on the present code. */
    private static final Set<CrashWidening> DEFAULT = EnumSet.allOf(CrashWidening.class);

    static Set<CrashWidening> chosen() {
        String names = System.getProperty("crash.widen");
        if (names == null) {
            return DEFAULT;
        }
        return Arrays.stream(names.split(","))
                .filter(name -> !name.isBlank())
                .map(name -> valueOf(name.strip().toUpperCase(Locale.ROOT)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(CrashWidening.class)));
    }
}
