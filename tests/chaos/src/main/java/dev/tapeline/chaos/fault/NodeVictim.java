package dev.tapeline.chaos.fault;

import dev.tapeline.chaos.ChaosException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A server of its own, started from this JVM's class path. */
public final class NodeVictim extends Victim {

  private static final List<String> JVM =
      List.of(
          "-Xmx192m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xshare:auto",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final Path folder;
  private final Map<String, String> environment;
  private final HttpClient client;

  /**
   * A node that is not started yet.
   *
   * @param settings environment variables beside those of its ports
   */
  public NodeVictim(String name, Path folder, HttpClient client, Map<String, String> settings) {
    super(name);
    this.folder = folder;
    this.client = client;
    this.environment = new HashMap<>(settings);
    environment.put("TAPELINE_BIND_HOST", "127.0.0.1");
    environment.put("TAPELINE_API_PORT", "" + port());
    environment.put("REDIS_WS_GATEWAY_PORT", "0");
  }

  @Override
  Child launch() {
    return Child.start(command(), environment, logFile());
  }

  private Path logFile() {
    return folder.resolve(name() + ".log");
  }

  /** Its output so far, over all restarts. */
  public String log() {
    try {
      return Files.readString(logFile());
    } catch (IOException e) {
      throw new ChaosException("no log of node " + name(), e);
    }
  }

  private static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.add("-cp");
    command.add(classPath());
    command.add("dev.tapeline.server.Main");
    command.add("serve");
    return command;
  }

  private static String classPath() {
    String own = System.getProperty("java.class.path");
    return System.getProperty("surefire.test.class.path", own);
  }

  @Override
  public boolean isReady() {
    URI uri = URI.create("http://127.0.0.1:" + port() + "/health/ready");
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(1)).build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
