package org.catalogdrop.cli.output;

/** Exit statuses of commands that end before their work is done. The others depend on the work: see {@code docs/commands.md}. */
public final class ExitStatus {

    /** The work stopped before its end and can be resumed later. */
    public static final int STOPPED = 1;

    /** The command line or a setting is wrong. */
    public static final int USAGE = 2;

    /** The file cannot be used. */
    public static final int REFUSED = 4;

    private ExitStatus() {}
}
