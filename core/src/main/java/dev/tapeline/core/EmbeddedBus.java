package dev.tapeline.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The bus within one process. A publication is delivered before {@link #publish} returns, by the
 * publishing thread, one at a time. Keeps the newest publication of each plain channel and the log
 * of each durable one, up to a number of channels of either sort and within a number of bytes; the
 * one longest without a publication goes first. The log may be read while a publication is being
 * delivered.
 */
public final class EmbeddedBus implements Bus {

  private final NewestPublications last;
  private final EmbeddedLog logs;
  private final ChannelLog log = new BroadcastLog();
  private final Set<String> channels = new HashSet<>();
  private final PatternIndex<Pattern> patterns = new PatternIndex<>();
  private @Nullable Listener listener;
  private volatile boolean closed;

  /**
   * A bus without durable channels.
   *
   * @param maxChannels of how many channels the newest publication is kept
   */
  public EmbeddedBus(int maxChannels) {
    this(maxChannels, DurableRules.NONE, () -> 0);
  }

  /** A bus whose logs keep {@link EmbeddedLog#DEFAULT_MAX_BYTES} together. */
  public EmbeddedBus(int maxChannels, DurableRules rules, LongSupplier clock) {
    this(maxChannels, EmbeddedLog.DEFAULT_MAX_BYTES, rules, clock);
  }

  /**
   * @param maxChannels of how many plain channels the newest publication is kept, and how many
   *     durable ones have a log
   * @param maxBytes about the memory of all logs; the newest publications of plain channels take
   *     half as much on top
   * @param clock epoch milliseconds UTC
   */
  public EmbeddedBus(int maxChannels, long maxBytes, DurableRules rules, LongSupplier clock) {
    this.logs = new EmbeddedLog(maxChannels, maxBytes, rules, clock);
    this.last = new NewestPublications(maxChannels, maxBytes / 2);
  }

  @Override
  public synchronized void start(Listener listener) {
    this.listener = listener;
    listener.onState(State.UP);
  }

  @Override
  public synchronized CompletionStage<Void> publish(List<Publication> publications, Fence fence) {
    try {
      long newest = logs.stamp(fence);
      return fence.token() < newest
          ? CompletableFuture.failedFuture(new FencedException(fence.lease(), newest))
          : publish(publications);
    } catch (BusException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public synchronized CompletionStage<Void> publish(List<Publication> publications) {
    if (listener == null || closed) {
      return CompletableFuture.failedFuture(isClosed());
    }
    for (Publication publication : publications) {
      if (isDurable(publication.channel())) {
        append(Append.of(publication), listener);
      } else {
        last.put(publication);
        deliver(publication, listener);
      }
    }
    return CompletableFuture.completedFuture(null);
  }

  private static BusException isClosed() {
    return new BusException("the bus is closed");
  }

  private boolean isDurable(String channel) {
    return !last.has(channel) && logs.keeps(channel);
  }

  private synchronized List<Append.Result> append(List<Append> appends) {
    if (listener == null || closed) {
      throw isClosed();
    }
    for (Append append : appends) {
      logs.checkDurable(append.publication().channel());
    }
    List<Append.Result> results = new ArrayList<>(appends.size());
    for (Append append : appends) {
      results.add(append(append, listener));
    }
    return results;
  }

  private Append.Result append(Append append, Listener to) {
    Append.Result result = logs.put(append);
    if (result instanceof Append.Result.Logged(Position position)) {
      Publication publication = append.publication();
      if (position.seq() == 1 && logs.hasEvicted() && isWanted(publication.channel())) {
        to.onPosition(publication.channel(), new Position(position.epoch(), 0), null);
      }
      deliver(publication.at(position), to);
    }
    return result;
  }

  private void deliver(Publication publication, Listener to) {
    if (isWanted(publication.channel())) {
      to.onPublication(publication);
    }
  }

  private boolean isWanted(String channel) {
    return channels.contains(channel) || patterns.matches(channel);
  }

  @Override
  public synchronized void subscribe(Selector selector) {
    boolean added =
        switch (selector) {
          case Channel channel -> channels.add(channel.name());
          case Pattern pattern -> add(pattern);
        };
    if (added && listener != null) {
      begin(selector, listener);
    }
  }

  private boolean add(Pattern pattern) {
    boolean isNew = patterns.get(pattern) == null;
    patterns.put(pattern, pattern);
    return isNew;
  }

  private void begin(Selector selector, Listener to) {
    switch (selector) {
      case Channel(String name) when isDurable(name) -> {
        ChannelLog.Extract extract = logs.newest(name);
        List<Publication> newest =
            extract.entries().stream().map(ChannelLog.Entry::publication).toList();
        to.onPosition(name, extract.top(), newest.isEmpty() ? null : newest.getFirst());
        to.onSubscribed(selector, newest);
      }
      case Channel(String name) -> {
        Publication publication = last.of(name);
        to.onSubscribed(selector, publication == null ? List.of() : List.of(publication));
      }
      case Pattern pattern -> to.onSubscribed(pattern, lastOf(pattern));
    }
  }

  private List<Publication> lastOf(Pattern pattern) {
    List<Publication> matching = last.matching(pattern);
    matching.addAll(logs.newestOf(pattern));
    return matching;
  }

  @Override
  public synchronized void unsubscribe(Selector selector) {
    switch (selector) {
      case Channel channel -> channels.remove(channel.name());
      case Pattern pattern -> patterns.remove(pattern);
    }
  }

  @Override
  public State state() {
    return closed ? State.DOWN : State.UP;
  }

  @Override
  public ChannelLog log() {
    return log;
  }

  public LogStats logStats() {
    return logs.stats();
  }

  /** The newest publications of plain channels. */
  public synchronized Held newestHeld() {
    return last.held();
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  /** The logs, with everything that is appended delivered. */
  private final class BroadcastLog implements ChannelLog {

    @Override
    public boolean keeps(String channel) {
      return logs.keeps(channel);
    }

    @Override
    public CompletionStage<List<Append.Result>> append(List<Append> appends) {
      try {
        return CompletableFuture.completedFuture(EmbeddedBus.this.append(appends));
      } catch (BusException e) {
        return CompletableFuture.failedFuture(e);
      }
    }

    @Override
    public CompletionStage<Extract> read(String channel, long after, int limit) {
      return logs.read(channel, after, limit);
    }

    @Override
    public CompletionStage<Extract> readSince(String channel, long millis, int limit) {
      return logs.readSince(channel, millis, limit);
    }
  }
}
