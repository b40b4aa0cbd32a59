package dev.tapeline.bench.publish;

import dev.tapeline.bench.cli.BenchException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Measures ways of publishing side by side, round after round. Owned by one thread. */
final class PublishRun {

  private final RawConnection redis;
  private final long nanos;

  PublishRun(RawConnection redis, double seconds) {
    this.redis = redis;
    this.nanos = (long) (seconds * 1e9);
  }

  /**
   * The measured rate.
   *
   * @param cpu the server's, in microseconds for each publication
   */
  record Rate(String name, double perSecond, double cpu) {}

  /** The medians of the rounds, in each of which every case has its turn. */
  List<Rate> measure(List<PublishCase> cases, int rounds) throws IOException {
    List<List<Rate>> all = new ArrayList<>();
    for (PublishCase each : cases) {
      redis.send(each.chunks().getFirst());
      check(each, redis.answers());
    }
    for (int round = 0; round < rounds; round++) {
      List<Rate> rates = new ArrayList<>();
      for (PublishCase each : cases) {
        rates.add(measure(each));
      }
      all.add(rates);
    }
    return IntStream.range(0, cases.size())
        .mapToObj(i -> median(all.stream().map(round -> round.get(i)).toList()))
        .toList();
  }

  private static void check(PublishCase one, String answers) {
    if (answers.contains("-ERR") || answers.startsWith("-")) {
      throw new BenchException(
          "Redis refused %s: %s".formatted(one.name(), answers.lines().findFirst().orElse("")));
    }
  }

  /** Measures one case with two chunks under way all the time. */
  private Rate measure(PublishCase one) throws IOException {
    double cpu = redis.cpuMicros();
    long start = System.nanoTime();
    long done = 0;
    redis.send(one.chunks().getFirst());
    for (int i = 1; System.nanoTime() - start < nanos; i++) {
      redis.send(one.chunks().get(i % one.chunks().size()));
      redis.answers();
      done += one.publications();
    }
    redis.answers();
    done += one.publications();
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Rate(one.name(), done / seconds, (redis.cpuMicros() - cpu) / done);
  }

  static Rate median(List<Rate> rates) {
    return new Rate(
        rates.getFirst().name(),
        middle(rates.stream().map(Rate::perSecond).toList()),
        middle(rates.stream().map(Rate::cpu).toList()));
  }

  private static double middle(List<Double> values) {
    return values.stream().sorted(Comparator.naturalOrder()).toList().get(values.size() / 2);
  }
}
