package dev.tapeline.bench.subscriber;

import dev.tapeline.core.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The plan of the subscribers.
 *
 * @param connections the number of connections, each with {@code perConnection} of the channels
 * @param prefix the beginning of all channel names; a number from 0 follows
 * @param latest whether the subscriptions have the mode {@code latest} instead of all
 * @param maxRate with {@code latest}, frames a second at most; 0 for no bound
 * @param slow the share of connections that read {@link Connection#SLOW_BYTES} a second
 */
public record SubscribePlan(
    int connections,
    int channels,
    int perConnection,
    String prefix,
    boolean latest,
    double maxRate,
    double slow) {

  String channel(int index) {
    return prefix + index;
  }

  public List<String> channelNames() {
    List<String> names = new ArrayList<>(channels);
    for (int i = 0; i < channels; i++) {
      names.add(channel(i));
    }
    return names;
  }

  /** The first channel of a connection; the others follow, from 0 again after the last one. */
  int firstChannel(int connection) {
    return (int) ((long) connection * perConnection % channels);
  }

  /** The index of a channel of a connection; {@code perConnection} or more for others. */
  int slot(int firstChannel, int channel) {
    int slot = channel - firstChannel;
    return slot < 0 ? slot + channels : slot;
  }

  /** Whether a connection is slow; slow connections are spread evenly among the others. */
  boolean isSlow(int connection) {
    return (long) ((connection + 1) * slow) > (long) (connection * slow);
  }

  /** The request that subscribes a connection to its channels. */
  public String request(int connection) {
    return subscribe(i -> item(channelOf(connection, i)));
  }

  /** The request of a returning connection, with its position in each of its channels. */
  String recovery(int connection, IntFunction<Position> held) {
    return subscribe(i -> {
      Position position = held.apply(i);
      return "{\"channel\":\"%s\",\"recover\":{\"epoch\":\"%s\",\"seq\":%d}}"
          .formatted(channelOf(connection, i), position.epoch(), position.seq());
    });
  }

  private String channelOf(int connection, int index) {
    return channel((firstChannel(connection) + index) % channels);
  }

  private String subscribe(IntFunction<String> item) {
    return IntStream.range(0, perConnection)
        .mapToObj(item)
        .collect(Collectors.joining(",", "{\"action\":\"subscribe\",\"channels\":[", "]}"));
  }

  private String item(String channel) {
    String rate = maxRate == 0 ? "" : String.format(Locale.ROOT, ",\"maxRate\":%s", maxRate);
    return latest
        ? "{\"channel\":\"%s\",\"mode\":\"latest\"%s}".formatted(channel, rate)
        : "\"" + channel + "\"";
  }
}
