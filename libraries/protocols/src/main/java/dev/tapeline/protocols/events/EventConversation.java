package dev.tapeline.protocols.events;

import static dev.tapeline.json.Json.ascii;

import dev.tapeline.core.SourceStatus;
import dev.tapeline.hub.lane.Session;
import dev.tapeline.protocols.spi.CloseCode;
import dev.tapeline.protocols.spi.CloseReason;
import dev.tapeline.protocols.spi.Conversation;
import dev.tapeline.protocols.spi.Opening;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A conversation that subscribes for the client and sends it its position. Owned by the
 * connection's lane.
 */
final class EventConversation implements Conversation {

  /** How long a client waits before it reconnects. */
  private static final long RETRY_MILLIS = 1_000;

  private final Session session;
  private final Conversation messages;
  private String told = "";

  EventConversation(Session session, Conversation messages) {
    this.session = session;
    this.messages = messages;
  }

  @Override
  public void begin(Opening opening) {
    messages.begin(opening);
    EventRequest request = EventRequest.of(opening);
    tellRetry(RETRY_MILLIS);
    List<String> channels = request.channels();
    session.endWritesWith(() -> position(channels));
    boolean _ = messages.onText(request.subscribe());
  }

  /**
   * An event with the position as its id. It is empty if the id has not changed, or if no channel
   * can be recovered. It has a name, so that no page handles it as a message. It has an empty
   * {@code data} line, because npm's {@code eventsource} ignores the id of an event without one.
   */
  private byte[] position(List<String> channels) {
    String id = EventId.of(channels, name -> session.recoverable(name).orElse(null));
    if (id.equals(told) || id.indexOf('.') < 0) {
      return new byte[0];
    }
    told = id;
    return ("event: position\nid: " + id + "\ndata:\n\n").getBytes(StandardCharsets.UTF_8);
  }

  private void tellRetry(long millis) {
    session.sendBytes(ascii("retry: " + millis + "\n\n"));
    session.flush();
  }

  /** Never called: the client can't send messages. */
  @Override
  public boolean onText(String text) {
    return false;
  }

  @Override
  public void onStatus(SourceStatus status) {
    messages.onStatus(status);
  }

  @Override
  public void onRateExceeded(int ratePerSecond) {
    messages.onRateExceeded(ratePerSecond);
  }

  @Override
  public void onReconnect(long afterMillis) {
    tellRetry(afterMillis);
    messages.onReconnect(afterMillis);
  }

  @Override
  public void onTooManyMatches() {
    messages.onTooManyMatches();
  }

  @Override
  public CloseCode closeCode(CloseReason reason) {
    return messages.closeCode(reason);
  }
}
