package dev.tapeline.hub.topic;

import dev.tapeline.bench.jmh.Samples;
import dev.tapeline.core.ChannelKind;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.hub.frame.Framing;
import dev.tapeline.protocols.action.BenchEnvelopes;
import dev.tapeline.hub.ring.Encoding;
import dev.tapeline.hub.ring.RingBudget;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A publication checked, numbered and encoded into the ring of its channel. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RingAppendBenchmark {

  @Param({"1", "3"})
  public int envelopes;

  private final Publication publication = Publication.of("market:tick:X", Samples.marketTick());
  private final Topic topic =
      new Topic(
          "market:tick:X",
          ChannelKind.STATE,
          false,
          new RingBudget(4 << 20, 1L << 30),
          null,
          null,
          new Position("e1", 0));

  @Setup
  public void expect() {
    BenchEnvelopes.all().subList(0, envelopes).stream()
        .map(envelope -> new Encoding(envelope, Framing.MESSAGES))
        .forEach(topic::expect);
  }

  @Benchmark
  public Topic append() {
    topic.append(publication, 1_700_000_000_000L, 1);
    return topic;
  }
}
