package dev.tapeline.hub.lane;

import dev.tapeline.core.ChannelLog.Entry;
import dev.tapeline.core.ChannelLog.Extract;
import dev.tapeline.hub.frame.EnvelopeEncoder;
import dev.tapeline.hub.frame.FrameBatch;
import dev.tapeline.hub.frame.Options;
import dev.tapeline.hub.message.Message;
import dev.tapeline.hub.ring.Ring;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A cursor that replays a durable channel's log, at the pace at which it was logged or a multiple
 * of it; the first publication comes at once. At the end of the log an ordinary cursor takes its
 * place.
 */
final class ReplaySubscription extends Subscription {

  private static final int READ_AT_ONCE = 500;
  private static final int FEW = 100;
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final EnvelopeEncoder encoder;
  private final double speed;
  private final Deque<Entry> ahead = new ArrayDeque<>();
  private long read;
  private boolean reading;
  private boolean allRead;
  private boolean timed;
  private boolean begun;
  private long firstMillis;
  private long firstNanos;

  /**
   * @param seq the number before the first one that is given
   * @param speed 1 for the pace at which it was logged
   */
  ReplaySubscription(
      Session session, LaneTopic laneTopic, Options options, long seq, double speed) {
    super(session, laneTopic, options, laneTopic.topic().ring(), seq);
    this.encoder = options.envelope().encoder(laneTopic.topic().channel());
    this.speed = speed;
    this.read = seq;
  }

  @Override
  EnvelopeEncoder encoder() {
    return encoder;
  }

  @Override
  boolean write(FrameBatch out, int budget) {
    writeFirst(out);
    int limit = out.bytes() + budget;
    long now = System.nanoTime();
    while (out.bytes() < limit && !ahead.isEmpty() && dueNanos(ahead.peek()) <= now) {
      Message message = Message.of(ahead.remove().publication(), System.currentTimeMillis(), now);
      out.add(encoder.data(message));
      seq = message.seq();
    }
    if (ring != topic().ring() || (allRead && ahead.isEmpty())) {
      goLive(out);
      return false;
    }
    readAhead();
    boolean more = !ahead.isEmpty() && dueNanos(ahead.peek()) <= now;
    if (!more && !ahead.isEmpty() && !timed) {
      timed = true;
      session.lane().schedule(this::onDue, dueNanos(ahead.peek()) - now);
    }
    return more;
  }

  private long dueNanos(Entry entry) {
    double millis = (entry.millis() - firstMillis) / speed;
    return firstNanos + (long) (millis * TimeUnit.MILLISECONDS.toNanos(1));
  }

  private void onDue() {
    timed = false;
    session.enqueue(this);
  }

  private void readAhead() {
    if (reading || allRead || ahead.size() > FEW) {
      return;
    }
    reading = true;
    Lane lane = session.lane();
    var _ =
        lane.hub()
            .bus()
            .log()
            .read(topic().channel(), read, READ_AT_ONCE)
            .whenComplete((extract, error) -> {
              if (extract == null) {
                lane.schedule(() -> onRead(null), RETRY_NANOS);
              } else {
                lane.execute(() -> onRead(extract));
              }
            });
  }

  private void onRead(@Nullable Extract extract) {
    reading = false;
    if (extract != null) {
      boolean whole = extract.top().epoch().equals(ring.epoch()) && extract.oldest() <= read + 1;
      if (whole) {
        extract.entries().stream().findFirst().ifPresent(this::beginWith);
        ahead.addAll(extract.entries());
        read += extract.entries().size();
      }
      allRead = !whole || extract.entries().isEmpty();
    }
    session.enqueue(this);
  }

  private void beginWith(Entry first) {
    if (!begun) {
      begun = true;
      firstMillis = first.millis();
      firstNanos = System.nanoTime();
    }
  }

  /** Lets an ordinary cursor go on behind what was given. */
  private void goLive(FrameBatch out) {
    if (ring != topic().ring()) {
      tellEpoch(out, topic().ring());
    }
    session.cursors().goLive(this);
  }

  @Override
  void goOnIn(Ring before, long number, boolean merged) {
    throw new IllegalStateException("a replay takes nobody's place");
  }

  @Override
  void resumeAfter(long number) {
    seq = number;
    read = number;
    ahead.clear();
    allRead = false;
  }

  @Override
  void release() {
    ahead.clear();
  }
}
