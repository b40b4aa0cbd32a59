package dev.tapeline.store.postgres;

/**
 * Where the embedded server listens, on the loopback address, and the login for it. Never prints
 * the password.
 *
 * @param port changes when another process has taken it between two runs
 */
public record PostgresLogin(int port, String user, String password) {

  public static final String HOST = "127.0.0.1";

  /** The database that {@code initdb} makes. */
  public static final String DATABASE = "postgres";

  static final String USER = "tapeline";

  @Override
  public String toString() {
    return USER + ":***@" + HOST + ":" + port;
  }
}
