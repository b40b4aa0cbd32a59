package dev.tapeline.bench.publish;

import dev.tapeline.plant.channels.Channels;
import dev.tapeline.redis.log.Partitions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One way of publishing on Redis, with the bytes to send together prepared beforehand.
 *
 * @param publications that are sent together
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PublishCase(String name, List<byte[]> chunks, int publications) {

  static final String PREFIX = "tapeline-bench:";
  static final String DURABLE = "log:";
  static final String PLAIN = "plain:";

  /** Publications that are sent together; twice as many are on their way. */
  private static final int TOGETHER = 128;

  private static final int PARTITION = 7;
  private static final String KEY = PREFIX + Partitions.key(PARTITION);
  private static final String STAMPS = "1700000000000 1700000000001\n";

  static List<PublishCase> all() {
    return List.of(
        of("plain `PUBLISH`", PLAIN, 1, 50, PublishCase::plain),
        of("`tapeline_publish`, one each", DURABLE, 1, 50, PublishCase::publish),
        of("`tapeline_publish_many`, 1", DURABLE, 1, 50, PublishCase::publishMany),
        of("`tapeline_publish_many`, 10 on 10 channels", DURABLE, 10, 10, PublishCase::publishMany),
        of("`tapeline_publish_many`, 10 on one", DURABLE, 10, 1, PublishCase::publishMany),
        of(
            "`tapeline_publish_many`, 100 on 50 channels",
            DURABLE,
            100,
            50,
            PublishCase::publishMany),
        of("`tapeline_publish_many`, 100 on one", DURABLE, 100, 1, PublishCase::publishMany),
        of("`tapeline_send`, 1", PLAIN, 1, 50, PublishCase::send),
        of("`tapeline_send`, 5", PLAIN, 5, 50, PublishCase::send),
        of("`tapeline_send`, 100", PLAIN, 100, 50, PublishCase::send));
  }

  /** Plain messages on durable channels, which a node adopts. */
  static PublishCase adopted() {
    return of("plain `PUBLISH`, adopted", DURABLE, 1, 50, PublishCase::plain);
  }

  /** Names of channels in one partition. */
  static List<String> channels(String prefix, int count) {
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> prefix + Channels.trade("INST" + i))
        .filter(name -> Partitions.of(name) == PARTITION)
        .limit(count)
        .toList();
  }

  /** All keys that publishing on these channels creates. */
  static List<String> keys() {
    Stream<String> partitions = IntStream.range(0, Partitions.COUNT).mapToObj(Partitions::key);
    Stream<String> leases =
        IntStream.range(0, Partitions.COUNT).mapToObj("tapeline:{lease:adopter:%d}"::formatted);
    Stream<String> logs =
        Stream.concat(channels(DURABLE, 50).stream(), Stream.of(AdoptionRun.LOGGED))
            .map(name -> Partitions.key(Partitions.of(name)) + ":log:" + name);
    return Stream.of(partitions, leases, logs).flatMap(s -> s).map(PREFIX::concat).toList();
  }

  private static PublishCase of(
      String name, String prefix, int batch, int channels, Function<List<Message>, byte[]> call) {
    List<String> names = channels(prefix, channels);
    int calls = Math.max(1, TOGETHER / batch);
    List<byte[]> chunks = new ArrayList<>();
    int next = 0;
    for (int chunk = 0; chunk < 16; chunk++) {
      List<byte[]> together = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        together.add(call.apply(messages(names, next, batch)));
        next += batch;
      }
      chunks.add(RawConnection.together(together));
    }
    return new PublishCase(name, chunks, calls * batch);
  }

  private static List<Message> messages(List<String> names, int first, int count) {
    return IntStream.range(first, first + count)
        .mapToObj(i -> new Message(names.get(i % names.size()), payload(i)))
        .toList();
  }

  /** A payload of 125 bytes, different for each number. */
  private static String payload(int number) {
    String json =
        "{\"stream\":\""
            + Channels.trade("TATA_INR")
            + "\",\"data\":{\"e\":\"trade\",\"t\":"
            + (100_000 + number)
            + ",\"m\":false,\"p\":\"1000.50\",\"q\":\"10\",\"s\":\"TATA_INR\",\"T\":1700000000000}}";
    return "%-125s".formatted(json);
  }

  private record Message(String channel, String payload) {}

  private static byte[] plain(List<Message> one) {
    Message message = one.getFirst();
    return RawConnection.command(List.of("PUBLISH", PREFIX + message.channel(), message.payload()));
  }

  private static byte[] publish(List<Message> one) {
    Message message = one.getFirst();
    return RawConnection.command(
        List.of("FCALL", "tapeline_publish", "1", KEY, message.channel(), message.payload()));
  }

  private static byte[] publishMany(List<Message> batch) {
    List<String> words = new ArrayList<>(List.of("FCALL", "tapeline_publish_many", "1", KEY, "1"));
    for (String channel : batch.stream().map(Message::channel).distinct().toList()) {
      List<Message> group = batch.stream().filter(m -> m.channel().equals(channel)).toList();
      words.add(channel);
      words.add(String.valueOf(group.size()));
      group.forEach(message -> words.add(STAMPS + message.payload()));
    }
    return RawConnection.command(words);
  }

  private static byte[] send(List<Message> batch) {
    List<String> words =
        new ArrayList<>(List.of("FCALL", "tapeline_send", "1", KEY, "FENCE", "feed", "1"));
    for (Message message : batch) {
      words.add(message.channel());
      words.add(message.payload());
    }
    return RawConnection.command(words);
  }
}
