package dev.tapeline.testoutput;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Keeps back what tests and the servers in their JVM print, so that the log of a passing build is
 * short. When a test fails, all that was printed since its class began goes out. JUnit finds it as
 * a service. Classes that run at once share the output.
 */
public final class QuietOutput implements TestExecutionListener {

  private static final int KEPT_BYTES = 1 << 18;

  private final RecentOutput recent = new RecentOutput(KEPT_BYTES);
  private final Map<String, Long> begun = new ConcurrentHashMap<>();
  private @Nullable Streams streams;
  private @Nullable TestPlan plan;

  private record Streams(PrintStream out, PrintStream err) {

    static Streams ofSystem() {
      return new Streams(System.out, System.err);
    }

    void use() {
      System.setOut(out);
      System.setErr(err);
    }
  }

  @Override
  public void testPlanExecutionStarted(TestPlan started) {
    plan = started;
    streams = Streams.ofSystem();
    PrintStream quiet = new PrintStream(recent, true, StandardCharsets.UTF_8);
    new Streams(quiet, quiet).use();
  }

  @Override
  public void testPlanExecutionFinished(TestPlan finished) {
    Objects.requireNonNull(streams).use();
  }

  @Override
  public void executionStarted(TestIdentifier started) {
    if (isClass(started)) {
      begun.put(started.getUniqueId(), recent.position());
    }
  }

  private static boolean isClass(TestIdentifier identifier) {
    return identifier.getSource().filter(ClassSource.class::isInstance).isPresent();
  }

  @Override
  public void executionFinished(TestIdentifier finished, TestExecutionResult result) {
    if (result.getStatus() == Status.FAILED) {
      tell(finished);
    }
  }

  private void tell(TestIdentifier failed) {
    String printed = recent.since(beginning(failed));
    PrintStream out = Objects.requireNonNull(streams).out();
    synchronized (out) {
      out.println("---- printed until '" + failed.getDisplayName() + "' failed ----");
      out.println(printed);
      out.println("---- end of what was printed ----");
    }
  }

  /** Where the test's outermost class began. */
  private long beginning(TestIdentifier test) {
    long position = 0;
    Optional<TestIdentifier> next = Optional.of(test);
    while (next.isPresent()) {
      position = begun.getOrDefault(next.get().getUniqueId(), position);
      next = Objects.requireNonNull(plan).getParent(next.get());
    }
    return position;
  }
}
