package dev.tapeline.hub.lane;

import dev.tapeline.hub.frame.Envelope;
import dev.tapeline.hub.frame.Mode;
import dev.tapeline.hub.frame.Options;
import dev.tapeline.hub.slow.PacedClient;
import dev.tapeline.hub.slow.Tier;
import dev.tapeline.hub.topic.Topic;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A session's cursors, one on each channel that it gets: opens, replaces and ends them. Owned by
 * the session's lane.
 */
public final class SessionCursors implements PacedClient {

  private final Session session;
  private final Lane lane;
  private final WriteQueue writeQueue;
  private final Map<String, Subscription> cursors = new HashMap<>(2);

  SessionCursors(Session session, Lane lane, WriteQueue writeQueue) {
    this.session = session;
    this.lane = lane;
    this.writeQueue = writeQueue;
  }

  Optional<Subscription> on(String channel) {
    return Optional.ofNullable(cursors.get(channel));
  }

  boolean has(String channel) {
    return cursors.containsKey(channel);
  }

  int count() {
    return cursors.size();
  }

  /** The channels with a cursor. */
  Set<String> channels() {
    return cursors.keySet();
  }

  /** The cursors as they are now. */
  Collection<Subscription> all() {
    return cursors.values();
  }

  /** Publications that are here and still to be written, on all its channels. */
  @Override
  public long missing() {
    return cursors.values().stream().mapToLong(Subscription::missing).sum();
  }

  @Override
  public boolean isBlocked() {
    return writeQueue.isBlocked();
  }

  @Override
  public boolean takeKeptUp() {
    return writeQueue.takeKeptUp();
  }

  @Override
  public boolean isPastHalf() {
    return cursors.values().stream()
        .anyMatch(cursor ->
            cursor instanceof AllSubscription all
                && cursor.topic().mayBeLatest()
                && all.isPastHalf());
  }

  @Override
  public void giveUp() {
    session.giveUp();
  }

  @Override
  public void onStep(Tier from, Envelope.ModeReason reason) {
    List.copyOf(cursors.values()).forEach(cursor -> stepOne(cursor, from, reason));
  }

  /**
   * Changes the options of one cursor, and has it tell the client, if the step makes a difference.
   */
  private void stepOne(Subscription cursor, Tier from, Envelope.ModeReason reason) {
    Options granted = session.granted(cursor.topic());
    if (granted == null || cursor instanceof ReplaySubscription) {
      return;
    }
    Topic topic = cursor.topic();
    boolean held = topic.mayBeLatest() && (from == Tier.SNAPSHOT || session.isHeld());
    Options options = effective(topic, granted);
    boolean other = !options.equals(cursor.options());
    if (other || held) {
      Subscription now = other ? replace(cursor, options) : cursor;
      now.tellMode(reason);
      session.enqueue(now);
    }
  }

  /** The options in effect now for those asked for. */
  public Options effective(Topic topic, Options asked) {
    return effective(topic, asked, session.tier());
  }

  private static Options effective(Topic topic, Options asked, Tier tier) {
    return tier.limit(asked, topic.kind(), topic.mayBeLatest());
  }

  /** Puts a cursor on a channel at its newest number, or changes the one that is there. */
  public Subscription attach(Topic topic, Options asked) {
    Options options = effective(topic, asked);
    Subscription cursor = cursors.get(topic.channel());
    if (cursor == null) {
      return open(topic, asked, options);
    }
    if (!options.equals(cursor.options())) {
      return replace(cursor, options);
    }
    if (cursor instanceof AllSubscription all) {
      all.stay();
    }
    return cursor;
  }

  /** Opens a cursor; one that gives less than was asked for says so. */
  private Subscription open(Topic topic, Options asked, Options options) {
    Subscription cursor = openAt(topic, options);
    if (!options.equals(effective(topic, asked, Tier.AS_ASKED))) {
      cursor.tellMode(Envelope.ModeReason.SLOW);
      writeQueue.enqueue(cursor);
    }
    return cursor;
  }

  private Subscription openAt(Topic topic, Options options) {
    LaneTopic laneTopic = lane.topic(topic);
    Subscription cursor =
        switch (options.mode()) {
          case ALL -> laneTopic.addAll(session, options);
          case LATEST -> laneTopic.addLatest(session, options, topic.ring(), topic.ring().head());
        };
    cursors.put(topic.channel(), cursor);
    return cursor;
  }

  /**
   * Replays a durable channel's log after a number, in place of the cursor that was there.
   *
   * @param speed 1 for the pace at which it was logged
   */
  public Subscription replay(Topic topic, Options options, long seq, double speed) {
    detach(topic.channel());
    ReplaySubscription cursor = lane.topic(topic).addReplay(session, options, seq, speed);
    cursors.put(topic.channel(), cursor);
    writeQueue.enqueue(cursor);
    return cursor;
  }

  /** Ends a replay, as the client wants to begin elsewhere. */
  public void endReplay(String channel) {
    if (cursors.get(channel) instanceof ReplaySubscription) {
      detach(channel);
    }
  }

  /** Replaces a replay that has come to its end by an ordinary cursor. */
  void goLive(ReplaySubscription replay) {
    Subscription _ = succeed(replay, topicOptions(replay));
  }

  private Options topicOptions(Subscription cursor) {
    return effective(cursor.topic(), cursor.options());
  }

  /**
   * Replaces a cursor by one with other options, which goes on where the old one stands. In mode
   * {@code all} with another encoding, the old one first writes what the new encoding does not
   * have.
   */
  Subscription replace(Subscription old, Options options) {
    if (old instanceof AllSubscription all
        && options.mode() == Mode.ALL
        && all.finishFirst(options)) {
      writeQueue.enqueue(all);
      return all;
    }
    return succeed(old, options);
  }

  Subscription succeed(Subscription old, Options options) {
    Subscription fresh = openAt(old.topic(), options);
    fresh.inherit(old);
    remove(old);
    fresh.goOnIn(old.ring, old.seq(), old instanceof LatestSubscription);
    writeQueue.enqueue(fresh);
    return fresh;
  }

  /** Ends the cursors on the channels for which the predicate is true. */
  void detach(Predicate<String> ended) {
    List.copyOf(cursors.keySet()).stream().filter(ended).forEach(this::detach);
  }

  void detach(String name) {
    Subscription cursor = cursors.remove(name);
    if (cursor != null) {
      remove(cursor);
    }
  }

  private void remove(Subscription cursor) {
    cursor.laneTopic.remove(cursor);
    writeQueue.remove(cursor);
  }
}
