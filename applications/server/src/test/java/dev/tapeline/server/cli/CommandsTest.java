package dev.tapeline.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.access.policy.Identity;
import dev.tapeline.access.token.KeyServer;
import dev.tapeline.access.token.Tokens;
import dev.tapeline.server.Main;
import dev.tapeline.server.compose.Tapeline;
import dev.tapeline.server.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
class CommandsTest {

  private static final String KEY = "a-key-for-the-tests";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine line = Commands.line();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(args);
  }

  @Test
  void wrongSettingIsOneLineAndExitCodeTwo() throws IOException {
    Path file = Files.writeString(folder.resolve("t.yaml"), "max-conections: 1\n");
    assertEquals(2, run("serve", "--config", file.toString()));
    assertEquals(1, err.toString().lines().count(), err.toString());
    assertTrue(err.toString().startsWith("tapeline: max-conections: unknown setting"));
    assertEquals("", out.toString());
  }

  @Test
  void partitionIsTheKeyThatPublishesAChannel() {
    assertEquals(0, run("partition", "123456789"));
    assertEquals("tapeline:{3}", out.toString().strip()); // CRC16 (XMODEM) of these digits is 31C3
    assertEquals(0, run("partition", "--prefix", "test:", "123456789"));
    assertTrue(out.toString().contains("test:tapeline:{3}"), out.toString());
    assertEquals(2, run("partition", "trade@*"));
    assertTrue(err.toString().contains("trade@*"), err.toString());
  }

  @Test
  void tokenIsOneThatAServerWithTheSameSecretTakes() {
    String secret = "a secret of tests that is long enough";
    assertEquals(0, run("token", "u1", "--role", "admin", "--secret", secret));
    Settings settings = Settings.load(Map.of("JWT_SECRET", secret), Map.of());
    Identity identity = Tokens.identityOf(settings.authenticator(), out.toString().strip());
    assertEquals("u1", identity.subject());
    assertEquals("admin", identity.role());
    assertTrue(Objects.requireNonNull(identity.expires()).isAfter(Instant.now()));
    assertEquals(2, run("token", "u1", "--secret", "short"));
    assertTrue(err.toString().contains("at least 32 bytes"), err.toString());
    assertEquals(2, run("token", "u*", "--secret", secret));
  }

  @Test
  void wrongRoleIsRefused() {
    assertEquals(2, run("serve", "--role", "gatway"));
    assertTrue(err.toString().contains("tapeline-role: 'gatway' (the command line)"));
  }

  @Test
  void settingsAreCheckedWithoutAStart() throws IOException {
    String valid = "settings: valid\n";
    assertEquals(0, run("demo", "--check-settings", "--open"));
    assertEquals(valid, out.toString());
    assertEquals(0, run("serve", "--check-settings", "--role", "all"));
    assertEquals(valid + valid, out.toString());
    assertEquals(2, run("serve", "--check-settings", "--config", config("feeds: simulatr\n")));
    assertEquals(1, run("serve", "--check-settings", "--config", config("require-auth: true\n")));
    assertEquals(1, run("replay", "--check-settings", folder.resolve("none").toString()));
    assertEquals(valid + valid, out.toString());
  }

  @Test
  void missingRecordingIsNamed() {
    assertEquals(1, run("replay", folder.resolve("none.jsonl").toString()));
    assertTrue(err.toString().contains("none.jsonl"), err.toString());
    assertEquals(2, run("replay", "x", "--speed", "0"));
    assertTrue(err.toString().contains("a speed must be over 0"), err.toString());
  }

  @Test
  void hiddenCommandsStayOutOfTheHelp() {
    assertEquals(0, run("--help"));
    assertTrue(out.toString().contains("doctor"), out.toString());
    assertFalse(out.toString().contains("train"), out.toString());
  }

  @Test
  void helpNamesTheCommandOfTheLauncher() {
    assertEquals(0, run("--help"));
    assertTrue(out.toString().contains("./tapeline bench --help"), out.toString());
  }

  @Test
  void theListOfCommandsHasWholeSentences() {
    Commands.line()
        .getSubcommands()
        .forEach((name, command) -> {
          String[] description = command.getCommandSpec().usageMessage().description();
          assertTrue(description.length == 0 || description[0].endsWith("."), name);
        });
  }

  @Test
  void tailSeesWhatPublishSends() throws Exception {
    try (Tapeline tapeline = Tapeline.start(settings(), List.of())) {
      String url = "http://127.0.0.1:" + tapeline.ports().getFirst();
      CompletableFuture<Integer> tail =
          CompletableFuture.supplyAsync(() -> run("tail", "--url", url, "--count", "1", "test:*"));
      while (!tail.isDone()) {
        assertEquals(0, run("publish", "--url", url, "--key", KEY, "test:one", "{\"p\": 1.50}"));
      }
      assertEquals(0, tail.get(10, TimeUnit.SECONDS));
      assertTrue(out.toString().contains("test:one "), out.toString());
      assertTrue(out.toString().contains(" {\"p\":1.50}"), out.toString());
    }
  }

  /** A shell's pipe: {@code head} ends after two lines, and {@code tail} with it. */
  @Test
  void tailEndsWhenNobodyReadsItsLines() throws Exception {
    try (Tapeline tapeline = Tapeline.start(settings(), List.of())) {
      String url = "http://127.0.0.1:" + tapeline.ports().getFirst();
      Process pipe =
          new ProcessBuilder(pipeline("tail", "--url", url, "test:*"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      while (pipe.isAlive()) {
        assertEquals(0, run("publish", "--url", url, "--key", KEY, "test:one", "1"));
      }
      assertEquals(2, pipe.inputReader().lines().count());
    }
  }

  private static List<String> pipeline(String... args) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", "\"$@\" | head -2", "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(args));
    return command;
  }

  @Test
  void publishAndTailTellWhatTheServerRefuses() throws Exception {
    try (Tapeline tapeline = Tapeline.start(settings(), List.of())) {
      String url = "http://127.0.0.1:" + tapeline.ports().getFirst();
      assertEquals(1, run("publish", "--url", url, "--key", "wrong", "test:one", "1"));
      assertTrue(err.toString().contains("(401)"), err.toString());
      assertEquals(1, run("publish", "--url", url, "--key", KEY, "test:one", "{"));
      assertTrue(err.toString().contains("(400)"), err.toString());
      assertEquals(1, run("tail", "--url", url, "bad?name"));
      assertTrue(err.toString().contains("refused"), err.toString());
    }
  }

  @Test
  void toolsShowATokenAndSayWhatToDoWithoutOne() throws Exception {
    String secret = "a secret of tests that is long enough";
    Path roles =
        Files.writeString(
            folder.resolve("access.yaml"),
            "roles:\n  engine: {subscribe: {allow: [\"*\"]}, publish: {allow: [\"*\"]}}\n");
    Map<String, String> required =
        Map.of(
            "REQUIRE_AUTH",
            "true",
            "JWT_SECRET",
            secret,
            "JWT_AUDIENCE",
            "tests",
            "TAPELINE_ACCESS_FILE",
            roles.toString());
    assertEquals(
        0, run("token", "u1", "--role", "engine", "--secret", secret, "--audience", "tests"));
    String token = out.toString().strip();
    try (Tapeline tapeline = Tapeline.start(settings(required), List.of())) {
      String url = "http://127.0.0.1:" + tapeline.ports().getFirst();
      assertFails("a token or a key is needed", "tail", "--url", url, "a");
      assertFails("is invalid or has expired", "tail", "--url", url, "--token", "nonsense", "a");
      assertFails(
          "is invalid or has expired", "publish", "--url", url, "--token", "nonsense", "a", "1");
      assertEquals(0, run("publish", "--url", url, "--token", token, "trade@A", "1"));
      CompletableFuture<Integer> tail =
          CompletableFuture.supplyAsync(
              () -> run("tail", "--url", url, "--token", token, "--count", "1", "a"));
      while (!tail.isDone()) {
        assertEquals(0, run("publish", "--url", url, "--token", token, "a", "1"));
      }
      assertEquals(0, tail.get(10, TimeUnit.SECONDS));
    }
  }

  private void assertFails(String why, String... args) {
    err.getBuffer().setLength(0);
    assertEquals(1, run(args), err::toString);
    assertTrue(err.toString().contains(why), err.toString());
    assertTrue(err.toString().contains("--token or TAPELINE_TOKEN"), err.toString());
  }

  @Test
  void publishWithoutAServerSaysSo() {
    assertEquals(1, run("publish", "--url", "http://127.0.0.1:1", "--key", KEY, "a", "1"));
    assertTrue(err.toString().contains("is the server running?"), err.toString());
    assertEquals(2, run("publish", "--url", "ftp://a", "--key", KEY, "a", "1"));
  }

  @Test
  void doctorTellsOfTheSettings() throws IOException {
    Path file = Files.writeString(folder.resolve("t.yaml"), "tapeline-lanes: many\n");
    assertEquals(1, run("doctor", "--config", file.toString()));
    assertTrue(out.toString().contains("FAIL  settings: tapeline-lanes: 'many'"), out.toString());
    assertTrue(out.toString().contains("to fix:"), out.toString());
  }

  @Test
  void doctorAndStartTellOfARecordingThatIsNotThere() throws IOException {
    Path none = folder.resolve("none.gz");
    String file = config("feeds: [{source: replay, file: '%s'}]\n".formatted(none));
    String reason =
        "tapeline-feeds: there is no recording %s; name one that exists".formatted(none);
    assertEquals(1, run("doctor", "--config", file));
    assertTrue(out.toString().contains("FAIL  recording: " + reason), out.toString());
    assertEquals(1, run("serve", "--config", file));
    assertTrue(err.toString().startsWith("tapeline: " + reason), err.toString());
    Files.createFile(none);
    run("doctor", "--config", file);
    assertTrue(out.toString().contains("ok    recording: readable: " + none), out.toString());
  }

  @Test
  void doctorTellsOfRulesThatLetEverybodyPublishOrDoNothing() throws IOException {
    Path roles =
        Files.writeString(folder.resolve("r.yaml"), "roles:\n  open: {publish: {allow: [x, x]}}\n");
    Path file =
        Files.writeString(
            folder.resolve("t.yaml"),
            "tapeline-access-file: %s\ndefault-role: open\n".formatted(roles));
    run("doctor", "--config", file.toString());
    assertTrue(
        out.toString()
            .contains(
                "WARN  access: clients without a token may publish, with the rights of role open"),
        out.toString());
    assertTrue(out.toString().contains("WARN  access: role open: publish: "), out.toString());
    out.getBuffer().setLength(0);
    run("doctor", "--config", config("tapeline-bind-host: 127.0.0.1\n"));
    assertTrue(out.toString().contains("ok    access: clients without a token"), out.toString());
  }

  private String config(String text) throws IOException {
    return Files.writeString(folder.resolve("c.yaml"), text).toString();
  }

  @Test
  void doctorAndStartTellThatEverybodyMayReadOrNobodyMayComeIn() throws IOException {
    run("doctor", "--config", config(""));
    assertTrue(
        out.toString()
            .contains("WARN  access: clients that reach 0.0.0.0 may read without a token"),
        out.toString());
    String closed = config("require-auth: true\n");
    assertEquals(1, run("doctor", "--config", closed));
    assertTrue(out.toString().contains("FAIL  access: require-auth is true"), out.toString());
    assertEquals(1, run("serve", "--config", closed));
    assertTrue(err.toString().startsWith("tapeline: access: require-auth is true"), err.toString());
    assertTrue(err.toString().contains("set JWT_SECRET"), err.toString());
  }

  @Test
  void doctorTellsWhetherTheKeysOfTokensCanBeRead() throws IOException {
    try (KeyServer provider = KeyServer.away()) {
      provider.publishOwn();
      String file = config("jwt-jwks-url: %s\n".formatted(provider.address()));
      assertEquals(1, run("doctor", "--config", file));
      assertTrue(out.toString().contains("FAIL  token keys: "), out.toString());
      assertTrue(out.toString().contains("no connection"), out.toString());
      provider.start();
      run("doctor", "--config", file);
      assertTrue(out.toString().contains("ok    token keys: 1 at http://"), out.toString());
    }
  }

  private static Settings settings() {
    return settings(Map.of());
  }

  private static Settings settings(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(more);
    all.put("TAPELINE_BIND_HOST", "127.0.0.1");
    all.put("TAPELINE_API_PORT", "0");
    all.put("REDIS_WS_GATEWAY_PORT", "0");
    all.put("TAPELINE_REST_RATE_BURST", "100000");
    all.put("GATEWAY_API_KEY", KEY);
    return Settings.load(all, Map.of());
  }
}
