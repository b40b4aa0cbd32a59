package dev.tapeline.clients;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A script of {@code src/test/js} that Node runs: it uses a client of npm, and this class is its
 * remote control. To add a client, name its package with an exact version in {@code package.json},
 * and write a script on top of {@code harness.mjs}, which tells what happens by {@code say('EVENT',
 * …)} and takes commands by {@code onCommand}. Scripts of other languages may do the same: see
 * {@link PythonPackages}. A test then {@link #send}s commands, and {@link #await}s events, each of
 * which is given once, in order among those of its name.
 */
final class NodeClient implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** The option that enables the WebSocket of Node 20; later versions accept it without need. */
  private static final String OWN_WEBSOCKET = "--experimental-websocket";

  private static final long REPEAT_MILLIS = 250;
  private static final JsonMapper JSON = new JsonMapper();

  private final Process process;
  private final Path errors;
  private final List<JsonNode> events = new ArrayList<>();
  private final List<JsonNode> unseen = new ArrayList<>();
  private @Nullable String ended;

  private NodeClient(ProcessBuilder program, String script, Path folder) throws IOException {
    errors = Files.createTempFile(folder, script, ".log");
    process = program.redirectError(errors.toFile()).start();
    Thread.ofVirtual().name("output of " + script).start(this::read);
  }

  /** Starts a script, by its name without the ending, on a server. */
  static NodeClient start(String script, String url) {
    return start(script, url, "");
  }

  /** The same, with a token for the client; not every script uses one. */
  static NodeClient start(String script, String url, String token) {
    Path folder = NodePackages.folder();
    ProcessBuilder node =
        new ProcessBuilder("node", OWN_WEBSOCKET, script + ".mjs", url, token)
            .directory(folder.toFile());
    try {
      return run(node, script, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same for a script that another program runs; its error output is in the folder. */
  static NodeClient run(ProcessBuilder program, String script, Path folder) throws IOException {
    return new NodeClient(program, script, folder);
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(this::add);
    } catch (IOException | UncheckedIOException e) {
      end("its output broke off: " + e);
      return;
    }
    end("it ended");
  }

  private synchronized void add(String line) {
    JsonNode event = JSON.readTree(line);
    events.add(event);
    unseen.add(event);
    notifyAll();
  }

  private synchronized void end(String reason) {
    ended = reason;
    notifyAll();
  }

  /** Sends a command to the script. */
  void send(String command, String argument) {
    try {
      process.outputWriter(StandardCharsets.UTF_8).append(command + ' ' + argument + '\n').flush();
    } catch (IOException e) {
      throw new UncheckedIOException(told("can't be told " + command), e);
    }
  }

  /** Waits for the next event of a name that was not returned yet. */
  JsonNode await(String event) {
    return awaitWhile(event, () -> {});
  }

  /** The same; repeats an action until the event comes. */
  synchronized JsonNode awaitWhile(String event, Runnable again) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    Optional<JsonNode> found = take(event);
    while (found.isEmpty()) {
      if (ended != null || System.nanoTime() > deadline) {
        throw new AssertionError(told("no '" + event + "'"));
      }
      again.run();
      pause();
      found = take(event);
    }
    return found.get();
  }

  private Optional<JsonNode> take(String event) {
    Optional<JsonNode> found =
        unseen.stream().filter(one -> one.path("event").asString("").equals(event)).findFirst();
    found.ifPresent(unseen::remove);
    return found;
  }

  private void pause() {
    try {
      wait(REPEAT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** All events of a name so far, returned or not. */
  synchronized List<JsonNode> all(String event) {
    return events.stream().filter(one -> one.path("event").asString("").equals(event)).toList();
  }

  private String told(String problem) {
    try {
      return "%s; %s, told %s and wrote %s"
          .formatted(
              problem,
              Objects.requireNonNullElse(ended, "it runs"),
              events,
              Files.readString(errors));
    } catch (IOException e) {
      return problem + "; what it wrote is lost: " + e;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
