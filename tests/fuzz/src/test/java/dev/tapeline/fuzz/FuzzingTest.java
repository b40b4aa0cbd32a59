package dev.tapeline.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each decoder against inputs that Jazzer makes up from the seeds, guided by the code that they
 * reach. An input's first byte chooses the decoder, unless {@code -Dfuzz.decoder=NAME} does.
 */
class FuzzingTest {

  private static final Decoder[] DECODERS = Decoder.values();
  private static final Optional<Decoder> ONLY =
      Optional.ofNullable(System.getProperty("fuzz.decoder"))
          .filter(name -> !name.isEmpty())
          .map(Decoder::valueOf);
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long MOST_GROWTH = 64 << 20;

  private static long heapBefore;

  @BeforeAll
  static void warmUp() {
    seeds().forEach(FuzzingTest::take);
    heapBefore = heap();
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10s")
  void inShort(byte[] bytes) {
    take(bytes);
  }

  @Tag("fuzz")
  @MethodSource("seeds")
  @FuzzTest(maxDuration = "1h")
  void atLength(byte[] bytes) {
    take(bytes);
  }

  @AfterAll
  static void nothingIsKept() {
    long growth = heap() - heapBefore;
    assertTrue(growth < MOST_GROWTH, () -> growth + " bytes more than before");
  }

  /** Those of all decoders, with the choice in front. */
  static Stream<byte[]> seeds() {
    return Arrays.stream(DECODERS)
        .filter(decoder -> ONLY.isEmpty() || ONLY.get() == decoder)
        .flatMap(decoder -> Seeds.of(decoder).stream().map(seed -> chosen(decoder, seed)));
  }

  private static byte[] chosen(Decoder decoder, Path seed) {
    byte[] bytes = Seeds.read(seed).bytes();
    return ByteBuffer.allocate(bytes.length + 1).put((byte) decoder.ordinal()).put(bytes).array();
  }

  private static void take(byte[] bytes) {
    Input input = new Input(bytes);
    Decoder decoder = ONLY.orElse(DECODERS[input.first() % DECODERS.length]);
    long start = cpu();
    decoder.take(input.rest());
    long taken = cpu() - start;
    Findings.check(taken < MOST_NANOS, "%s takes %d ms", decoder, taken / 1_000_000);
  }

  /** Other work of the machine does not count. */
  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
