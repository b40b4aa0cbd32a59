package dev.tapeline.store.database;

import java.net.ConnectException;
import java.sql.SQLException;
import java.util.Objects;

/**
 * Problems with a database in one line, with what to do. The codes are PostgreSQL's SQLSTATEs (its
 * manual, appendix A).
 */
final class SqlProblems {

  private SqlProblems() {}

  static String text(SQLException problem, DatabaseAddress at) {
    String code = Objects.requireNonNullElse(problem.getSQLState(), "");
    return at
        + ": "
        + switch (code) {
          case "28P01" -> "the password of user %s is refused: correct it".formatted(at.user());
          case "28000" -> message(problem) + ": allow this host and user in pg_hba.conf";
          case "3D000" -> "there is no such database: create it";
          case "08001" -> "nobody answers there (%s)".formatted(message(problem));
          case "53300" -> "it has no connection left: raise its max_connections";
          case "53100" -> "its disk is full: free space there";
          case "42501" -> message(problem) + ": grant CREATE on the database to user " + at.user();
          default -> message(problem);
        };
  }

  /** The first sentence of the message, and of that of its cause where this says more. */
  private static String message(SQLException problem) {
    Throwable cause = problem.getCause();
    String text = sentence(String.valueOf(problem.getMessage()));
    return cause == null || cause.getMessage() == null || cause instanceof ConnectException
        ? text
        : text + ": " + sentence(cause.getMessage());
  }

  private static String sentence(String text) {
    return text.lines().findFirst().orElse("").replaceAll("\\.( .*)?$", "");
  }
}
