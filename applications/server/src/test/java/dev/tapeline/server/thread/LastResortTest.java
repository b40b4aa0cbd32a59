package dev.tapeline.server.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastResortTest {

  private record Ended(int code, String printed) {}

  private static Ended run(String what) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DyingProcess.class.getName(),
                what)
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), printed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"error", "vital", "own"})
  void theProcessEndsWithAThreadThatItNeeds(String death) throws Exception {
    Ended ended = run(death);
    assertEquals(LastResort.BROKEN, ended.code(), ended.printed());
    assertTrue(ended.printed().contains("ends with code 3: doomed"), ended.printed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"task", "repeated"})
  void aTaskThatFailsIsLoggedAndTheNextOneRuns(String failing) throws Exception {
    Ended ended = run(failing);
    assertEquals(0, ended.code(), ended.printed());
    assertTrue(ended.printed().contains("planted"), ended.printed());
    assertTrue(ended.printed().contains("alive"), ended.printed());
  }

  @ParameterizedTest
  @ValueSource(strings = "released")
  void aThreadMayEndOnceItsOwnerIsClosed(String end) throws Exception {
    Ended ended = run(end);
    assertEquals(0, ended.code(), ended.printed());
    assertEquals("alive", ended.printed().strip());
  }
}
