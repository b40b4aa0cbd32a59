package dev.tapeline.bench.publish;

import dev.tapeline.bench.cli.BenchException;
import dev.tapeline.bench.host.Waiting;
import dev.tapeline.core.Bus;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import dev.tapeline.redis.bus.RedisBus;
import dev.tapeline.redis.lease.RedisAdopter;
import dev.tapeline.redis.log.Partitions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Measures the cost of adopting plain messages on durable channels. The adopter runs in this
 * process. Owned by one thread.
 */
final class AdoptionRun {

  /** A durable channel for measuring latency. */
  static final String LOGGED = PublishCase.DURABLE + "latency";

  private static final String UNLOGGED = PublishCase.PLAIN + "latency";
  private static final int SAMPLES = 1_000;
  private static final long BETWEEN_NANOS = 500_000;

  /** The most messages that wait, far below an adopter's limit. */
  private static final int MOST_WAITING = 4_096;

  private final RawConnection redis;
  private final RedisAdopter adopter;

  AdoptionRun(RawConnection redis, RedisAdopter adopter) {
    this.redis = redis;
    this.adopter = adopter;
  }

  void awaitAdopter() throws InterruptedException {
    Waiting.await(
        () -> adopter.partitions() == Partitions.COUNT, "no lease for adopting: another adopts?");
  }

  /** The rate at which messages are adopted, until the last one is. */
  PublishRun.Rate rate(double seconds) throws IOException, InterruptedException {
    PublishCase plain = PublishCase.adopted();
    double cpu = redis.cpuMicros();
    long start = System.nanoTime();
    long before = adopter.adopted();
    long sent = 0;
    for (int i = 0; System.nanoTime() - start < seconds * 1e9; i++) {
      redis.send(plain.chunks().get(i % plain.chunks().size()));
      redis.answers();
      sent += plain.publications();
      long enough = before + sent - MOST_WAITING;
      Waiting.await(() -> adopter.adopted() >= enough, "plain messages are not adopted");
    }
    long all = before + sent;
    Waiting.await(() -> adopter.adopted() >= all, "plain messages were lost to the adopter");
    double took = (System.nanoTime() - start) / 1e9;
    return new PublishRun.Rate(plain.name(), sent / took, (redis.cpuMicros() - cpu) / sent);
  }

  /**
   * The time that publications take to a subscriber in this process.
   *
   * @param micros the median and the 99th percentile
   */
  record Latency(String name, List<Long> micros) {}

  static List<Latency> latencies(RawConnection redis, RedisBus bus, Arrivals arrivals)
      throws IOException, InterruptedException {
    bus.subscribe(Selector.parse(UNLOGGED));
    bus.subscribe(Selector.parse(LOGGED));
    Waiting.await(() -> arrivals.subscribed.getCount() == 0, "Redis confirms no subscription");
    String key = PublishCase.PREFIX + Partitions.key(Partitions.of(LOGGED));
    return List.of(
        latency(redis, arrivals, "plain `PUBLISH`", "PUBLISH", PublishCase.PREFIX + UNLOGGED),
        latency(
            redis, arrivals, "`tapeline_publish`", "FCALL", "tapeline_publish", "1", key, LOGGED),
        latency(
            redis, arrivals, "plain `PUBLISH`, adopted", "PUBLISH", PublishCase.PREFIX + LOGGED));
  }

  private static Latency latency(
      RawConnection redis, Arrivals arrivals, String name, String... words)
      throws IOException, InterruptedException {
    Histogram micros = new Histogram(TimeUnit.HOURS.toMicros(1), 3);
    for (int i = 0; i < SAMPLES; i++) {
      List<String> command = new ArrayList<>(List.of(words));
      command.add(String.valueOf(i));
      byte[] call = RawConnection.together(List.of(RawConnection.command(command)));
      long sent = System.nanoTime();
      redis.send(call);
      Long arrived = arrivals.next.poll(30, TimeUnit.SECONDS);
      if (arrived == null) {
        throw new BenchException(name + ": a publication did not arrive");
      }
      micros.recordValue((arrived - sent) / 1_000);
      redis.answers();
      LockSupport.parkNanos(BETWEEN_NANOS);
    }
    return new Latency(
        name, List.of(micros.getValueAtPercentile(50), micros.getValueAtPercentile(99)));
  }

  /** The arrivals of publications. Called by an I/O thread, which waits until each one is taken. */
  static final class Arrivals implements Bus.Listener {

    private final SynchronousQueue<Long> next = new SynchronousQueue<>();
    private final CountDownLatch subscribed = new CountDownLatch(2);

    @Override
    public void onSubscribed(Selector selector, List<Publication> last) {
      subscribed.countDown();
    }

    @Override
    public void onPublication(Publication publication) {
      try {
        next.offer(System.nanoTime(), 1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void onPosition(String channel, Position position, @Nullable Publication newest) {}

    @Override
    public void onState(Bus.State state) {}
  }
}
