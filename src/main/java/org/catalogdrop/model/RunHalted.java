package org.catalogdrop.model;

/**
 * Thrown if the run cannot continue for now: the API is away, the token is refused, the disk is full. Settled rows stay settled, and the
 * next call with the same bytes resumes the load.
 */
public class RunHalted extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /**
     * Makes the exception.
     *
     * @param problem why the run cannot continue
     */
    public RunHalted(Problem problem) {
        super(problem.message());
        this.problem = problem;
    }

    /**
     * Makes the exception for a problem that is not in one column.
     *
     * @param code the stable code of the reason
     * @param message what happened, and what to do next
     */
    public RunHalted(Code code, String message) {
        this(Problem.of(code, message));
    }

    /**
     * Returns why the run cannot continue.
     *
     * @return the problem; null in a copy that was deserialized
     */
    public Problem problem() {
        return problem;
    }
}
