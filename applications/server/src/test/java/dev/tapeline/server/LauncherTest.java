package dev.tapeline.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher in a tree of its own, in which scripts stand for the JVM and for Maven: they write
 * down their calls, and a training lasts until the test lets it end.
 */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

  private static final String JAVA =
      """
      #!/usr/bin/env bash
      cd "%1$s"
      echo "$*" >>calls
      case " $* " in
        *" --check-settings "*) cat verdict ;;
        *" train "*)
          for word; do case $word in -XX:AOTCacheOutput=*) output=${word#*=} ;; esac; done
          : >"$output.config"
          sleep 600 &
          echo $$ $! >training
          until [ -e may-end ]; do sleep 0.02; done
          kill $!
          echo cache >"$output"
          ;;
      esac
      """;
  private static final String MAVEN =
      """
      #!/bin/sh
      mkdir -p "%1$s/tests/bench/target"
      : >"%1$s/tests/bench/target/tapeline-bench.jar"
      """;

  @TempDir private Path root;

  @BeforeEach
  void builtTree() throws IOException {
    Path original = Path.of(System.getProperty("tapeline.root"));
    Files.copy(original.resolve("tapeline"), root.resolve("tapeline"));
    Files.walkFileTree(original, new ModuleCopy(original));
    script("jdk/bin/java", JAVA);
    script("jdk/bin/javac", "");
    write("jdk/release", "JAVA_VERSION=\"25.0.1\"\n");
    script("bin/mvn", MAVEN);
    write("verdict", "settings: valid\n");
    write("applications/server/target/lib/some.jar", "");
    write("applications/server/target/tapeline-server.jar", "");
    write("applications/server/target/.built", "");
  }

  /** Copies the poms, which the launcher compares with its last build. */
  private final class ModuleCopy extends SimpleFileVisitor<Path> {

    private final Path original;

    ModuleCopy(Path original) {
      this.original = original;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      Path pom = folder.resolve("pom.xml");
      if (Files.exists(pom)) {
        write(original.relativize(pom).toString(), "");
      }
      return original.relativize(folder).getNameCount() < 2
          ? FileVisitResult.CONTINUE
          : FileVisitResult.SKIP_SUBTREE;
    }
  }

  @Test
  void theFirstStartTrainsAndTheNextOneUsesTheCache() throws Exception {
    letTrainingsEnd();
    assertEquals(0, launched("demo").waitFor());
    assertEquals(0, launched("demo").waitFor());
    assertEquals(List.of("check", "train", "start with cache", "start with cache"), calls());
    assertEquals(List.of("tapeline.aot"), cacheFiles());
  }

  @Test
  void aWrongSettingIsReportedWithoutATraining() throws Exception {
    write("verdict", "");
    assertEquals(0, launched("serve").waitFor());
    assertEquals(List.of("check", "start"), calls());
  }

  @Test
  void aLauncherThatIsStoppedEndsItsTraining() throws Exception {
    Process launcher = launched("demo");
    List<ProcessHandle> training = training();
    launcher.destroy();
    assertEquals(143, launcher.waitFor());
    for (ProcessHandle process : training) {
      process.onExit().get(30, TimeUnit.SECONDS);
    }
    assertEquals(List.of("check", "train"), calls());
    assertEquals(List.of(), cacheFiles());
  }

  @Test
  void ofTwoStartsOneTrains() throws Exception {
    Process first = launched("demo");
    training();
    assertEquals(0, launched("demo").waitFor());
    assertEquals(List.of("check", "train", "check", "start"), calls());
    letTrainingsEnd();
    assertEquals(0, first.waitFor());
    assertEquals("start with cache", calls().getLast());
  }

  @Test
  void filesOfATrainingThatDiedAreRemoved() throws Exception {
    letTrainingsEnd();
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    write("applications/server/target/tapeline.aot." + dead.pid(), "");
    write("applications/server/target/tapeline.aot.%d.config".formatted(dead.pid()), "");
    write("applications/server/target/tapeline.aot", "cache");
    assertEquals(0, launched("demo").waitFor());
    assertEquals(List.of("start with cache"), calls());
    assertEquals(List.of("tapeline.aot"), cacheFiles());
  }

  @Test
  void aBuildOfTheBenchKeepsTheCacheOfTheServer() throws Exception {
    letTrainingsEnd();
    assertEquals(0, launched("demo").waitFor());
    assertEquals(0, launched("bench").waitFor());
    assertTrue(Files.exists(root.resolve("tests/bench/target/tapeline-bench.jar")));
    assertEquals(0, launched("demo").waitFor());
    assertEquals(1, calls().stream().filter("train"::equals).count());
  }

  @Test
  void aNewJarTrainsAgain() throws Exception {
    letTrainingsEnd();
    assertEquals(0, launched("demo").waitFor());
    write("applications/server/target/lib/some.jar", "new");
    assertEquals(0, launched("demo").waitFor());
    assertEquals(2, calls().stream().filter("train"::equals).count());
    assertFalse(calls().contains("start"), () -> "a start was without a cache");
  }

  private Process launched(String command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", root.resolve("tapeline").toString(), command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> name.startsWith("TAPELINE_"));
    builder.environment().put("JAVA_HOME", root.resolve("jdk").toString());
    builder
        .environment()
        .merge("PATH", root.resolve("bin").toString(), (path, own) -> own + ":" + path);
    return builder.start();
  }

  /** The processes of the training, as soon as it is under way. */
  private List<ProcessHandle> training() throws IOException, InterruptedException {
    Path file = root.resolve("training");
    while (!Files.exists(file) || !Files.readString(file).endsWith("\n")) {
      Thread.sleep(10);
    }
    return Stream.of(Files.readString(file).strip().split(" "))
        .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
        .toList();
  }

  private void letTrainingsEnd() throws IOException {
    write("may-end", "");
  }

  /** What the JVM was started for, in order. */
  private List<String> calls() throws IOException {
    List<String> calls = new ArrayList<>();
    for (String call : Files.readAllLines(root.resolve("calls"))) {
      calls.add(
          call.contains("--check-settings")
              ? "check"
              : call.contains("-XX:AOTCacheOutput=")
                  ? "train"
                  : call.contains("-XX:AOTCache=") ? "start with cache" : "start");
    }
    return calls;
  }

  private List<String> cacheFiles() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("applications/server/target"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("tapeline.aot") && !name.endsWith(".lock"))
          .toList();
    }
  }

  private void script(String name, String text) throws IOException {
    write(name, text.formatted(root));
    assertTrue(root.resolve(name).toFile().setExecutable(true));
  }

  private void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
