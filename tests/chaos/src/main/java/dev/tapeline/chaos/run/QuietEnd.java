package dev.tapeline.chaos.run;

import dev.tapeline.chaos.client.Digest;
import dev.tapeline.chaos.client.Recorder;
import dev.tapeline.chaos.client.RedisDoor;
import dev.tapeline.chaos.client.Route;
import dev.tapeline.chaos.client.ServerTarget;
import dev.tapeline.chaos.fault.Pause;
import dev.tapeline.chaos.fault.Store;
import dev.tapeline.chaos.history.Event;
import dev.tapeline.core.Position;
import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The end of a schedule: what the logs have. */
final class QuietEnd {

  /** More than the time for which a lost last publication may go unnoticed. */
  static final Duration LIMIT = Duration.ofSeconds(4);

  private static final int PAGE = 500;
  private static final int PARTITIONS = 16;
  private static final Duration ADOPTERS = Duration.ofSeconds(20);

  /** The time that a new adopter in a cluster waits. */
  private static final long GRACE_MILLIS = 500;

  private QuietEnd() {}

  /**
   * Waits until each partition has an adopter that renews its lease, and whose token is stamped:
   * from then on each plain message on a durable channel is put into its log.
   */
  static void awaitAdopters(RedisDoor door) {
    try (Route redis = door.route()) {
      long[] ends = new long[PARTITIONS];
      for (int i = 0; i < PARTITIONS; i++) {
        ends[i] = leaseEnd(redis, i);
      }
      for (int i = 0; i < PARTITIONS; i++) {
        int partition = i;
        Pause.became(
            ADOPTERS,
            () -> leaseEnd(redis, partition) > ends[partition] && isStamped(redis, partition));
      }
    }
    Pause.millis(GRACE_MILLIS);
  }

  /** The server that answers for each partition. */
  static List<OptionalInt> owners(Store store) {
    return IntStream.range(0, PARTITIONS)
        .mapToObj(partition -> store.ownerOf("tapeline:{" + partition + "}"))
        .toList();
  }

  private static long leaseEnd(Route redis, int partition) {
    byte[] end = field(redis, lease(partition), "until");
    return end == null ? 0 : Long.parseLong(text(end));
  }

  private static boolean isStamped(Route redis, int partition) {
    byte[] token = field(redis, lease(partition), "token");
    String stamp = "*fence:adopter:" + partition;
    return Arrays.equals(token, field(redis, "tapeline:{" + partition + "}", stamp));
  }

  private static byte @Nullable [] field(Route redis, String key, String field) {
    return redis.await(key, LIMIT).sync().hget(key, field);
  }

  private static String lease(int partition) {
    return "tapeline:{lease:adopter:" + partition + "}";
  }

  static void logs(RedisDoor door, List<ServerTarget> targets, Recorder recorder) {
    try (Route redis = door.route()) {
      targets.forEach(target -> log(redis, target, recorder));
    }
  }

  /**
   * {@code tapeline_read} answers epoch, top, oldest, and then the entries: a header line and the
   * bytes.
   */
  private static void log(Route redis, ServerTarget target, Recorder recorder) {
    long after = 0;
    while (true) {
      List<Object> answer = read(redis, target, after);
      String epoch = text(answer.get(0));
      long top = (Long) answer.get(1);
      long oldest = (Long) answer.get(2);
      List<Object> entries = answer.subList(3, answer.size());
      for (Object entry : entries) {
        after = entry(target, epoch, (byte[]) entry, recorder);
      }
      if (after >= top || entries.isEmpty()) {
        recorder.record(new Event.Top(target.channel(), new Position(epoch, top), oldest));
        return;
      }
    }
  }

  private static List<Object> read(Route redis, ServerTarget target, long after) {
    return redis
        .await(target.partitionKey(), LIMIT)
        .sync()
        .fcall(
            "tapeline_read",
            ScriptOutputType.MULTI,
            new String[] {target.partitionKey()},
            bytes(target.channel()),
            bytes("" + after),
            bytes("" + PAGE));
  }

  private static long entry(ServerTarget target, String epoch, byte[] bytes, Recorder recorder) {
    int line = 0;
    while (bytes[line] != '\n') {
      line++;
    }
    String header = new String(bytes, 0, line, StandardCharsets.US_ASCII);
    long seq = Long.parseLong(header.substring(0, header.indexOf(' ')));
    byte[] payload = Arrays.copyOfRange(bytes, line + 1, bytes.length);
    recorder.record(
        new Event.Logged(target.channel(), new Position(epoch, seq), Digest.of(payload)));
    return seq;
  }

  private static String text(Object bytes) {
    return new String((byte[]) bytes, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
