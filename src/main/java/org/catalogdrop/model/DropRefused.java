package org.catalogdrop.model;

/** The drop is unusable as a whole; nothing of it is sent from here on. */
public final class DropRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public DropRefused(Problem problem) {
        super(problem.message());
        this.problem = problem;
    }

    public DropRefused(Code code, String message) {
        this(Problem.of(code, message));
    }

    public Problem problem() {
        return problem;
    }
}
