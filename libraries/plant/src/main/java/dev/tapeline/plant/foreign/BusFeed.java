package dev.tapeline.plant.foreign;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import dev.tapeline.feed.Decoded;
import dev.tapeline.feed.Feed;
import dev.tapeline.feed.FeedFault;
import dev.tapeline.feed.FeedListener;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.JoinedThread;
import dev.tapeline.feed.bus.MarketTickDecoder;
import dev.tapeline.market.tick.TickListener;
import dev.tapeline.plant.channels.Channels;
import dev.tapeline.plant.wire.OwnTicks;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The feed of market ticks that other processes publish on {@code market:tick:*}. The bus delivers
 * them with those of this system's own sources, which are left out; this feed's thread, {@code
 * feed-bus}, decodes them. What is dropped, as {@link ForeignTicks} says, is told as a fault.
 */
public final class BusFeed implements Feed {

  /** The name of the source. */
  public static final String SOURCE = "bus-ticks";

  private static final long TIME_STEP_MILLIS = 50;
  private static final int MAX_LOGGED = 20;
  private static final Logger log = LoggerFactory.getLogger(BusFeed.class);

  private final Bus bus;
  private final MarketTickDecoder decoder;
  private final InstantSource clock;
  private final ForeignTicks waiting = new ForeignTicks();
  private int logged;
  private volatile Bus.State busState = Bus.State.UP;
  private Bus.State told = Bus.State.UP;
  private volatile boolean closing;
  private volatile FeedStatus status;
  private volatile @Nullable Thread thread;

  /**
   * @param bus a view of the node's bus, which this feed closes
   */
  public BusFeed(Bus bus, MarketTickDecoder decoder, InstantSource clock) {
    this.bus = bus;
    this.decoder = decoder;
    this.clock = clock;
    this.status = new FeedStatus(SOURCE, FeedStatus.State.CLOSED, clock.millis());
  }

  @Override
  public void start(FeedListener listener, TickListener ticks) {
    bus.start(new Taker());
    bus.subscribe(Selector.parse(Channels.tickPattern()));
    thread = Thread.ofPlatform().name("feed-bus").daemon().start(() -> run(listener, ticks));
  }

  /** Takes ticks from the bus, on its thread. */
  private final class Taker implements Bus.Listener {

    /** Earlier publications were received before, or by another node. */
    @Override
    public void onSubscribed(Selector selector, List<Publication> last) {}

    @Override
    public void onPublication(Publication publication) {
      String symbol = Channels.symbolOfTick(publication.channel());
      if (!OwnTicks.isOwn(symbol, publication.payload())) {
        waiting.add(publication);
      }
    }

    @Override
    public void onPosition(String channel, Position position, @Nullable Publication newest) {}

    @Override
    public void onState(Bus.State state) {
      busState = state;
    }
  }

  private void run(FeedListener listener, TickListener ticks) {
    announce(listener, FeedStatus.State.LIVE, null);
    try {
      List<Publication> batch = new ArrayList<>();
      while (!closing) {
        waiting.take(batch, TIME_STEP_MILLIS);
        tellBusState(listener);
        decode(batch, listener, ticks);
        batch.clear();
      }
      announce(listener, FeedStatus.State.CLOSED, null);
    } catch (InterruptedException _) {
      log.debug("interrupted: the feed is being closed");
      announce(listener, FeedStatus.State.CLOSED, null);
    } catch (RuntimeException e) {
      status = new FeedStatus(SOURCE, FeedStatus.State.DOWN, clock.millis());
      listener.onFailed(e);
    }
  }

  private void tellBusState(FeedListener listener) {
    Bus.State now = busState;
    if (now != told) {
      told = now;
      switch (now) {
        case UP -> announce(listener, FeedStatus.State.LIVE, null);
        case DOWN -> announce(listener, FeedStatus.State.DOWN, "the bus is away");
      }
    }
  }

  private void decode(List<Publication> batch, FeedListener listener, TickListener ticks) {
    long now = clock.millis();
    ticks.onTime(now);
    for (Publication publication : batch) {
      String symbol = Channels.symbolOfTick(publication.channel());
      if (decoder.decode(symbol, publication.payload(), now, ticks)
          instanceof Decoded.Bad(String reason)) {
        tell(listener, "%s: %s".formatted(publication.channel(), reason));
      }
    }
    ticks.onBatchEnd();
    waiting.tellDrops(reason -> tell(listener, reason));
  }

  private void tell(FeedListener listener, String reason) {
    FeedFault fault = new FeedFault(SOURCE, 0, reason);
    if (logged < MAX_LOGGED) {
      logged++;
      log.warn("{}{}", fault, logged == MAX_LOGGED ? "; further ones are only counted" : "");
    }
    listener.onFault(fault);
  }

  private void announce(FeedListener listener, FeedStatus.State state, @Nullable String reason) {
    status = new FeedStatus(SOURCE, state, clock.millis(), reason);
    listener.onStatus(status);
  }

  @Override
  public FeedStatus status() {
    return status;
  }

  @Override
  public void close() {
    closing = true;
    bus.close();
    JoinedThread.end(thread);
  }
}
