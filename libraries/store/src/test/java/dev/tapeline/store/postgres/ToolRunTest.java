package dev.tapeline.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolRunTest {

  @Test
  void problemsAreFoundAmongOtherLines() {
    assertEquals(
        "could not write to file \"base/4/1247\": No space left on device",
        ToolRun.problem(
            """
            creating subdirectories ... ok
            performing initialization ... 2026-11-30 10:17:36.711 UTC [9951] FATAL:  could not \
            write to file "base/4/1247": No space left on device
            child process exited with exit code 1
            """));
    assertEquals("initdb: error: no such user", ToolRun.problem("\ninitdb: error: no such user\n"));
    assertEquals("the last words", ToolRun.problem("hello\nthe last words\n"));
    assertEquals("it said nothing", ToolRun.problem(""));
  }

  @Test
  void runsHaveALimit() throws Exception {
    ToolRun run = ToolRun.of(List.of("sleep", "60"), Duration.ofMillis(50));
    assertEquals(-1, run.code());
  }

  @Test
  void aMissingProgramIsNoException() throws Exception {
    assertEquals(-1, ToolRun.of(List.of("/none/such"), Duration.ofSeconds(5)).code());
  }

  @Test
  void settingsForOtherServersAreLeftOut() throws Exception {
    ProcessBuilder builder = ToolRun.builder(List.of("env"));
    assertEquals("C", builder.environment().get("LC_ALL"));
    assertEquals(
        List.of(),
        builder.environment().keySet().stream().filter(it -> it.startsWith("PG")).toList());
  }
}
