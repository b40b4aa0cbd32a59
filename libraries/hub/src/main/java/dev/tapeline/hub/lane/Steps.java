package dev.tapeline.hub.lane;

import dev.tapeline.hub.delivery.Ladder;
import dev.tapeline.hub.delivery.Level;
import dev.tapeline.hub.delivery.Options;
import dev.tapeline.hub.delivery.Shape;
import java.util.Collection;
import java.util.List;

/** Moves one session's subscriptions along the {@link Ladder}. Owned by its lane. */
final class Steps {

  private final Session session;
  private final Ladder ladder;

  Steps(Session session, Ladder ladder) {
    this.session = session;
    this.ladder = ladder;
  }

  Level level() {
    return ladder.level();
  }

  /** Whether subscriptions that may be merged give nothing for the time being. */
  boolean isHeld() {
    return ladder.level() == Level.SNAPSHOT;
  }

  boolean isAtRest() {
    return ladder.isAtRest();
  }

  /**
   * Looks whether the client keeps up, and gives it less or more if need be.
   *
   * @param keptUp whether it had all at some time since the last look
   */
  void look(boolean keptUp, long now) {
    Level before = ladder.level();
    if (ladder.look(keptUp, session.missing(), isFar(session.cursors().all()), now)) {
      step(before);
    }
  }

  private static boolean isFar(Collection<Subscription> cursors) {
    return cursors.stream()
        .anyMatch(cursor ->
            cursor instanceof AllSubscription all
                && cursor.topic().mayBeLatest()
                && all.isPastHalf());
  }

  private void step(Level from) {
    boolean down = level().compareTo(from) > 0;
    HubCounters counters = session.lane().counters();
    (down ? counters.stepsDown : counters.stepsUp).increment();
    if (level() == Level.CLOSED) {
      session.giveUp();
      return;
    }
    Shape.ModeReason reason = down ? Shape.ModeReason.SLOW : Shape.ModeReason.RECOVERED;
    List.copyOf(session.cursors().all()).forEach(cursor -> stepOne(cursor, from, reason));
  }

  /** Changes what one cursor gives, and has it say so, if the step makes a difference to it. */
  private void stepOne(Subscription cursor, Level from, Shape.ModeReason reason) {
    Options granted = session.granted(cursor.topic());
    if (granted == null || cursor instanceof ReplaySubscription) {
      return;
    }
    Topic topic = cursor.topic();
    boolean held = topic.mayBeLatest() && (from == Level.SNAPSHOT || isHeld());
    Options options = topic.effective(granted, level());
    boolean other = !options.equals(cursor.options());
    if (other || held) {
      Subscription now = other ? session.cursors().replace(cursor, options) : cursor;
      now.tellMode(reason);
      session.enqueue(now);
    }
  }
}
