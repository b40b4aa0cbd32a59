package dev.tapeline.rest.http;

/** Ends a request with a {@link Problem}; it has no stack trace, because callers cause it. */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Problem problem;

  public ProblemException(int status, String detail) {
    super(detail, null, false, false);
    this.problem = Problem.of(status, detail);
  }

  public Problem problem() {
    return problem;
  }
}
