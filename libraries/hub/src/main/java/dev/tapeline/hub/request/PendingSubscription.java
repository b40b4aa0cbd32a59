package dev.tapeline.hub.request;

import dev.tapeline.core.Channel;
import dev.tapeline.core.ChannelLog;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.Position;
import dev.tapeline.core.Selector;
import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.frame.Mode;
import dev.tapeline.hub.frame.Options;
import dev.tapeline.hub.lane.Session;
import dev.tapeline.hub.lane.Subscription;
import dev.tapeline.hub.request.SubscriptionRequest.Start;
import dev.tapeline.hub.ring.Encoding;
import dev.tapeline.hub.topic.Availability;
import dev.tapeline.hub.topic.Hub;
import dev.tapeline.hub.topic.Topic;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One subscription of a request, until it is answered: first the bus has to deliver what it
 * selects, then what the client has missed has to be read, then a cursor is placed. Owned by the
 * session's lane.
 */
final class PendingSubscription {

  private final Session session;
  private final Hub hub;
  private final SubscriptionRequest request;
  private final long askedNanos;
  private final Consumer<PendingSubscription> onNews;
  private boolean live;
  private boolean looking;

  /** The position in front of the instant that it starts at; set by the log's thread. */
  private volatile @Nullable Position found;

  /** Keeps the frames that come between the look at the ring and the cursor. */
  private @Nullable Hold hold;

  /**
   * @param nanos when the client asked, on the monotonic clock
   * @param onNews called on the lane whenever something that it waits for has come
   */
  PendingSubscription(
      Session session,
      SubscriptionRequest request,
      long nanos,
      Consumer<PendingSubscription> onNews) {
    this.session = session;
    this.hub = session.lane().hub();
    this.request = request;
    this.askedNanos = nanos;
    this.onNews = onNews;
  }

  /** A reader of a channel that stands in until the cursor is placed. */
  private record Hold(Topic topic, Encoding encoding) {

    static Hold enter(Topic topic, Encoding encoding) {
      Topic.Entrance _ = topic.enter(encoding);
      return new Hold(topic, encoding);
    }

    void leave() {
      topic.leave(encoding);
    }
  }

  Selector selector() {
    return request.selector();
  }

  /** Notes the subscription at the session; {@link #ask} follows. */
  void note() {
    session.note(selector(), request.options());
  }

  /** Asks the hub for the selector, unless the session has asked already. */
  void ask() {
    if (session.ask(selector())) {
      hub.acquire(selector(), this::lookLater);
    } else {
      hub.whenLive(selector(), this::onLiveNow);
    }
  }

  /**
   * The bus delivers the selector. Runs at once if on the lane's thread: a subscription that
   * changes its options would miss publications otherwise.
   */
  private void onLiveNow() {
    if (session.lane().isCurrentThread()) {
      look();
    } else {
      lookLater();
    }
  }

  private void lookLater() {
    session.lane().inTurn(this::look);
  }

  private void look() {
    live = true;
    onNews.accept(this);
  }

  /**
   * Has the log read for what the client gets first, unless it is here. Called once the bus
   * delivers.
   */
  Availability awaitLog() {
    Topic topic = hub.find(selector().text());
    if (request.start() == null || topic == null || !topic.isDurable()) {
      return Availability.READY;
    }
    return switch (request.start()) {
      case Start.Recover(Position held) -> awaitPosition(topic, held);
      case Start.Since since -> {
        Position held = found;
        if (held == null) {
          yield locate(since);
        }
        yield since.speed() == 0 ? awaitPosition(topic, held) : Availability.READY;
      }
    };
  }

  private Availability awaitPosition(Topic topic, Position held) {
    return switch (topic.awaitPosition(held, askedNanos, session.lane(), this::lookLater)) {
      case WAITING -> Availability.WAITING;
      case READY -> readMissed(topic, held);
    };
  }

  private Availability readMissed(Topic topic, Position held) {
    Options options = session.cursors().effective(topic, request.options());
    if (options.mode() != Mode.ALL) {
      return Availability.READY;
    }
    Encoding encoding = session.encoding(options);
    keepFrames(topic, encoding);
    return topic.readMissed(held, encoding, session.lane(), this::lookLater);
  }

  /** Keeps frames of this encoding from now on. */
  private void keepFrames(Topic topic, Encoding encoding) {
    Hold before = hold;
    if (before == null || before.topic() != topic || !before.encoding().equals(encoding)) {
      hold = Hold.enter(topic, encoding);
      if (before != null) {
        before.leave();
      }
    }
  }

  /** Looks the place of an instant up, once. */
  private Availability locate(Start.Since since) {
    if (looking) {
      return Availability.READY;
    }
    looking = true;
    var _ =
        hub.bus()
            .log()
            .readSince(selector().text(), since.millis(), 1)
            .whenComplete((extract, error) -> {
              if (extract != null) {
                found = placeBefore(extract);
              }
              lookLater();
            });
    return Availability.WAITING;
  }

  private static Position placeBefore(ChannelLog.Extract extract) {
    Position first =
        extract.entries().isEmpty() ? null : extract.entries().getFirst().publication().position();
    return first == null ? extract.top() : new Position(first.epoch(), first.seq() - 1);
  }

  /** Places the cursor; as pending, if the bus does not deliver yet. */
  SubscriptionGrant grant() {
    session.grant(selector(), request.options());
    return switch (selector()) {
      case Channel channel -> grantChannel(channel);
      case Pattern pattern -> grantPattern(pattern);
    };
  }

  private SubscriptionGrant grantChannel(Channel channel) {
    Topic topic = hub.obtain(channel.name());
    if (!live) {
      hub.topics().expire(topic);
    }
    if (!live && topic.isStale()) {
      Subscription cursor = attach(topic);
      return new SubscriptionGrant(
          channel, cursor.options(), null, 0, true, topic.isDurable(), null, null);
    }
    return grantPlaced(channel, topic);
  }

  private SubscriptionGrant grantPlaced(Channel channel, Topic topic) {
    Position held = request.start() instanceof Start.Recover(Position h) ? h : found;
    if (request.start() instanceof Start.Since since
        && since.speed() > 0
        && held != null
        && held.epoch().equals(topic.ring().epoch())) {
      Subscription cursor =
          session.cursors().replay(topic, request.options(), held.seq(), since.speed());
      return granted(channel, cursor, held.seq(), true, null);
    }
    if (request.start() == null) {
      Subscription cursor = attach(topic);
      Frame newest = request.options().snapshot() ? cursor.takeSnapshot().orElse(null) : null;
      return granted(channel, cursor, cursor.seq(), null, newest);
    }
    session.cursors().endReplay(topic.channel());
    return recover(channel, attach(topic), held);
  }

  /** Continues after the position that the client holds, or else begins at the newest. */
  private SubscriptionGrant recover(Channel channel, Subscription cursor, @Nullable Position held) {
    long head = cursor.seq();
    boolean recovered = held != null && cursor.recover(held);
    count(recovered);
    if (recovered) {
      return granted(channel, cursor, head, true, null);
    }
    Frame newest = cursor.takeSnapshot().orElse(null);
    return granted(channel, cursor, cursor.seq(), false, newest);
  }

  private Subscription attach(Topic topic) {
    Subscription cursor = session.cursors().attach(topic, request.options());
    cursor.tellByName();
    return cursor;
  }

  private static SubscriptionGrant granted(
      Channel channel,
      Subscription cursor,
      long seq,
      @Nullable Boolean recovered,
      @Nullable Frame snapshot) {
    return new SubscriptionGrant(
        channel,
        cursor.options(),
        cursor.epoch(),
        seq,
        false,
        cursor.topic().isDurable(),
        recovered,
        snapshot);
  }

  private void count(boolean recovered) {
    (recovered ? hub.counters().recovered : hub.counters().recoveryRefused).increment();
  }

  private SubscriptionGrant grantPattern(Pattern pattern) {
    session.lane().addPattern(session, pattern);
    boolean snapshot = request.options().snapshot();
    hub.topics().forEachMatch(pattern, topic -> session.attachByPattern(topic, snapshot));
    return new SubscriptionGrant(pattern, request.options(), null, 0, !live, false, null, null);
  }

  /** The request has been answered, or its session has ended. */
  void end() {
    if (hold != null) {
      hold.leave();
      hold = null;
    }
  }
}
