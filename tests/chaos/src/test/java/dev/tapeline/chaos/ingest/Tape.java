package dev.tapeline.chaos.ingest;

import java.math.BigDecimal;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The publications that a client sees on the channels of a feed, in order. The simulator counts its
 * trades and its volumes from the beginning of each run, so that a number that falls tells of
 * another run.
 */
final class Tape implements WebSocket.Listener {

  private static final JsonMapper JSON = new JsonMapper();

  private final StringBuilder text = new StringBuilder();
  private final Map<String, List<Seen>> channels = new TreeMap<>();
  private final Map<String, String> epochs = new HashMap<>();

  /** A publication: its place, its payload, and when it came. */
  record Seen(String epoch, long seq, JsonNode data, long nanos) {

    /** Of a trade its number in the run; of a tick the volume of the run. */
    BigDecimal number() {
      JsonNode trade = data.path("data").path("t");
      return (trade.isMissingNode() ? data.path("volume") : trade).asDecimal(BigDecimal.ZERO);
    }

    /** Whether nothing of its run can be before it. */
    boolean begins() {
      JsonNode trade = data.path("data").path("t");
      return trade.isMissingNode()
          ? data.path("volume").asDecimal(BigDecimal.ZERO).compareTo(quantity()) == 0
          : trade.asLong() == 1;
    }

    private BigDecimal quantity() {
      return data.path("ltq").asDecimal(BigDecimal.ZERO);
    }
  }

  @Override
  public synchronized @Nullable CompletionStage<?> onText(
      WebSocket socket, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      take(text.toString());
      text.setLength(0);
    }
    socket.request(1);
    return null;
  }

  synchronized void take(String json) {
    JsonNode frame = JSON.readTree(json);
    String channel = frame.path("channel").asString("");
    if (frame.has("epoch")) {
      epochs.put(channel, frame.path("epoch").asString());
    }
    if (frame.path("type").asString().equals("data")) {
      String epoch = epochs.getOrDefault(channel, "");
      channels
          .computeIfAbsent(channel, _ -> new ArrayList<>())
          .add(new Seen(epoch, frame.path("seq").asLong(), frame.path("data"), System.nanoTime()));
    }
  }

  synchronized List<Seen> on(String channel) {
    return List.copyOf(channels.getOrDefault(channel, List.of()));
  }

  synchronized List<String> channels(String prefix) {
    return channels.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
  }

  /** When the first run of a channel of trades that began after an instant was first heard of. */
  OptionalLong beginAfter(String channel, long nanos) {
    return on(channel).stream()
        .filter(seen -> seen.nanos() > nanos && seen.begins())
        .mapToLong(Seen::nanos)
        .findFirst();
  }

  /** Publications behind which an earlier run spoke: their number falls, but not to a beginning. */
  List<String> late(String channel) {
    List<String> late = new ArrayList<>();
    Seen before = null;
    for (Seen seen : on(channel)) {
      if (before != null
          && before.epoch().equals(seen.epoch())
          && seen.number().compareTo(before.number()) < 0
          && !seen.begins()) {
        late.add("%s: %s after %s".formatted(channel, seen, before));
      }
      before = seen;
    }
    return late;
  }
}
