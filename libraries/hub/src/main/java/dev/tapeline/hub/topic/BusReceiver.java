package dev.tapeline.hub.topic;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Channel;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import dev.tapeline.hub.frame.Envelope;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Appends what the bus delivers to the hub's channels, once each and in order, and begins a new
 * epoch where publications may be missing. Runs on the bus's thread.
 */
final class BusReceiver implements Bus.Listener {

  private final Hub hub;
  private final Bus bus;
  private final Interest interest;
  private final HubCounters counters;
  private final int maxPayloadBytes;
  private final Consumer<Bus.State> onState;

  BusReceiver(
      Hub hub, Bus bus, Interest interest, int maxPayloadBytes, Consumer<Bus.State> onState) {
    this.hub = hub;
    this.bus = bus;
    this.interest = interest;
    this.counters = hub.counters();
    this.maxPayloadBytes = maxPayloadBytes;
    this.onState = onState;
  }

  @Override
  public void onSubscribed(Selector selector, List<Publication> last) {
    long millis = System.currentTimeMillis();
    long nanos = System.nanoTime();
    for (Publication publication : last) {
      if (accept(publication) == Screening.ACCEPTED) {
        Topic topic = hub.obtain(publication.channel(), publication.position());
        topic.begin(publication, millis, nanos);
        hub.show(topic);
      }
    }
    hub.topics().stale(selector).forEach(this::renew);
    interest.confirm(selector);
  }

  private void renew(Topic topic) {
    topic.renew(hub.newEpoch(), Envelope.EpochReason.UPSTREAM);
    hub.topics().onRenewed(topic);
  }

  @Override
  public void onPosition(String channel, Position position, @Nullable Publication newest) {
    if (!Channel.isValid(channel)) {
      counters.droppedInvalidName.increment();
      return;
    }
    Topic topic = hub.obtain(channel, position);
    place(topic, position);
    if (newest != null && accept(newest) == Screening.ACCEPTED) {
      topic.begin(newest, System.currentTimeMillis(), System.nanoTime());
      hub.show(topic);
    }
  }

  /** Lets a durable channel go on after the position, in a new epoch if it is of another one. */
  private void place(Topic topic, Position position) {
    if (!topic.ring().epoch().equals(position.epoch())) {
      topic.renew(position, Envelope.EpochReason.RESTART);
    }
  }

  @Override
  public void onPublication(Publication publication) {
    counters.publications.increment();
    if (accept(publication) == Screening.DROPPED) {
      return;
    }
    Topic topic = hub.find(publication.channel());
    if (topic == null ? !begins(publication) : isLeftOver(topic, publication)) {
      counters.droppedUnwanted.increment();
      return;
    }
    if (topic == null) {
      topic = hub.obtain(publication.channel(), before(publication));
    }
    if (prepare(topic, publication) == Turn.REPEATED) {
      counters.droppedRepeated.increment();
      return;
    }
    hub.show(topic);
    topic.append(publication, System.currentTimeMillis(), System.nanoTime());
    hub.relieve();
  }

  /** Whether a channel that is not here yet is made for this publication. */
  private boolean begins(Publication publication) {
    String channel = publication.channel();
    return publication.position() == null ? isDelivered(channel) : interest.covers(channel);
  }

  /**
   * Whether a plain publication was sent before the bus delivers the channel again. What follows it
   * may be missing, so that no epoch may begin with it.
   */
  private boolean isLeftOver(Topic topic, Publication publication) {
    return publication.position() == null && topic.isStale() && !isDelivered(publication.channel());
  }

  /**
   * Whether a plain channel is delivered without a gap from now on. While the bus is down, this
   * node's own publications are.
   */
  private boolean isDelivered(String channel) {
    return bus.state() == Bus.State.DOWN ? interest.covers(channel) : interest.delivers(channel);
  }

  /** The position before this publication; null on a plain channel. */
  private static @Nullable Position before(Publication publication) {
    Position position = publication.position();
    return position == null ? null : new Position(position.epoch(), position.seq() - 1);
  }

  /** Whether a publication follows those that its channel has. */
  private enum Turn {
    NEXT,
    REPEATED
  }

  /**
   * Begins a new epoch for the publication where one is needed; tells whether the channel has it
   * already.
   */
  private Turn prepare(Topic topic, Publication publication) {
    Position before = before(publication);
    if (before != null) {
      place(topic, before);
      return topic.ring().head() <= before.seq() ? Turn.NEXT : Turn.REPEATED;
    }
    if (topic.isStale()) {
      renew(topic);
    }
    return Turn.NEXT;
  }

  /** The decision on a publication by its size and its channel's name. */
  private enum Screening {
    ACCEPTED,
    DROPPED
  }

  /** Counts the publication if it can't be taken. */
  private Screening accept(Publication publication) {
    if (publication.payload().length > maxPayloadBytes) {
      counters.droppedOversized.increment();
      return Screening.DROPPED;
    }
    if (hub.find(publication.channel()) == null && !Channel.isValid(publication.channel())) {
      counters.droppedInvalidName.increment();
      return Screening.DROPPED;
    }
    return Screening.ACCEPTED;
  }

  @Override
  public void onState(Bus.State state) {
    if (state == Bus.State.DOWN) {
      interest.expire();
      hub.topics().all().forEach(hub.topics()::expire);
    }
    onState.accept(state);
  }
}
