package dev.tapeline.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.store.PostgresForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start, the end and the faults of a real server. */
class EmbeddedPostgresTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;

  private final List<EmbeddedPostgres> servers = new ArrayList<>();

  private EmbeddedPostgres server() {
    EmbeddedPostgres server = new EmbeddedPostgres(folder);
    servers.add(server);
    return server;
  }

  @AfterEach
  void close() {
    servers.forEach(EmbeddedPostgres::close);
  }

  @Test
  void dataSurviveAStopAndAStart() throws SQLException {
    EmbeddedPostgres first = server();
    PostgresLogin login = PostgresForTests.awaitUp(first);
    run(login, "create table t (a int)", "insert into t values (7)");
    first.close();
    assertEquals(new PostgresState.Down("it is closed"), first.state());
    assertFalse(Files.exists(PidFile.of(folder.resolve("18/data"))));

    PostgresLogin again = PostgresForTests.awaitUp(server());
    assertEquals(login.password(), again.password());
    assertEquals("7", ask(again, "select a from t"));
    assertEquals("on", ask(again, "show fsync"));
    assertEquals("on", ask(again, "show synchronous_commit"));
    assertEquals("on", ask(again, "show data_checksums"));
    assertEquals("127.0.0.1", ask(again, "show listen_addresses"));
  }

  @Test
  void aServerThatIsKilledStartsAgain() throws Exception {
    PostgresForTests.fill(folder);
    EmbeddedPostgres server = server();
    PostgresLogin login = PostgresForTests.awaitUp(server);
    List<PostgresState> states = new CopyOnWriteArrayList<>();
    server.onChange(states::add);
    run(login, "create table t (a int)", "insert into t values (7)");
    kill(pid());
    await(() -> states.size() >= 3);
    assertEquals(
        List.of(
            new PostgresState.Down("PostgreSQL: it has ended with code 137"),
            new PostgresState.Starting(),
            new PostgresState.Up(login, false)),
        states);
    assertEquals("7", ask(login, "select a from t"));
  }

  private long pid() {
    return PidFile.read(folder.resolve("18/data")).orElseThrow().pid();
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it takes too long");
      Thread.sleep(5);
    }
  }

  @Test
  void theLastUserOfAFolderStopsTheServer() throws Exception {
    PostgresForTests.fill(folder);
    EmbeddedPostgres one = server();
    EmbeddedPostgres other = server();
    PostgresLogin login = PostgresForTests.awaitUp(one);
    assertEquals(login, PostgresForTests.awaitUp(other));
    assertEquals(new PostgresState.Up(login, false), one.state());
    assertEquals(new PostgresState.Up(login, true), other.state());
    one.close();
    assertEquals("1", ask(login, "select 1"));
    other.close();
    assertFalse(Files.exists(PidFile.of(folder.resolve("18/data"))));
  }

  /** The trap of the orphan: the server outlives a killed Tapeline, and the next one uses it. */
  @Test
  void theServerOfAKilledProcessIsUsed() throws Exception {
    PostgresForTests.fill(folder);
    try (WriterProcess killed = WriterProcess.start(folder)) {
      killed.await(1);
      long pid = pid();
      long last = killed.kill();
      EmbeddedPostgres server = server();
      PostgresLogin login = PostgresForTests.awaitUp(server);
      assertEquals(new PostgresState.Up(login, true), server.state());
      assertEquals(pid, pid());
      assertTrue(Long.parseLong(ask(login, "select max(n) from kept")) >= last);
    }
  }

  @Test
  void acknowledgedCommitsSurviveKills() throws Exception {
    PostgresForTests.fill(folder);
    long last = 0;
    for (int round = 1; round <= 3; round++) {
      try (WriterProcess writer = WriterProcess.start(folder)) {
        writer.await(50 * round);
        kill(pid());
        last = Math.max(last, writer.kill());
      }
    }
    PostgresLogin login = PostgresForTests.awaitUp(server());
    long kept = Long.parseLong(ask(login, "select max(n) from kept"));
    assertTrue(last >= 150 && kept >= last, () -> "kept up to " + kept);
    assertEquals(String.valueOf(2 * kept), ask(login, "select count(*) from kept"));
  }

  /** The trap of the zombie: PostgreSQL takes a process that nobody has reaped for a live one. */
  @Test
  void theFileOfAZombieIsRemoved() throws Exception {
    Process parent = new ProcessBuilder("sh", "-c", "sleep 0 & echo $!; exec sleep 600").start();
    try {
      long zombie = Long.parseLong(parent.inputReader().readLine());
      SystemProcesses processes = SystemProcesses.OF_THIS_MACHINE;
      await(() -> processes.isListed(zombie) && !processes.isRunning(zombie));
      assertStartsDespiteFileOf(zombie);
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void theFileOfAnotherProgramIsRemoved() throws Exception {
    assertStartsDespiteFileOf(ProcessHandle.current().pid());
  }

  private void assertStartsDespiteFileOf(long pid) throws Exception {
    PostgresForTests.fill(folder);
    EmbeddedPostgres first = server();
    PostgresForTests.awaitUp(first);
    Path file = PidFile.of(folder.resolve("18/data"));
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    first.close();
    lines.set(0, String.valueOf(pid));
    Files.write(file, lines);
    EmbeddedPostgres server = server();
    PostgresLogin login = PostgresForTests.awaitUp(server);
    assertEquals(new PostgresState.Up(login, false), server.state());
    assertEquals("1", ask(login, "select 1"));
  }

  @Test
  void onlyTheOwnerReadsTheDataAndThePassword() throws Exception {
    PostgresForTests.fill(folder);
    PostgresLogin login = PostgresForTests.awaitUp(server());
    Path home = folder.resolve("18");
    assertEquals("rwx------", rights(home));
    assertEquals("rwx------", rights(home.resolve("data")));
    assertEquals("rw-------", rights(home.resolve("password")));
    assertFalse(login.toString().contains(login.password()));
    PostgresLogin wrong = new PostgresLogin(login.port(), login.user(), "wrong");
    SQLException refused = assertThrows(SQLException.class, () -> ask(wrong, "select 1"));
    assertEquals("28P01", refused.getSQLState());
  }

  private static String rights(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void dataOfAnotherVersionAreRefused() throws Exception {
    Path other = folder.resolve("17/data");
    Files.createDirectories(other);
    Files.writeString(other.resolve("PG_VERSION"), "17\n");
    assertDown("holds data of PostgreSQL 17, and this Tapeline has PostgreSQL 18");
  }

  @Test
  void aDataDirectoryOfAnotherVersionIsRefused() throws Exception {
    Path data = folder.resolve("18/data");
    Files.createDirectories(data);
    Files.writeString(data.resolve("PG_VERSION"), "16\n");
    assertDown("holds data of PostgreSQL 16, and this Tapeline has PostgreSQL 18");
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws Exception {
    Files.delete(folder);
    Files.writeString(folder, "a file");
    assertDown("can't be written to");
    Files.delete(folder);
    Files.createDirectory(folder);
  }

  @Test
  void aLostPasswordIsNamed() throws Exception {
    PostgresForTests.fill(folder);
    EmbeddedPostgres first = server();
    PostgresForTests.awaitUp(first);
    first.close();
    Files.delete(folder.resolve("18/password"));
    assertDown("the password of the database can't be read");
  }

  private void assertDown(String words) throws InterruptedException {
    EmbeddedPostgres server = server();
    server.start();
    await(() -> server.state() instanceof PostgresState.Down);
    String reason = ((PostgresState.Down) server.state()).reason();
    assertTrue(reason.contains(words), reason);
    assertEquals(1, reason.lines().count());
  }

  static void run(PostgresLogin login, String... statements) throws SQLException {
    try (Connection connection = PostgresForTests.connect(login, PostgresLogin.DATABASE);
        var statement = connection.createStatement()) {
      for (String text : statements) {
        statement.execute(text);
      }
    }
  }

  static String ask(PostgresLogin login, String query) throws SQLException {
    try (Connection connection = PostgresForTests.connect(login, PostgresLogin.DATABASE);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
