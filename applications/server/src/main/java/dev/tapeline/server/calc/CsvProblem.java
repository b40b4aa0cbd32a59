package dev.tapeline.server.calc;

/** The input of a calculator can't be read; the message says where, why, and what to do. */
public final class CsvProblem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CsvProblem(String message) {
    super(message);
  }
}
