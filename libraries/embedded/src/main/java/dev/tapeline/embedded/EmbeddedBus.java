package dev.tapeline.embedded;

import dev.tapeline.core.Append;
import dev.tapeline.core.Bus;
import dev.tapeline.core.BusException;
import dev.tapeline.core.Channel;
import dev.tapeline.core.ChannelLog;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Fence;
import dev.tapeline.core.FencedException;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.PatternIndex;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The bus within one process. The publishing thread delivers a publication before {@link #publish}
 * returns, one at a time. The bus keeps the newest publication of each plain channel and the log of
 * each durable one, up to a number of channels of each sort and a number of bytes. The channel that
 * has had no publication for longest is evicted first. The log may be read while a publication is
 * being delivered.
 */
public final class EmbeddedBus implements Bus {

  private static final int MOST_LOOKS = 3;

  private final NewestPublications last;
  private final EmbeddedLog logs;
  private final ChannelLog log = new BroadcastLog();
  private final Set<String> channels = new HashSet<>();
  private final PatternIndex<Pattern> patterns = new PatternIndex<>();
  private @Nullable Listener listener;

  /** The number of channels that have had a first publication. */
  private long begun;

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
        if (last.put(publication)) {
          begun++;
        }
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
      begun += position.seq() == 1 ? 1 : 0;
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
  public void subscribe(Selector selector) {
    switch (selector) {
      case Channel(String name) -> subscribe(name);
      case Pattern pattern -> subscribe(pattern);
    }
  }

  private synchronized void subscribe(String name) {
    if (channels.add(name) && listener != null) {
      begin(name, listener);
    }
  }

  private void begin(String name, Listener to) {
    if (isDurable(name)) {
      ChannelLog.Extract extract = logs.newest(name);
      List<Publication> newest =
          extract.entries().stream().map(ChannelLog.Entry::publication).toList();
      to.onPosition(name, extract.top(), newest.isEmpty() ? null : newest.getFirst());
      to.onSubscribed(Channel.of(name), newest);
    } else {
      Publication publication = last.of(name);
      to.onSubscribed(Channel.of(name), publication == null ? List.of() : List.of(publication));
    }
  }

  /**
   * Finds the matching channels while others publish; repeats if new channels have begun meanwhile.
   */
  private void subscribe(Pattern pattern) {
    boolean done = false;
    for (int i = 0; i < MOST_LOOKS && !done; i++) {
      done = settle(pattern, keptChannels().matching(pattern));
    }
    if (!done) {
      synchronized (this) {
        boolean _ = settle(pattern, keptChannels().matching(pattern));
      }
    }
  }

  /**
   * The channels of which something is kept.
   *
   * @param begun how many had begun by then
   */
  private record KeptChannels(List<String> plain, List<String> logged, long begun) {

    KeptChannels matching(Pattern pattern) {
      return new KeptChannels(
          plain.stream().filter(pattern::matches).toList(),
          logged.stream().filter(pattern::matches).toList(),
          begun);
    }
  }

  private synchronized KeptChannels keptChannels() {
    return new KeptChannels(last.channels(), logs.channels(), begun);
  }

  /**
   * Subscribes the pattern unless channels have begun that may match. Returns whether it is
   * subscribed.
   */
  private synchronized boolean settle(Pattern pattern, KeptChannels matching) {
    if (patterns.get(pattern) != null) {
      return true;
    }
    if (matching.begun() != begun) {
      return false;
    }
    patterns.put(pattern, pattern);
    if (listener != null) {
      List<Publication> newest = new ArrayList<>();
      matching.plain().forEach(name -> addKept(name, newest));
      newest.addAll(logs.newestOf(matching.logged()));
      listener.onSubscribed(pattern, newest);
    }
    return true;
  }

  private void addKept(String name, List<Publication> to) {
    Publication publication = last.of(name);
    if (publication != null) {
      to.add(publication);
    }
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
  public synchronized StoreStats newestHeld() {
    return last.held();
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  /** The logs. Whatever is appended is delivered too. */
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
