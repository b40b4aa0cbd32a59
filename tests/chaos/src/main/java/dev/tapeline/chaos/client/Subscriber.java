package dev.tapeline.chaos.client;

import dev.tapeline.chaos.client.ClientFrameReader.Frame;
import dev.tapeline.chaos.history.Event;
import dev.tapeline.core.Position;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A client of the native protocol that records everything it sees, and reconnects by itself with
 * the positions it holds, through any of the nodes. A virtual thread of its own connects; frames
 * are recorded on the WebSocket's thread, under this object's lock.
 */
public final class Subscriber implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final long MIN_BACK_OFF = 20;
  private static final long MAX_BACK_OFF = 300;
  private static final Duration PING_EVERY = Duration.ofSeconds(1);

  /** The address of a node. */
  public record Door(String node, int port) {}

  private final String name;
  private final HttpClient http;
  private final List<Door> doors;
  private final List<Wish> wishes;
  private final Recorder recorder;
  private final RandomGenerator random;
  private final Held held = new Held();
  private final Costs costs;
  private final Thread thread;
  private final Set<String> waiting = new HashSet<>();
  private @Nullable Connection current;
  private boolean paused;
  private boolean closed;

  /** A client that connects now. */
  public Subscriber(
      String name,
      HttpClient http,
      List<Door> doors,
      List<Wish> wishes,
      Recorder recorder,
      Costs costs,
      long seed) {
    this.name = name;
    this.http = http;
    this.doors = List.copyOf(doors);
    this.wishes = List.copyOf(wishes);
    this.recorder = recorder;
    this.costs = costs;
    this.random = new SplittableRandom(seed);
    this.thread = Thread.ofVirtual().name("subscriber-" + name).start(this::run);
  }

  /** Stops reading, so that what is sent piles up on its way, or reads on. */
  public synchronized void pause(boolean now) {
    paused = now;
    if (!now && current != null) {
      current.readOn();
    }
  }

  /** Ends the connection; the client comes back by itself. */
  public synchronized void drop(String reason) {
    if (current != null) {
      lose(current, reason);
    }
  }

  /**
   * Whether it is connected, as far as it knows, and has an answer with a position for each
   * request.
   */
  public synchronized boolean isSettled() {
    return current != null
        && current.answered
        && waiting.isEmpty()
        && !current.probed
        && current.unanswered.get() <= 1;
  }

  /** Makes the link answer a ping before the client counts as settled again. */
  public synchronized void probe() {
    if (current != null) {
      current.probed = true;
      current.ping();
    }
  }

  /** Whether it has the newest payload of each of the channels that it wants. */
  public synchronized boolean hasNewest(Map<String, String> digests) {
    return digests.entrySet().stream()
        .filter(newest -> wishes.stream().anyMatch(wish -> wish.matches(newest.getKey())))
        .allMatch(newest -> held.isNewest(newest.getKey(), newest.getValue()));
  }

  private void run() {
    long backOff = MIN_BACK_OFF;
    while (!isClosed()) {
      Door door = doors.get(random.nextInt(doors.size()));
      backOff = connect(door) ? MIN_BACK_OFF : Math.min(MAX_BACK_OFF, 2 * backOff);
      watch();
      pauseFor(backOff);
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private void pauseFor(long backOff) {
    try {
      Thread.sleep(backOff / 2 + random.nextLong(backOff));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean connect(Door door) {
    Connection connection = new Connection(door);
    try {
      WebSocket socket =
          http.newWebSocketBuilder()
              .connectTimeout(PATIENCE)
              .buildAsync(URI.create("ws://127.0.0.1:" + door.port() + "/ws"), connection)
              .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return open(connection, socket);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false; // the node is away: the next attempt follows
    }
  }

  private synchronized boolean open(Connection connection, WebSocket socket) {
    if (closed) {
      socket.abort();
      return false;
    }
    connection.socket = socket;
    current = connection;
    recorder.record(new Event.Connected(name, connection.door.node()));
    connection.subscribe();
    socket.request(1);
    return true;
  }

  /** Waits while it is connected; pings, so that a dead link shows. */
  private void watch() {
    Connection mine;
    synchronized (this) {
      mine = current;
    }
    while (mine != null && isCurrent(mine)) {
      mine.ping();
      awaitEnd(mine, PING_EVERY);
      if (mine.unanswered.get() > PATIENCE.toSeconds() && !isPaused()) {
        lose(mine, "no answer");
      }
    }
  }

  private synchronized boolean isPaused() {
    return paused;
  }

  private synchronized boolean isCurrent(Connection connection) {
    return current == connection;
  }

  private synchronized void awaitEnd(Connection connection, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    long left = limit.toMillis();
    while (current == connection && left > 0) {
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      left = (end - System.nanoTime()) / 1_000_000;
    }
  }

  private synchronized void lose(Connection connection, String reason) {
    if (current != connection) {
      return;
    }
    current = null;
    waiting.clear();
    recorder.record(new Event.Disconnected(name, reason));
    if (!closed) {
      costs.lost(name, recorder.millis());
    }
    connection.abort();
    notifyAll();
  }

  /** Ends the client, and records that. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    drop("closed");
    thread.interrupt();
  }

  /** One connection of the client. */
  private final class Connection implements WebSocket.Listener {

    final Door door;
    final AtomicInteger unanswered = new AtomicInteger();
    private final StringBuilder partial = new StringBuilder();
    private volatile @Nullable WebSocket socket;
    boolean answered;

    /** Whether the answer to a ping is waited for; guarded by the subscriber. */
    boolean probed;

    Connection(Door door) {
      this.door = door;
    }

    private WebSocket socket() {
      return Objects.requireNonNull(socket, "not open yet");
    }

    void abort() {
      socket().abort();
    }

    void readOn() {
      socket().request(1);
    }

    void subscribe() {
      for (Wish wish : wishes) {
        recorder.record(new Event.Asked(name, wish.channel(), wish.latest(), position(wish)));
      }
      socket().sendText(FrameEvents.request(wishes, this::position), true);
    }

    private @Nullable Position position(Wish wish) {
      return wish.isPattern() ? null : held.of(wish.channel());
    }

    void ping() {
      unanswered.incrementAndGet();
      socket().sendPing(ByteBuffer.allocate(0));
    }

    @Override
    public void onOpen(WebSocket ws) {
      socket = ws;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket ws, ByteBuffer message) {
      unanswered.set(0);
      synchronized (Subscriber.this) {
        probed = false;
        if (!paused) {
          ws.request(1);
        }
      }
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket ws, CharSequence data, boolean last) {
      synchronized (Subscriber.this) {
        partial.append(data);
        if (last) {
          String text = partial.toString();
          partial.setLength(0);
          unanswered.set(0);
          if (current == this) {
            on(ClientFrameReader.read(text));
          }
        }
        if (!paused) {
          ws.request(1);
        }
      }
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket ws, int code, String reason) {
      lose(this, "closed with " + code);
      return null;
    }

    @Override
    public void onError(WebSocket ws, Throwable error) {
      lose(this, String.valueOf(error.getMessage()));
    }

    private void on(Frame frame) {
      switch (frame.type()) {
        case "subscribed" -> subscribed(frame);
        case "error" -> recorder.record(new Event.Fault("error", name + ": " + frame.fields()));
        case "reconnect" -> lose(this, "sent away");
        default -> FrameEvents.of(name, frame).forEach(this::seen);
      }
    }

    private void seen(Event.Seen event) {
      recorder.record(event);
      held.on(event);
      costs.on(event, recorder.millis());
      if (event instanceof Event.Epoch) {
        waiting.remove(event.channel());
      }
    }

    private void subscribed(Frame frame) {
      answered = true;
      for (JsonNode item : frame.fields().path("channels")) {
        String channel = item.path("channel").asString("");
        boolean recovered = item.path("recovered").asBoolean(false);
        Position position =
            item.has("epoch")
                ? new Position(item.path("epoch").asString(""), item.path("seq").asLong(0))
                : null;
        recorder.record(new Event.Subscribed(name, channel, position, recovered));
        if (item.path("recoverable").asBoolean(false) && held.of(channel) != null) {
          costs.recovery(recovered);
        }
        answered(channel, position, recovered, item.path("pending").asBoolean(false));
      }
      for (JsonNode item : frame.fields().path("rejected")) {
        recorder.record(new Event.Fault("rejected", name + ": " + item));
      }
    }

    private void answered(
        String channel, @Nullable Position position, boolean recovered, boolean pending) {
      if (position != null && !recovered) {
        held.place(channel, position);
      } else if (pending) {
        held.forget(channel);
        if (!channel.contains("*")) {
          waiting.add(channel);
        }
      }
    }
  }
}
