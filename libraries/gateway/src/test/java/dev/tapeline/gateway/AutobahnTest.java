package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The fuzzing client of PyPI's autobahntestsuite against the gateway's WebSocket, through a
 * protocol that echoes. The suite needs a Python 2.7 with virtualenv or pip: {@code PYTHON27} names
 * one, else it is looked for.
 */
@Tag("autobahn")
class AutobahnTest {

  private static final String SUITE = "autobahntestsuite==0.8.2";
  private static final Set<String> PASSED = Set.of("OK", "NON-STRICT", "INFORMATIONAL");
  private static final Set<String> ALL =
      Set.of("1", "2", "3", "4", "5", "6", "7", "9", "10", "12", "13");

  /** All, or those that {@code -Dautobahn.groups=2,3} names. */
  private static final Set<String> GROUPS =
      Optional.ofNullable(System.getProperty("autobahn.groups"))
          .map(named -> Set.of(named.split(",")))
          .orElse(ALL);

  private static final Path FOLDER = Path.of("target", "autobahn").toAbsolutePath();

  @Test
  void everyCasePasses() throws IOException, InterruptedException {
    try (TestGateway gateway =
        new TestGateway(config ->
            config
                .protocols(it -> it.withOwn(List.of(new EchoProtocol())))
                .clients(it -> it.withMaxMessageBytes(32 << 20).withRate(1_000_000, 1_000_000)))) {
      Files.createDirectories(FOLDER);
      Path spec = FOLDER.resolve("fuzzingclient.json");
      Files.writeString(spec, spec(gateway.port));
      run(suite().toString(), "-m", "fuzzingclient", "-s", spec.toString());
    }
    Map<String, Integer> counts = new TreeMap<>(Comparator.comparingInt(Integer::parseInt));
    List<String> failures = new ArrayList<>();
    JsonNode report =
        TestClient.JSON.readTree(Files.readString(FOLDER.resolve("reports/index.json")));
    report
        .path("Tapeline")
        .properties()
        .forEach(one -> {
          JsonNode result = one.getValue();
          counts.merge(one.getKey().split("\\.")[0], 1, Integer::sum);
          if (!PASSED.contains(result.path("behavior").asString())
              || !PASSED.contains(result.path("behaviorClose").asString())) {
            failures.add(one.getKey() + " " + result);
          }
        });
    System.out.println("cases by group: " + counts);
    assertEquals(List.of(), failures);
    assertEquals(GROUPS, counts.keySet());
  }

  private static String spec(int port) {
    String cases =
        GROUPS.stream().map(group -> group + ".*").collect(Collectors.joining("\",\"", "\"", "\""));
    return """
    {"outdir": "%s", "servers": [{"agent": "Tapeline", "url": "ws://127.0.0.1:%d/echo"}],
     "cases": [%s],
     "exclude-cases": [], "exclude-agent-cases": {}}
    """
        .formatted(FOLDER.resolve("reports"), port, cases);
  }

  /** The suite's program, which is set up if it is not there. */
  private static Path suite() throws IOException, InterruptedException {
    Path wstest = FOLDER.resolve("python/bin/wstest");
    if (!Files.exists(wstest)) {
      String python = python();
      Path bin = wstest.getParent();
      run(python, "-m", "pip", "install", "--quiet", "--user", "virtualenv==20.15.1");
      run(python, "-m", "virtualenv", "--quiet", FOLDER.resolve("python").toString());
      run(bin.resolve("pip").toString(), "install", "--quiet", SUITE);
    }
    return wstest;
  }

  private static String python() throws IOException {
    String named = System.getenv("PYTHON27");
    if (named != null) {
      return named;
    }
    Path versions = Path.of(System.getProperty("user.home"), ".pyenv", "versions");
    if (Files.isDirectory(versions)) {
      try (Stream<Path> all = Files.list(versions)) {
        Path found =
            all.filter(version -> version.getFileName().toString().startsWith("2.7."))
                .findFirst()
                .orElse(null);
        if (found != null) {
          return found.resolve("bin/python2.7").toString();
        }
      }
    }
    return "python2.7";
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(FOLDER.resolve("output.txt").toFile())
            .start();
    assertTrue(process.waitFor(60, TimeUnit.MINUTES), "not within an hour: " + List.of(command));
    assertEquals(
        0, process.exitValue(), () -> List.of(command) + " failed: see target/autobahn/output.txt");
  }
}
