package dev.tapeline.store.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the server of a folder, or finds the one that runs there. The caller holds the folder's
 * lock.
 */
final class ServerStart {

  private static final Logger log = LoggerFactory.getLogger(ServerStart.class);

  private static final int PORT_TRIES = 5;
  private static final int LOOK_AGAIN_MILLIS = 10;
  private static final int LEFTOVER_LOOKS = 1_000;
  private static final long LONGEST_LOG = 4L << 20;

  private static final List<String> FLAGS =
      List.of(
          "listen_addresses=" + PostgresLogin.HOST,
          "unix_socket_directories=",
          "fsync=on",
          "synchronous_commit=on",
          "full_page_writes=on",
          "shared_buffers=16MB",
          "max_connections=30",
          "io_method=sync",
          "autovacuum_max_workers=1",
          "max_worker_processes=2",
          "max_parallel_workers=0",
          "max_logical_replication_workers=0",
          "wal_level=minimal",
          "max_wal_senders=0",
          "max_wal_size=256MB",
          "huge_pages=off",
          "timezone=UTC",
          "log_timezone=UTC",
          "log_checkpoints=off",
          "log_min_messages=log", // no errors of statements: they are told to who has sent them
          "logging_collector=off",
          "cluster_name=tapeline");

  private final PostgresFolder folder;
  private final SystemProcesses processes;

  ServerStart(PostgresFolder folder, SystemProcesses processes) {
    this.folder = folder;
    this.processes = processes;
  }

  /**
   * The server that runs in the folder already, as one does whose Tapeline was killed; empty if
   * none does. Waits while it is starting or stopping, and for what a dead one has left behind.
   */
  Optional<Postmaster> running() throws IOException, InterruptedException {
    Path data = folder.data();
    int looks = 0;
    while (true) {
      Optional<PidFile> file = PidFile.read(data);
      boolean lives = file.isPresent() && processes.isServerOf(file.get().pid(), data);
      if (lives && file.get().isReady() && isAnswering(file.get().port())) {
        return Optional.of(new Postmaster(file.get().pid(), file.get().port(), null, processes));
      }
      if (!lives && !processes.hasWorkersIn(data)) {
        clear(file.orElse(null));
        return Optional.empty();
      }
      if (!lives && ++looks > LEFTOVER_LOOKS) {
        throw new PostgresException(
            "processes of a former PostgreSQL still work in %s: end them".formatted(data));
      }
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  /** Whether somebody listens on the port: a server that is being killed does no longer. */
  private static boolean isAnswering(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Removes the file of a server that has died, if the system still lists the process: a zombie
   * that nobody reaps, or another program with the same id. Otherwise PostgreSQL does so itself.
   */
  private void clear(@Nullable PidFile left) throws IOException {
    if (left != null && processes.isListed(left.pid())) {
      log.info("PostgreSQL's former process {} is dead: its file is removed", left.pid());
      Files.deleteIfExists(PidFile.of(folder.data()));
    }
  }

  /**
   * Starts a server.
   *
   * @param port the port that it had before, which it gets again if it is free; 0 for any
   * @throws PostgresException if it does not start
   */
  Postmaster launch(PostgresPrograms programs, RunAs as, int port)
      throws IOException, InterruptedException {
    shortenLog();
    String problem = "";
    for (int i = 0; i < PORT_TRIES; i++) {
      long logged = logged();
      int chosen = i == 0 && isFree(port) ? port : freePort();
      Process process = start(programs, as, chosen);
      Optional<Postmaster> ready = awaitReady(process, chosen);
      if (ready.isPresent()) {
        return ready.get();
      }
      problem = ToolRun.problem(logSince(logged));
      if (!problem.contains("could not bind") && !problem.contains("listen")) {
        break;
      }
    }
    throw new PostgresException(
        "PostgreSQL does not start: %s (see %s)".formatted(problem, folder.log()));
  }

  private Process start(PostgresPrograms programs, RunAs as, int port) throws IOException {
    List<String> program = new ArrayList<>();
    // A terminal's Ctrl-C goes to a whole session: in its own one, the server outlives our own end.
    PostgresPrograms.onPath("setsid").ifPresent(program::add);
    program.addAll(List.of(programs.postgres(), "-D", folder.data().toString()));
    for (String flag : FLAGS) {
      program.addAll(List.of("-c", flag));
    }
    program.addAll(List.of("-c", "port=" + port));
    Process process =
        ToolRun.builder(as.command(program))
            .directory(folder.root().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()))
            .start();
    process.getOutputStream().close();
    return process;
  }

  private Optional<Postmaster> awaitReady(Process process, int port) throws InterruptedException {
    try {
      while (process.isAlive()) {
        Optional<PidFile> file = PidFile.read(folder.data());
        if (file.filter(it -> it.pid() == process.pid() && it.isReady()).isPresent()) {
          return Optional.of(new Postmaster(process.pid(), port, process, processes));
        }
        Thread.sleep(LOOK_AGAIN_MILLIS);
      }
    } catch (InterruptedException e) {
      process.destroy();
      throw e;
    }
    return Optional.empty();
  }

  private static boolean isFree(int port) {
    if (port == 0) {
      return false;
    }
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new PostgresException(
          "no port is free on 127.0.0.1 for PostgreSQL (%s): end what has taken them all"
              .formatted(e.getMessage()),
          e);
    }
  }

  private void shortenLog() throws IOException {
    if (logged() > LONGEST_LOG) {
      Path former = folder.log().resolveSibling("server.log.1");
      Files.move(folder.log(), former, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private long logged() throws IOException {
    return Files.exists(folder.log()) ? Files.size(folder.log()) : 0;
  }

  private String logSince(long offset) throws IOException {
    byte[] all = Files.readAllBytes(folder.log());
    int from = (int) Math.min(offset, all.length);
    return new String(all, from, all.length - from, StandardCharsets.UTF_8);
  }
}
