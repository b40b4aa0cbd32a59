package dev.tapeline.chaos.history;

import dev.tapeline.core.Position;
import org.jspecify.annotations.Nullable;

/**
 * An action of a publisher, or something that a client saw. A digest stands for the payload's
 * bytes, which no other publication has.
 */
public sealed interface Event {

  /** A step in the life of a publication, which its publisher numbers for each channel. */
  sealed interface Published extends Event {
    String publisher();

    String channel();

    long number();
  }

  /** It is about to be sent; again, if it was sent before with the same idempotency key. */
  record Attempted(String publisher, String channel, long number, String digest)
      implements Published {}

  /**
   * It was published.
   *
   * @param position null for a plain message
   */
  record Acknowledged(String publisher, String channel, long number, @Nullable Position position)
      implements Published {}

  /** It was certainly not published. */
  record Refused(String publisher, String channel, long number, String reason)
      implements Published {}

  /** It may have been published, may still be, or not. */
  record Unclear(String publisher, String channel, long number, String reason)
      implements Published {}

  /** Something that a client saw on one channel. */
  sealed interface Seen extends Event {
    String client();

    String channel();
  }

  /**
   * A subscription is asked for.
   *
   * @param channel or a pattern
   * @param recover the position that the client holds
   */
  record Asked(String client, String channel, boolean latest, @Nullable Position recover)
      implements Seen {}

  /**
   * The answer to {@link Asked}.
   *
   * @param position null for a pattern, and while pending
   */
  record Subscribed(String client, String channel, @Nullable Position position, boolean recovered)
      implements Seen {}

  /**
   * A publication.
   *
   * @param epoch what the first one of a channel carries that a pattern matched
   */
  record Data(String client, String channel, long seq, @Nullable String epoch, String digest)
      implements Seen {}

  /** The newest of some publications, the others left out. */
  record Merged(
      String client,
      String channel,
      long from,
      long seq,
      long merged,
      @Nullable String epoch,
      String digest)
      implements Seen {}

  /** The newest publication of before the live ones. */
  record Snapshot(String client, String channel, long seq, @Nullable String epoch, String digest)
      implements Seen {}

  record Gap(String client, String channel, long from, long to, String reason) implements Seen {}

  record Epoch(String client, String channel, Position position, String reason) implements Seen {}

  /** The server has changed the subscription's mode. */
  record Mode(String client, String channel, boolean latest) implements Seen {}

  record Connected(String client, String node) implements Event {}

  record Disconnected(String client, String reason) implements Event {}

  /** A fault of the processes and links. */
  record Fault(String name, String detail) implements Event {}

  /** The faults are over: each client has to see what is published from here on. */
  record Quiet() implements Event {}

  /** An entry that the log has at the end. */
  record Logged(String channel, Position position, String digest) implements Event {}

  /**
   * The position of a durable channel at the end; its entries precede it.
   *
   * @param oldest the lowest number that its log has
   */
  record Top(String channel, Position position, long oldest) implements Event {}

  /** Everything that was to arrive has arrived. */
  record Ended() implements Event {}
}
