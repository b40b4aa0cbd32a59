package dev.tapeline.feed.net;

import dev.tapeline.feed.vendor.Address;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.RestCall;
import dev.tapeline.feed.vendor.VendorCalls;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls of a feed when their budgets allow, a few at a time. Its thread, {@code calls-}
 * and the name of the feed, sends them; the threads of its client put the answers into the inbox.
 */
final class Calls {

  private static final int MAX_UNDER_WAY = 16;

  private final Inbox inbox;
  private final int maxBody;
  private final HttpClient client;
  private final CallQueue queue;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final AskedCalls asked = new AskedCalls();
  private final Thread thread;
  private int underWay;
  private boolean closed;

  Calls(
      String feed,
      List<RestCall.Budget> budgets,
      Inbox inbox,
      NetSettings settings,
      SSLContext trust) {
    this.inbox = inbox;
    this.maxBody = settings.maxBody();
    this.queue = new CallQueue(new Budgets(budgets), settings.maxWaitingCalls());
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .sslContext(trust)
            .build();
    this.thread = Thread.ofPlatform().name("calls-" + feed).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Makes a call whose answer goes to the caller instead of the inbox. */
  CompletableFuture<VendorCalls.Reply> ask(RestCall call) {
    CompletableFuture<VendorCalls.Reply> reply = asked.add(call.name());
    var _ = reply.whenComplete((_, _) -> withdraw(call.name()));
    call(call);
    return reply;
  }

  /** Takes back a call that still waits for its budgets. */
  private void withdraw(String name) {
    lock.lock();
    try {
      if (queue.remove(name)) {
        asked.remove(name);
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  void call(RestCall call) {
    String objection;
    lock.lock();
    try {
      objection = queue.add(call);
      changed.signal();
    } finally {
      lock.unlock();
    }
    if (objection != null) {
      tellUnanswered(call, objection);
    }
  }

  private void tellUnanswered(RestCall call, String reason) {
    if (!asked.fail(call.name(), reason)) {
      inbox.add(null, time -> new Arrival.Unanswered(call.name(), reason, time));
    }
  }

  void rest(String budget, Duration pause) {
    lock.lock();
    try {
      queue.rest(budget, System.nanoTime() + pause.toNanos());
    } finally {
      lock.unlock();
    }
  }

  /** The number of calls that wait for their budgets. */
  int waiting() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    for (RestCall next = take(); next != null; next = take()) {
      send(next);
    }
  }

  /** Waits for the next call that may be made; null if there will be none. */
  private @Nullable RestCall take() {
    lock.lock();
    try {
      while (!closed) {
        long now = System.nanoTime();
        RestCall next = underWay < MAX_UNDER_WAY ? queue.take(now) : null;
        if (next != null) {
          underWay++;
          return next;
        }
        long wait = underWay < MAX_UNDER_WAY ? queue.nanosUntilNext(now) : Long.MAX_VALUE;
        changed.awaitNanos(wait);
      }
      return null;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return null;
    } finally {
      lock.unlock();
    }
  }

  private void send(RestCall call) {
    Address address;
    try {
      address = call.address().get();
    } catch (RuntimeException e) {
      leaveUnanswered(call, Reasons.noAddress(e));
      return;
    }
    try {
      exchange(call, address, request(call, address));
    } catch (RuntimeException e) {
      leaveUnanswered(call, Reasons.of(e, address, call.timeout()));
    }
  }

  private static HttpRequest request(RestCall call, Address address) {
    String json = call.json();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.uri())
            .setHeader("Accept-Encoding", "gzip")
            .method(
                call.method(),
                json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
    if (json != null) {
      request.setHeader("Content-Type", "application/json");
    }
    address.headers().forEach(request::setHeader);
    return request.build();
  }

  private void exchange(RestCall call, Address address, HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), maxBody));
    exchange
        .copy()
        .orTimeout(call.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((_, _) -> exchange.cancel(true))
        .thenAcceptAsync(response -> answer(call, response), this::startThread)
        .exceptionally(failure -> {
          leaveUnanswered(call, Reasons.of(failure, address, call.timeout()));
          return null;
        });
  }

  /** A thread of its own for an answer, as the inbox may be full. */
  private void startThread(Runnable task) {
    Thread.ofVirtual().name("answer").start(task);
  }

  private void answer(RestCall call, HttpResponse<byte[]> response) {
    byte[] body = Body.of(response, maxBody);
    int status = response.statusCode();
    if (!asked.answer(call.name(), new VendorCalls.Reply(status, body))) {
      inbox.put(time -> new Arrival.Answer(call.name(), status, body, time));
    }
    end();
  }

  private void leaveUnanswered(RestCall call, String reason) {
    tellUnanswered(call, reason);
    end();
  }

  private void end() {
    lock.lock();
    try {
      underWay--;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Makes no more calls, and gives up those that are under way. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    client.shutdownNow();
    asked.close();
  }
}
