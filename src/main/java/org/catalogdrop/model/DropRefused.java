package org.catalogdrop.model;

/**
 * Thrown if a drop cannot be used as a whole. Nothing more of it is sent. {@code direct:catalog-load} does not throw it: it returns the
 * reason in {@link Summary#refusal()}.
 */
public final class DropRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /**
     * Makes the exception.
     *
     * @param problem why the drop is refused
     */
    public DropRefused(Problem problem) {
        super(problem.message());
        this.problem = problem;
    }

    /**
     * Makes the exception for a problem that is not in one column.
     *
     * @param code the stable code of the reason
     * @param message what was found and expected, and what to do next
     */
    public DropRefused(Code code, String message) {
        this(Problem.of(code, message));
    }

    /**
     * Returns why the drop is refused.
     *
     * @return the problem; null in a copy that was deserialized
     */
    public Problem problem() {
        return problem;
    }
}
