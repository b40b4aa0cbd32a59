package dev.tapeline.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.bench.cli.ExitCodes;
import dev.tapeline.tls.TestCertificate;
import dev.tapeline.tls.TlsFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The load tool as the command line starts it. */
@Timeout(60)
class MainTest {

  private static final JsonMapper JSON = new JsonMapper();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  /** The list of commands shows the first description of each, the rest is in its own help. */
  @Test
  void theListOfCommandsHasWholeSentences() {
    Main.line()
        .getSubcommands()
        .forEach((name, command) -> {
          String listed = command.getCommandSpec().usageMessage().description()[0];
          assertTrue(listed.endsWith("."), () -> name + ": " + listed);
        });
  }

  @Test
  void nothingIsLostInProcess() throws IOException {
    JsonNode report = run("--connections 20 --channels 4 --per-connection 3 --rate 400");
    JsonNode fast = report.path("fast");
    // A message goes to 15 connections on average: 20 with 3 of 4 channels each.
    double expected = 400 * 1.2 * 15;
    assertEquals(expected, fast.path("deliveries").asDouble(), expected / 100);
    assertEquals(20, report.path("setup").path("connections").asInt());
    assertTrue(report.path("latencyMillis").path("samples").asLong() > expected / 2);
    assertTrue(report.path("latencyMillis").path("p50").asDouble() > 0);
    assertTrue(report.path("cpuSeconds").path("subscribers").asDouble() > 0);
    assertTrue(report.path("underLoad").path("heapBytes").asLong() > 0);
    assertTrue(out.toString().contains("nothing lost, all in order"), out.toString());
  }

  @Test
  void theReportHasItsFields() throws IOException {
    JsonNode report = run("--connections 5 --slow 0.4 --rate 100");
    assertEquals(
        List.of(
            "setup",
            "rates",
            "latencyMillis",
            "fast",
            "slow",
            "publishFailures",
            "cpuSeconds",
            "atRest",
            "underLoad",
            "problem"),
        List.copyOf(report.propertyNames()));
    assertEquals(
        List.of("samples", "p50", "p99", "p999", "max"),
        List.copyOf(report.path("latencyMillis").propertyNames()));
    assertEquals(
        List.of(
            "deliveries",
            "merged",
            "missing",
            "lostBefore",
            "undelivered",
            "disorder",
            "gaps",
            "gapMessages",
            "epochs",
            "unreadable",
            "closed"),
        List.copyOf(report.path("fast").propertyNames()));
    assertEquals(2, report.path("setup").path("slowConnections").asInt());
    assertEquals(3 * 120, report.path("fast").path("deliveries").asInt(), 9);
  }

  @Test
  void latestMergesAndEndsAtTheNewest() throws IOException {
    JsonNode fast = run("--connections 5 --mode latest --max-rate 10 --rate 500").path("fast");
    assertEquals(0, fast.path("undelivered").asLong());
    assertTrue(fast.path("merged").asLong() > fast.path("deliveries").asLong());
    long covered = fast.path("merged").asLong() + fast.path("deliveries").asLong();
    assertEquals(5 * 600, covered, 30);
  }

  @Test
  void aRecordingGivesThePattern() throws IOException {
    Path file = folder.resolve("a.jsonl");
    Files.writeString(
        file, "1700000000000000000 {}\n1700000000000000000 {}\n1700000000010000000 {}\n");
    JsonNode report = run("--connections 2 --profile burst=" + file);
    assertEquals(300, report.path("setup").path("rate").asDouble());
    assertEquals(2 * 360, report.path("fast").path("deliveries").asInt(), 20);
  }

  @Test
  void whoLeavesComesBackWithAllThatWasMissed() throws IOException {
    Path json = folder.resolve("report.json");
    int code =
        main(
            "comeback --drop 30 --stay 5 --channels 3 --rate 300 --behind 10 --seconds 0.3 --json "
                + json);
    assertEquals(ExitCodes.GOOD, code, out + "\n" + err);
    JsonNode report = JSON.readTree(Files.readString(json));
    JsonNode comeback = report.path("comeback");
    assertEquals(30, comeback.path("recovered").asInt());
    assertEquals(30, comeback.path("millis").path("samples").asInt());
    assertEquals(0, comeback.path("away").asInt(-1));
    assertEquals(0, report.path("sums").path("epochs").asInt(-1));
    assertTrue(report.path("sums").path("deliveries").asInt() > 35 * 20);
    assertEquals(3, report.path("latencyMillis").size());
  }

  @Test
  void ticksOfARecordingShareCalls() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= 64; i++) {
      lines.append(
          "17000000000%02d000000 {\"e\":\"trade\",\"s\":\"A\",\"t\":%d,\"p\":\"1\",\"q\":\"1\",\"T\":1}\n"
              .formatted(i, i));
    }
    Path file = folder.resolve("day.jsonl");
    Files.writeString(file, lines);
    assertEquals(0, main("ticks --rounds 1 " + file));
    String printed = out.toString();
    assertTrue(printed.startsWith("64 ticks, 257 publications; "), printed);
    assertTrue(printed.contains("calls a tick: bus 0.031, cache 0.031; 0 batches lost"), printed);
  }

  @Test
  void packetsOfEachKindBecomeTicksAndPublications() throws IOException {
    Path json = folder.resolve("report.json");
    int code =
        main("packets --instruments 20 --packed 7 --rounds 1 --times 1 --warm-up 0 --json " + json);
    assertEquals(ExitCodes.GOOD, code, out + "\n" + err);
    JsonNode kinds = JSON.readTree(Files.readString(json)).path("kinds");
    assertEquals(List.of(16, 50, 162, 162), kinds.valueStream().map(MainTest::bytes).toList());
    for (JsonNode kind : kinds) {
      assertTrue(kind.path("ticksPerPacket").asDouble() >= 1, kind::toString);
      assertTrue(kind.path("publicationsPerPacket").asDouble() >= 4, kind::toString);
      assertTrue(kind.path("decodeNanos").asDouble() > 0, kind::toString);
      assertEquals(0, kind.path("lost").asInt(-1));
    }
  }

  /** With a packet of each instrument in 0.1 s, its nine bars are told every fifth packet. */
  @Test
  void aPacketBecomesBarsAndIndicatorsToo() throws IOException {
    Path json = folder.resolve("report.json");
    int code =
        main(
            "plant --instruments 20 --packed 7 --rounds 20 --times 1 --warm-up 0 --rates 10,1000"
                + " --json "
                + json);
    assertEquals(ExitCodes.GOOD, code, out + "\n" + err);
    JsonNode rates = JSON.readTree(Files.readString(json)).path("rates");
    assertEquals(2, rates.size());
    double often = rates.get(0).path("publications").asDouble();
    double seldom = rates.get(1).path("publications").asDouble();
    assertTrue(seldom >= 4 && often - seldom > 1.5, rates::toString);
    for (JsonNode rate : rates) {
      assertTrue(rate.path("nanos").asDouble() > 0, rate::toString);
      assertTrue(rate.path("plainNanos").asDouble() > 0, rate::toString);
      assertEquals(0, rate.path("lost").asInt(-1));
    }
  }

  @Test
  void aDayIsRecordedAndTimesAreFoundInIt() throws IOException {
    Path json = folder.resolve("report.json");
    int code =
        main(
            "record --frames 20000 --rate 5000 --seconds 0.2 --warm-up 0 --seeks 3 --json " + json);
    assertEquals(ExitCodes.GOOD, code, out + "\n" + err);
    JsonNode report = JSON.readTree(Files.readString(json));
    assertEquals(3, report.path("seekMillis").size());
    assertTrue(report.path("share").asDouble() > 0, report::toString);
    assertTrue(report.path("bytes").asLong() > 20_000, report::toString);
  }

  /** How much arrives depends on the machine: a busy one may lose ticks, which is exit code 1. */
  @Test
  void ticksOfAVendorReachClients() throws IOException {
    Path json = folder.resolve("report.json");
    int code =
        main(
            "vendor --instruments 10 --rate 20 --clients 2 --warm-up 0 --seconds 1 --json " + json);
    assertTrue(code == ExitCodes.GOOD || code == ExitCodes.FAILED, out + "\n" + err);
    JsonNode report = JSON.readTree(Files.readString(json));
    assertTrue(report.path("deliveredTicks").asLong() > 0, report::toString);
    assertTrue(report.at("/latencyMillis/p50").asDouble() > 0, report::toString);
    assertEquals(4, report.path("cores").size());
  }

  private static int bytes(JsonNode kind) {
    return kind.path("bytes").asInt();
  }

  @Test
  void aRushTellsWhatEachChannelCosts() throws IOException {
    Path json = folder.resolve("report.json");
    int code = main("rush --channels 60,125 --each 20 --json " + json);
    assertEquals(ExitCodes.GOOD, code, out + "\n" + err);
    JsonNode runs = JSON.readTree(Files.readString(json)).path("runs");
    assertEquals(2, runs.size());
    for (JsonNode run : runs) {
      assertTrue(run.path("subscribeMicros").asDouble() > 0);
      assertTrue(run.path("leaveMicros").asDouble() > 0);
      assertTrue(run.path("leavingPing").asDouble() > 0);
      assertEquals(0, run.path("left").asInt(-1));
      assertTrue(run.path("sums").path("deliveries").asInt() > 100);
    }
  }

  @Test
  void bytesTellWhatCompressionAndDeltasSpareAndTlsAdds() throws IOException {
    Path json = folder.resolve("report.json");
    TlsFiles files = TestCertificate.of("bench").write(folder);
    int code =
        main(
            "bytes --clients 10 --snapshots 3 --every 0.05 --tls-cert %s --tls-key %s --json %s"
                .formatted(files.certificate(), files.key(), json));
    assertEquals(ExitCodes.GOOD, code, out + "\n" + err);
    JsonNode costs = JSON.readTree(Files.readString(json));
    assertEquals(16, costs.size());
    long whole = costs.get(8).path("bytes").asLong();
    assertTrue(whole > 30_000 && whole < 60_000, costs::toString);
    assertTrue(costs.get(10).path("bytes").asLong() * 3 < whole, costs::toString);
    assertTrue(costs.get(12).path("bytes").asLong() * 3 < whole, costs::toString);
    assertTrue(costs.get(14).path("bytes").asLong() * 10 < whole, costs::toString);
    for (int i = 0; i < costs.size(); i += 2) {
      JsonNode plain = costs.get(i);
      JsonNode encrypted = costs.get(i + 1);
      assertTrue(!plain.path("tls").asBoolean() && encrypted.path("tls").asBoolean());
      long records = encrypted.path("bytes").asLong() - plain.path("bytes").asLong();
      assertTrue(records > 0 && records < 500, () -> plain + " " + encrypted);
      assertTrue(encrypted.path("openMicros").asDouble() > 0, encrypted::toString);
    }
  }

  @Test
  void clientsOfAllProtocolsSeeTheSameNumbers() throws IOException {
    Path json = folder.resolve("report.json");
    int code = main("mixed --each 3 --channels 7 --rate 2000 --seconds 0.5 --json " + json);
    assertEquals(ExitCodes.GOOD, code, out + "\n" + err);
    JsonNode outcome = JSON.readTree(Files.readString(json));
    assertEquals(7, outcome.path("seen").size());
    outcome.path("seen").forEach(count -> assertEquals(3_000, count.asLong()));
  }

  /** Runs 1 s after 0.2 s; nothing may be lost. */
  private JsonNode run(String arguments) throws IOException {
    Path json = folder.resolve("report.json");
    int code = main(arguments + " --seconds 1 --warm-up 0.2 --json " + json);
    assertEquals(ExitCodes.GOOD, code, out + "\n" + err);
    JsonNode report = JSON.readTree(Files.readString(json));
    for (String group : List.of("fast", "slow")) {
      JsonNode sums = report.path(group);
      for (String bad : List.of("missing", "lostBefore", "undelivered", "disorder", "unreadable")) {
        assertEquals(0, sums.path(bad).asLong(-1), group + " " + bad);
      }
    }
    return report;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--connections 0 | --connections is 1 to 1000000",
        "--connections many | Invalid value for option '--connections': 'many' is not an int",
        "--channels 2 --per-connection 3 | --per-connection is 1 to --channels",
        "--bytes 63 | --bytes is 64 to 60000",
        "--seconds 0 | --seconds is 0.1 to 86400",
        "--slow 1 | --slow is a share from 0 to less than 1",
        "--mode newest | --mode is all or latest",
        "--max-rate 5 | --max-rate is given with --mode latest only",
        "--mode latest --max-rate 5000 | --max-rate is 1/60 to 1000",
        "--url ws://localhost:1/ws | --url is given with --redis only: what both publish on",
        "--url http://h/ --redis redis://h | --url is ws://HOST:PORT/ws, not http://h/",
        "--redis localhost | --redis: not a Redis URL: localhost: begin with redis:// or,"
            + " for TLS, rediss://; with redis-sentinel:// or rediss-sentinel:// for sentinels",
        "--profile calm | --profile is burst=FILE",
        "--profile burst=/nowhere/x | can't read /nowhere/x: /nowhere/x",
        "--channel c1 | --channel is letters, digits and : . _ @ -, and no digit at the end",
        "--server-pid 1 | --server-pid is given with --url only",
        "ticks /nowhere/x | there is no recording /nowhere/x",
        "ticks --speed 0 /nowhere/x | --speed: a speed must be over 0, not 0.0",
        "record --seeks 1 | --seeks is 2 to 1000",
        "vendor --clients 10001 | --clients is 1 to --instruments",
        "packets --packed 0 | --packed is 1 to 1000",
        "plant --rates 10,0 | --rates is 0.1 to 10000",
        "ticks --rounds 0 /nowhere/x | --rounds is 1 to 100000",
        "publish --redis redis://localhost:1 --seconds 0 | --seconds is 0.01 to 3600",
        "publish --redis redis://u:p@localhost:1 | --redis is an address without TLS and without"
            + " a password",
        "--frob | Unknown option: '--frob'",
        "rush --channels 10 | --channels is --each to 1000000",
        "comeback --drop 0 | --drop is 1 to 1000000",
        "comeback --url ws://localhost:1/ws | --url is given with --redis only: what both publish on"
      })
  void whatIsWrongIsSaidInOneLine(String arguments, String message) {
    assertEquals(ExitCodes.MISUSED, main(arguments));
    assertEquals("tapeline bench: " + message + System.lineSeparator(), err.toString());
    assertEquals("", out.toString());
  }

  private int main(String arguments) {
    return Main.run(
        new PrintWriter(out, true), new PrintWriter(err, true), arguments.strip().split(" +"));
  }
}
