package dev.tapeline.bench.subscriber;

import dev.tapeline.bench.cli.BenchException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * All subscribers, on one thread and one selector, {@value #THREAD}: they share the buffer that
 * they read into, so that many cost little.
 */
public final class Subscribers implements AutoCloseable {

  public static final String THREAD = "bench-subscribers";
  static final JsonMapper JSON = new JsonMapper();

  /** The size of the buffer, longer than any frame of this load. */
  private static final int BUFFER_BYTES = 1 << 18;

  private static final int HANDSHAKES_AT_ONCE = 128;
  private static final int SELECT_MILLIS = 10;
  private static final int SLOW_TURNS = 10;
  private static final long SLOW_TURN_NANOS = TimeUnit.SECONDS.toNanos(1) / SLOW_TURNS;

  private final InetSocketAddress server;
  private final String upgradeRequest;
  private final Shared shared;
  private final Selector selector;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final List<Connection> connections = new ArrayList<>();
  private final List<Connection> slow = new ArrayList<>();
  private final CountDownLatch settled = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().name(THREAD).daemon().unstarted(this::run);
  private long nextSlowTurn = System.nanoTime();
  private int slowTurn;
  private volatile boolean closing;

  /** Also the lock of {@link #ended}. */
  private final Queue<Runnable> questions = new ArrayDeque<>();

  private boolean ended;

  public Subscribers(InetSocketAddress server, String path, SubscribePlan plan, Latencies latencies)
      throws IOException {
    this.server = server;
    this.upgradeRequest = upgradeRequest(server, path);
    this.shared = Shared.of(plan, latencies);
    this.selector = Selector.open();
  }

  private static String upgradeRequest(InetSocketAddress server, String path) {
    return "GET %s HTTP/1.1\r\nHost: %s:%d\r\n"
            .formatted(path, server.getHostString(), server.getPort())
        + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGFwZWxpbmUtYmVuY2gtMQ==\r\n\r\n";
  }

  /** The tallies of the connections at a moment. */
  public record Sight(long nanos, Tally fast, Tally slow) {}

  public void start() {
    thread.start();
  }

  /**
   * Waits until every connection is subscribed.
   *
   * @throws BenchException saying why one is not
   */
  public void awaitLive(Duration limit) throws InterruptedException {
    boolean inTime = settled.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    String problem = problem();
    if (problem != null) {
      throw new BenchException("can't subscribe: " + problem);
    }
    if (!inTime) {
      throw new BenchException("not all are subscribed after " + limit);
    }
  }

  /** The first problem; null if there was none. */
  public @Nullable String problem() {
    return shared.problem().first();
  }

  public Sight sight() {
    return ask(() -> new Sight(System.nanoTime(), shared.fast().copy(), shared.slow().copy()));
  }

  /**
   * The number of messages published so far that are still to come on connections that are not
   * slow.
   */
  public long behind(long[] publishedByChannel) {
    return ask(() ->
        connections.stream()
            .filter(connection -> !connection.isSlow())
            .mapToLong(connection -> connection.behind(publishedByChannel))
            .sum());
  }

  /** Ends all connections at once, without a close. */
  public void leave() {
    ask(() -> {
      connections.forEach(Connection::close);
      return connections.size();
    });
  }

  /**
   * Connects all subscribers again, at once; each asks for what it has missed.
   *
   * @param publishedByChannel the publisher's counts at this moment
   */
  public void comeBack(long[] publishedByChannel) {
    ask(() -> {
      shared.comeback().begin(System.nanoTime(), publishedByChannel, connections.size());
      connections.replaceAll(this::again);
      return connections.size();
    });
  }

  private Connection again(Connection left) {
    try {
      return left.again(server, selector);
    } catch (IOException e) {
      fail(left, e);
      return left;
    }
  }

  /** The outcome of the return so far. */
  public Comeback.Return comeback() {
    return ask(() -> shared.comeback().summary());
  }

  /** Counts arrivals separately from now on. */
  public void openWindow(Latencies latencies) {
    ask(() -> {
      latencies.open(System.nanoTime(), Long.MAX_VALUE);
      return latencies;
    });
  }

  /** The number of slow connections. */
  public int slowCount() {
    return ask(slow::size);
  }

  /** Runs a question on the thread that owns the answer; once that has ended, on the caller's. */
  private <T> T ask(Supplier<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Runnable asked = () -> answer.complete(question.get());
    synchronized (questions) {
      if (ended) {
        asked.run();
      } else {
        questions.add(asked);
        selector.wakeup();
      }
    }
    return answer.join();
  }

  private void run() {
    try {
      while (!closing) {
        openMore();
        selector.select(this::onReady, SELECT_MILLIS);
        readSlow();
        shared.comeback().runDue(System.nanoTime());
        answer();
      }
    } catch (IOException | RuntimeException e) {
      shared.problem().note("the load tool's own fault: " + e);
      settled.countDown();
    }
    connections.forEach(Connection::close);
    synchronized (questions) {
      ended = true;
      answer();
    }
  }

  private void answer() {
    synchronized (questions) {
      for (Runnable asked = questions.poll(); asked != null; asked = questions.poll()) {
        asked.run();
      }
    }
  }

  private void openMore() {
    if (settled.getCount() == 0) {
      return;
    }
    long waiting = connections.stream().filter(connection -> !connection.isLive()).count();
    int all = shared.plan().connections();
    try {
      while (connections.size() < all && waiting++ < HANDSHAKES_AT_ONCE) {
        connections.add(new Connection(connections.size(), server, selector, shared));
      }
    } catch (IOException e) {
      shared.problem().note(connections.size(), e.getMessage());
    }
    boolean live = connections.size() == all && waiting == 0;
    if (live || problem() != null) {
      connections.stream().filter(Connection::isSlow).forEach(this::slowDown);
      settled.countDown();
    }
  }

  private void slowDown(Connection connection) {
    slow.add(connection);
    connection.slowDown();
  }

  private void onReady(SelectionKey key) {
    Connection connection = (Connection) key.attachment();
    try {
      if (key.isConnectable()) {
        connection.onConnectable(upgradeRequest);
      } else {
        connection.read(buffer, BUFFER_BYTES);
      }
    } catch (IOException e) {
      fail(connection, e);
    }
  }

  private void fail(Connection connection, IOException e) {
    shared.problem().note(connection.number(), e.getMessage());
    connection.end();
  }

  /** Each slow connection has its turn once a second. */
  private void readSlow() {
    long now = System.nanoTime();
    if (slow.isEmpty() || now - nextSlowTurn < 0) {
      return;
    }
    nextSlowTurn = now + SLOW_TURN_NANOS;
    slowTurn = (slowTurn + 1) % SLOW_TURNS;
    for (int i = slowTurn; i < slow.size(); i += SLOW_TURNS) {
      readSlow(slow.get(i));
    }
  }

  private void readSlow(Connection connection) {
    if (!connection.hasEnded()) {
      try {
        connection.read(buffer, Connection.SLOW_BYTES);
      } catch (IOException e) {
        fail(connection, e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    closing = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    selector.close();
  }
}
