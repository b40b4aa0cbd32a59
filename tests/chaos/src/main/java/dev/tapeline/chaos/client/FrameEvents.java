package dev.tapeline.chaos.client;

import dev.tapeline.chaos.client.ClientFrameReader.Frame;
import dev.tapeline.chaos.history.Event;
import dev.tapeline.core.Position;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Translates between the native protocol's frames and the events of a record. */
final class FrameEvents {

  private FrameEvents() {}

  /** The subscribe request for all wishes, with the positions that the client holds. */
  static String request(List<Wish> wishes, Function<Wish, @Nullable Position> held) {
    ObjectNode request = ClientFrameReader.JSON.createObjectNode().put("action", "subscribe");
    ArrayNode channels = request.putArray("channels");
    wishes.forEach(wish -> channels.add(item(wish, held.apply(wish))));
    return request.toString();
  }

  private static ObjectNode item(Wish wish, @Nullable Position position) {
    ObjectNode item = ClientFrameReader.JSON.createObjectNode().put("channel", wish.channel());
    if (wish.latest()) {
      item.put("mode", "latest");
    }
    if (wish.maxRate() > 0) {
      item.put("maxRate", wish.maxRate());
    }
    item.put("snapshot", wish.snapshot());
    if (position != null) {
      item.putObject("recover").put("epoch", position.epoch()).put("seq", position.seq());
    }
    return item;
  }

  /** The events on a channel that a client saw by this frame; other frames give none. */
  static List<Event.Seen> of(String client, Frame frame) {
    return switch (frame.type()) {
      case "data" -> List.of(data(client, frame));
      case "snapshot" ->
          List.of(
              new Event.Snapshot(
                  client, frame.channel(), frame.number("seq"), frame.epoch(), frame.payload()));
      case "gap" -> gap(client, frame);
      case "epoch" ->
          List.of(
              new Event.Epoch(
                  client,
                  frame.channel(),
                  new Position(frame.text("epoch"), frame.number("seq")),
                  frame.text("reason")));
      case "mode" ->
          List.of(new Event.Mode(client, frame.channel(), frame.text("mode").equals("latest")));
      default -> List.of();
    };
  }

  /**
   * The events of a gap, which also gives the epoch if it is the channel's first frame for a client
   * by pattern.
   */
  private static List<Event.Seen> gap(String client, Frame frame) {
    String channel = frame.channel();
    long from = frame.number("from");
    Event.Seen gap = new Event.Gap(client, channel, from, frame.number("to"), frame.text("reason"));
    String epoch = frame.epoch();
    return epoch == null
        ? List.of(gap)
        : List.of(
            new Event.Epoch(client, channel, new Position(epoch, from - 1), "announced"), gap);
  }

  private static Event.Seen data(String client, Frame frame) {
    long seq = frame.number("seq");
    return frame.fields().has("merged")
        ? new Event.Merged(
            client,
            frame.channel(),
            frame.number("from"),
            seq,
            frame.number("merged"),
            frame.epoch(),
            frame.payload())
        : new Event.Data(client, frame.channel(), seq, frame.epoch(), frame.payload());
  }
}
