package org.catalogdrop.crash;

import java.util.Arrays;
import java.util.List;

/** What is done to machines and their database while drops are loaded. */
enum MachineFault {
    /** SIGKILL; started again later. */
    KILL(5),
    /** SIGSTOP; goes on later, mostly after its lease has ended. */
    FREEZE(6),
    /** SIGTERM; started again later. */
    END(2),
    /** Its connections to the database are ended; restored later. */
    CUT(3),
    /** Nothing arrives over its connections, in one direction or both; later what was held arrives, or the connections end. */
    SILENCE(4),
    /** Each piece of data to and from the database takes longer. */
    SLOW(2),
    /** Its clock is set. */
    CLOCK(3),
    /** The database ends all connections of the program. */
    DISCONNECT(2),
    /** The database is killed with SIGKILL; started again later. */
    DATABASE_KILL(2),
    /** The database is stopped as an operator does; started again later. */
    DATABASE_STOP(1);

    /** Of so many parts of all faults. */
    private final int weight;

    MachineFault(int weight) {
        this.weight = weight;
    }

    /** Returns whether it hits all machines at once. */
    boolean isOfDatabase() {
        return this == DISCONNECT || this == DATABASE_KILL || this == DATABASE_STOP;
    }

    /** Returns those that are named in {@code machines.kinds}, separated by commas; without it, all. */
    static List<MachineFault> chosen() {
        String names = System.getProperty("machines.kinds", "");
        return Arrays.stream(values())
                .filter(fault -> names.isEmpty() || List.of(names.split(",")).contains(fault.name()))
                .toList();
    }

    int weight() {
        return weight;
    }
}
