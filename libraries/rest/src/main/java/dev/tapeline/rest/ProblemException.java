package dev.tapeline.rest;

/** Ends a request with a {@link Problem}; made without a stack trace, for callers cause it. */
final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Problem problem;

  ProblemException(int status, String detail) {
    super(detail, null, false, false);
    this.problem = Problem.of(status, detail);
  }

  Problem problem() {
    return problem;
  }
}
