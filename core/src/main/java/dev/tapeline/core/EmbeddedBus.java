package dev.tapeline.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The bus within one process. A publication is delivered before {@link #publish} returns, by the
 * publishing thread, one at a time. Keeps the newest publication of each channel, up to a number of
 * channels; the one longest without a publication goes first.
 */
public final class EmbeddedBus implements Bus {

  private final Map<String, Publication> last;
  private final Set<String> channels = new HashSet<>();
  private final Set<Pattern> patterns = new LinkedHashSet<>();
  private @Nullable Listener listener;
  private boolean closed;

  /**
   * @param maxChannels of how many channels the newest publication is kept
   */
  public EmbeddedBus(int maxChannels) {
    this.last =
        new LinkedHashMap<>(64, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Publication> eldest) {
            return size() > maxChannels;
          }
        };
  }

  @Override
  public synchronized void start(Listener listener) {
    this.listener = listener;
    listener.onState(State.UP);
  }

  @Override
  public synchronized CompletionStage<Void> publish(List<Publication> publications) {
    if (listener == null || closed) {
      return CompletableFuture.failedFuture(new BusException("the bus is closed"));
    }
    for (Publication publication : publications) {
      last.put(publication.channel(), publication);
      if (isWanted(publication.channel())) {
        listener.onPublication(publication);
      }
    }
    return CompletableFuture.completedFuture(null);
  }

  private boolean isWanted(String channel) {
    if (channels.contains(channel)) {
      return true;
    }
    for (Pattern pattern : patterns) {
      if (pattern.matches(channel)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public synchronized void subscribe(Selector selector) {
    boolean added =
        switch (selector) {
          case Channel channel -> channels.add(channel.name());
          case Pattern pattern -> patterns.add(pattern);
        };
    if (added && listener != null) {
      listener.onSubscribed(selector, lastOf(selector));
    }
  }

  private List<Publication> lastOf(Selector selector) {
    if (selector instanceof Channel channel) {
      Publication publication = last.get(channel.name());
      return publication == null ? List.of() : List.of(publication);
    }
    List<Publication> matching = new ArrayList<>();
    last.forEach((name, publication) -> {
      if (selector.matches(name)) {
        matching.add(publication);
      }
    });
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
  public synchronized State state() {
    return closed ? State.DOWN : State.UP;
  }

  @Override
  public ChannelLog log() {
    throw new UnsupportedOperationException("follows on this branch");
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
