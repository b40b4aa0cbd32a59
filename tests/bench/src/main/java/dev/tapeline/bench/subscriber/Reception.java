package dev.tapeline.bench.subscriber;

import dev.tapeline.bench.client.ClientFrames;
import dev.tapeline.bench.client.FrameScanner;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads the frames that one subscriber receives, over one connection or the next one. Owned by the
 * subscribers' thread.
 */
final class Reception implements FrameScanner.Sink {

  private final Shared shared;
  private final int number;
  private final Tally tally;
  private final Cursors cursors;
  private final int firstChannel;
  private Wire wire;
  private boolean comesBack;
  private long now;

  /**
   * @param number of the subscriber, from 0
   */
  Reception(int number, Shared shared, Wire wire) {
    SubscribePlan plan = shared.plan();
    this.number = number;
    this.shared = shared;
    this.wire = wire;
    this.tally = shared.tally(number);
    this.cursors = new Cursors(plan.perConnection(), tally);
    this.firstChannel = plan.firstChannel(number);
  }

  /** The reception over another connection, which asks for what was missed. */
  Reception comeBack(Wire over) {
    wire = over;
    comesBack = true;
    return this;
  }

  /** Subscribes to its channels, after a return from its positions on. */
  void subscribe() {
    SubscribePlan plan = shared.plan();
    String request = comesBack ? plan.recovery(number, cursors::position) : plan.request(number);
    wire.send(ClientFrames.text(request));
  }

  /** The connection, for what needs an answer. */
  interface Wire {

    void send(byte[] frame);

    void end();
  }

  /** Whether it is subscribed to all that it asked for. */
  boolean isLive() {
    return cursors.areAllOpen();
  }

  /** Notes that bytes were read at this moment, by {@link System#nanoTime}; their frames follow. */
  void onRead(int count, long nanos) {
    tally.reads++;
    tally.bytes += count;
    now = nanos;
  }

  @Override
  public void onText(byte[] bytes, int from, int to) {
    tally.frames++;
    FrameText text = shared.text();
    switch (text.read(bytes, from, to)) {
      case DATA -> onData(text);
      case GAP -> onGap(text);
      case OTHER -> onOther(bytes, from, to);
      case UNREADABLE -> tally.unreadable++;
    }
  }

  private void onData(FrameText text) {
    int slot = slot(text.channel);
    if (slot < 0) {
      tally.unreadable++;
      return;
    }
    cursors.onData(slot, text.from, text.seq, text.count);
    if (comesBack && slot == 0 && shared.comeback().isReached(text.channel, cursors.count(0))) {
      comesBack = false;
      shared.comeback().onBack(now);
    }
    if (text.due != 0 && !shared.plan().isSlow(number)) {
      shared.latencies().record(text.due, now);
    }
  }

  private void onGap(FrameText text) {
    int slot = slot(text.channel);
    if (slot < 0) {
      tally.unreadable++;
    } else {
      cursors.onGap(slot, text.from, text.seq);
    }
  }

  private void onOther(byte[] bytes, int from, int to) {
    try {
      JsonNode message = Subscribers.JSON.readTree(bytes, from, to - from);
      switch (message.path("type").asString("")) {
        case "subscribed" -> onSubscribed(message);
        case "epoch" -> onEpoch(message);
        case "error" -> shared.problem().note(number, message.toString());
        default -> {}
      }
    } catch (JacksonException _) {
      tally.unreadable++;
    }
  }

  private void onSubscribed(JsonNode message) {
    for (JsonNode rejected : message.path("rejected")) {
      onRejected(rejected);
    }
    for (JsonNode granted : message.path("channels")) {
      int slot = slotOf(granted);
      if (granted.has("epoch") && slot >= 0) {
        onGranted(slot, granted);
      }
    }
  }

  /** Handles a rejection, which may tell a returning subscriber to ask again a little later. */
  private void onRejected(JsonNode rejected) {
    long afterMillis = rejected.path("retryAfterMs").asLong(-1);
    if (comesBack && afterMillis >= 0) {
      shared.comeback().postpone(now, afterMillis, this::subscribe);
    } else {
      shared.problem().note(number, rejected.toString());
    }
  }

  private void onGranted(int slot, JsonNode granted) {
    String epoch = granted.path("epoch").asString("");
    long seq = granted.path("seq").asLong();
    if (!comesBack) {
      cursors.onSubscribed(slot, epoch, seq);
    } else if (granted.path("recovered").asBoolean(false)) {
      shared.comeback().onRecovered();
    } else {
      cursors.onRefused(slot, epoch, seq);
      comesBack = false;
      shared.comeback().onRefused(now);
    }
  }

  private void onEpoch(JsonNode message) {
    int slot = slotOf(message);
    if (slot >= 0) {
      cursors.onEpoch(slot, message.path("epoch").asString(""), message.path("seq").asLong());
    } else {
      tally.unreadable++;
    }
  }

  private int slotOf(JsonNode named) {
    String channel = named.path("channel").asString("");
    String prefix = shared.plan().prefix();
    return channel.startsWith(prefix) && channel.substring(prefix.length()).matches("[0-9]{1,6}")
        ? slot(Integer.parseInt(channel.substring(prefix.length())))
        : -1;
  }

  /** The index of a channel of this connection; negative for others. */
  private int slot(int channel) {
    int slot = shared.plan().slot(firstChannel, channel);
    return slot < shared.plan().perConnection() ? slot : -1;
  }

  @Override
  public void onPing(byte[] bytes, int from, int to) {
    wire.send(ClientFrames.pong(bytes, from, to));
  }

  @Override
  public void onClose(byte[] bytes, int from, int to) {
    shared.problem().note(number, "the server closed it" + reason(bytes, from, to));
    wire.end();
  }

  private static String reason(byte[] bytes, int from, int to) {
    if (to - from < 2) {
      return "";
    }
    int code = ((bytes[from] & 0xff) << 8) | (bytes[from + 1] & 0xff);
    String text = new String(bytes, from + 2, to - from - 2, StandardCharsets.UTF_8);
    return " with %d %s".formatted(code, text);
  }

  @Override
  public void onOddFrame(int head) {
    tally.unreadable++;
  }

  /** The number of the publisher's messages that are still to come. */
  long behind(long[] publishedByChannel) {
    long sum = 0;
    int channels = publishedByChannel.length;
    for (int i = 0; i < shared.plan().perConnection(); i++) {
      sum += cursors.behind(i, publishedByChannel[(firstChannel + i) % channels]);
    }
    return sum;
  }
}
