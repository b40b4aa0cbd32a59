package dev.tapeline.redis.receive;

import static dev.tapeline.fuzz.Findings.check;

import dev.tapeline.fuzz.Input;
import dev.tapeline.redis.log.LogEntry;
import dev.tapeline.redis.wire.ChannelNames;
import dev.tapeline.redis.wire.MalformedReplyException;
import java.util.Arrays;

/** What the library of the logs broadcasts and answers. */
public final class BroadcastDecoders {

  private static final int PREFIX = 2;

  private BroadcastDecoders() {}

  /** A partition's broadcast. */
  public static void broadcast(Input input) {
    try {
      Broadcast broadcast = Broadcast.parse(input.bytes(), new ChannelNames(PREFIX));
      for (Broadcast.Item item : broadcast.items()) {
        if (item.hasEntry()) {
          check(item.publication().position() != null, "no position");
        }
        check(item.position().seq() >= 0 && !item.text().isEmpty() == item.hasEntry(), "no place");
      }
    } catch (MalformedReplyException e) {
      // as it should
    }
  }

  /** An entry of a log. */
  public static void entry(Input input) {
    try {
      LogEntry entry = LogEntry.parse(input.bytes());
      byte[] payload = entry.payload();
      byte[] all = input.bytes();
      check(
          Arrays.equals(payload, Arrays.copyOfRange(all, all.length - payload.length, all.length)),
          "another payload");
    } catch (MalformedReplyException e) {
      // as it should
    }
  }
}
