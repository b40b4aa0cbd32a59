package dev.tapeline.hub.request;

import dev.tapeline.core.ChannelKind;
import dev.tapeline.hub.lane.Lane;
import dev.tapeline.hub.lane.Session;
import dev.tapeline.hub.topic.Hub;
import dev.tapeline.bench.jmh.Samples;
import dev.tapeline.core.Channel;
import dev.tapeline.embedded.EmbeddedBus;
import dev.tapeline.core.KindRules;
import dev.tapeline.core.Publication;
import dev.tapeline.hub.frame.Options;
import dev.tapeline.hub.frame.Framing;
import dev.tapeline.core.Folds;
import dev.tapeline.hub.lane.SessionListener;
import dev.tapeline.protocols.action.BenchEnvelopes;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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

/**
 * From the bus to the connections' pipelines: so many publications appended, then one round of a
 * lane, which writes each of {@value #SESSIONS} sessions its slice. No system calls.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SliceWriteBenchmark {

  private static final int SESSIONS = 100;
  private static final String CHANNEL = "market:tick:X";

  @Param({"1", "16", "256"})
  public int publications;

  private final EmbeddedBus bus = new EmbeddedBus(10);
  private final EmbeddedChannel loop = new EmbeddedChannel();
  private final List<Session> sessions = new ArrayList<>();
  private List<Publication> batch = List.of();

  @Setup
  public void subscribe() {
    Hub hub =
        new Hub(
            new Hub.Limits(10, 10, 10, 10, 4 << 20, 1L << 30, 1 << 20, 1L << 40, List.of()),
            new KindRules(List.of(KindRules.Rule.of(CHANNEL, ChannelKind.STATE))),
            Folds.NONE,
            bus,
            Runnable::run);
    Lane lane = Lane.on(loop.eventLoop(), hub, nanos -> {});
    hub.start(state -> {});
    Options options =
        Options.all(false, BenchEnvelopes.all().getFirst());
    for (int i = 0; i < SESSIONS; i++) {
      EmbeddedChannel channel = new EmbeddedChannel(new Sink());
      Session session = lane.open(channel, channel, Framing.MESSAGES, new Patient());
      SubscribeCall.start(session, List.of(new SubscriptionRequest(Channel.of(CHANNEL), options)), granted -> {});
      sessions.add(session);
    }
    loop.runPendingTasks();
    batch = Collections.nCopies(publications, Publication.of(CHANNEL, Samples.marketTick()));
  }

  @Benchmark
  public long publishAndWrite() {
    var _ = bus.publish(batch);
    loop.runPendingTasks();
    return sessions.getFirst().framesWritten();
  }

  /** Is never told anything: no client here is slow or has patterns. */
  private static final class Patient implements SessionListener {

    @Override
    public void onTooManyMatches() {}

    @Override
    public void onTooSlow() {}
  }

  /** Takes every write at once. */
  private static final class Sink extends ChannelOutboundHandlerAdapter {

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      ReferenceCountUtil.release(message);
    }
  }
}
