package dev.tapeline.store.postgres;

import dev.tapeline.store.PostgresForTests;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;

/**
 * A process with an embedded server that inserts rows, two in a transaction, and prints the number
 * of each one that is committed, until it is killed.
 */
final class WriterProcess implements AutoCloseable {

  private static final String MARK = "committed ";

  private final Process process;
  private final BufferedReader acknowledged;
  private long last;

  private WriterProcess(Process process) {
    this.process = process;
    this.acknowledged = process.inputReader();
  }

  static WriterProcess start(Path folder) throws IOException {
    String programs = System.getProperty("tapeline.postgres.programs");
    return new WriterProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dtapeline.postgres.programs=" + programs,
                "-cp",
                System.getProperty("java.class.path"),
                WriterProcess.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /** Waits for some rows that are committed. */
  void await(int rows) throws IOException {
    for (int i = 0; i < rows; i++) {
      next();
    }
  }

  /** Reads on to the next row; the log is printed between them. */
  private boolean next() throws IOException {
    String line = acknowledged.readLine();
    while (line != null && !line.startsWith(MARK)) {
      line = acknowledged.readLine();
    }
    if (line != null) {
      last = Long.parseLong(line.substring(MARK.length()));
    }
    return line != null;
  }

  /** Kills the process, and returns the last number that it has acknowledged. */
  long kill() throws IOException {
    process.toHandle().destroyForcibly();
    boolean more = true;
    while (more) {
      more = next();
    }
    return last;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Runs in the process. */
  public static void main(String[] arguments) throws Exception {
    EmbeddedPostgres server = new EmbeddedPostgres(Path.of(arguments[0]));
    PostgresLogin login = PostgresForTests.awaitUp(server);
    EmbeddedPostgresTest.run(
        login, "create table if not exists kept (n bigint, half int, primary key (n, half))");
    String last = EmbeddedPostgresTest.ask(login, "select coalesce(max(n), 0) from kept");
    try (Connection connection = PostgresForTests.connect(login, PostgresLogin.DATABASE);
        PreparedStatement insert = connection.prepareStatement("insert into kept values (?, ?)")) {
      connection.setAutoCommit(false);
      for (long n = Long.parseLong(last) + 1; ; n++) {
        for (int half = 0; half < 2; half++) {
          insert.setLong(1, n);
          insert.setInt(2, half);
          insert.executeUpdate();
        }
        connection.commit();
        System.out.println(MARK + n);
      }
    }
  }
}
