package org.catalogdrop.model;

/** The run cannot go on for now; what was settled is kept, and the next run goes on from there. */
public class RunHalted extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public RunHalted(Problem problem) {
        super(problem.message());
        this.problem = problem;
    }

    public RunHalted(Code code, String message) {
        this(Problem.of(code, message));
    }

    public Problem problem() {
        return problem;
    }
}
