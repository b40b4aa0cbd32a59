package dev.tapeline.rest;

/** Ends a request with a {@link Problem}; it has no stack trace, because callers cause it. */
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
