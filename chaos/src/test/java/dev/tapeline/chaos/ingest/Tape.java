package dev.tapeline.chaos.ingest;

import java.math.BigDecimal;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a client sees on the channels of a feed, in order. The simulator counts its trades and its
 * volumes from the beginning of each run, so that a number that falls tells of another run.
 */
final class Tape implements WebSocket.Listener {

  private static final JsonMapper JSON = new JsonMapper();

  private final StringBuilder text = new StringBuilder();
  private final Map<String, List<Seen>> channels = new TreeMap<>();
  private final Map<String, String> epochs = new HashMap<>();
  private final List<String> others = new ArrayList<>();

  /** A publication: its place, its payload, and when it came. */
  record Seen(String epoch, long seq, JsonNode data, long nanos) {

    long trade() {
      return data.path("data").path("t").asLong();
    }

    /** In parts of a billion, as some are small. */
    long volume() {
      return data.path("volume").asDecimal(BigDecimal.ZERO).scaleByPowerOfTen(9).longValue();
    }
  }

  @Override
  public synchronized @Nullable CompletionStage<?> onText(
      WebSocket socket, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      take(JSON.readTree(text.toString()));
      text.setLength(0);
    }
    socket.request(1);
    return null;
  }

  private void take(JsonNode frame) {
    String channel = frame.path("channel").asString("");
    if (frame.has("epoch")) {
      epochs.put(channel, frame.path("epoch").asString());
    }
    switch (frame.path("type").asString()) {
      case "data" -> {
        String epoch = epochs.getOrDefault(channel, "");
        channels
            .computeIfAbsent(channel, _ -> new ArrayList<>())
            .add(
                new Seen(epoch, frame.path("seq").asLong(), frame.path("data"), System.nanoTime()));
      }
      case "subscribed", "snapshot", "status", "pong" -> {}
      default -> others.add(frame.toString());
    }
  }

  synchronized List<Seen> on(String channel) {
    return List.copyOf(channels.getOrDefault(channel, List.of()));
  }

  synchronized List<String> channels(String prefix) {
    return channels.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
  }

  /** Gaps, epochs and errors. */
  synchronized List<String> others() {
    return List.copyOf(others);
  }

  /**
   * How often a number has fallen on a channel: each time another run began, or an old one spoke.
   */
  int falls(String channel, ToLongFunction<Seen> number) {
    int falls = 0;
    long before = 0;
    for (Seen seen : on(channel)) {
      long now = number.applyAsLong(seen);
      falls += now < before ? 1 : 0;
      before = now;
    }
    return falls;
  }

  /** When the first publication of a later run came: that of the given fall, from 1. */
  long nanosOfFall(String channel, int which) {
    int falls = 0;
    long before = 0;
    for (Seen seen : on(channel)) {
      falls += seen.trade() < before ? 1 : 0;
      if (falls == which) {
        return seen.nanos();
      }
      before = seen.trade();
    }
    throw new AssertionError(channel + " has no run " + which);
  }
}
