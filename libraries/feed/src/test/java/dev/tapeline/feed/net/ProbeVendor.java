package dev.tapeline.feed.net;

import dev.tapeline.feed.vendor.Address;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.RestCall;
import dev.tapeline.feed.vendor.Vendor;
import dev.tapeline.feed.vendor.VendorLink;
import dev.tapeline.feed.vendor.VendorSession;
import dev.tapeline.market.tick.TickListener;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A vendor whose session records what arrives, and does what a test asks for. */
final class ProbeVendor implements Vendor, VendorSession {

  private final List<RestCall.Budget> budgets;
  private final List<Arrival> arrivals = new ArrayList<>();
  private final List<Arrival.Time> times = new ArrayList<>();
  private final Queue<Consumer<VendorLink>> requests = new ConcurrentLinkedQueue<>();
  private volatile BiConsumer<Arrival, VendorLink> reaction = (_, _) -> {};
  private volatile VendorLink link;

  ProbeVendor(RestCall.Budget... budgets) {
    this.budgets = List.of(budgets);
  }

  /** Does something on the thread of the feed, when something arrives or time passes. */
  ProbeVendor ask(Consumer<VendorLink> request) {
    requests.add(request);
    return this;
  }

  ProbeVendor open(String socket, URI uri) {
    return ask(link -> link.open(socket, () -> Address.of(uri), Duration.ZERO));
  }

  /** Does something for each arrival. */
  ProbeVendor react(BiConsumer<Arrival, VendorLink> reaction) {
    this.reaction = reaction;
    return this;
  }

  @Override
  public List<RestCall.Budget> budgets() {
    return budgets;
  }

  @Override
  public VendorSession converse(VendorLink link) {
    this.link = link;
    return this;
  }

  @Override
  public void onArrival(Arrival arrival, TickListener out) {
    synchronized (this) {
      if (arrival instanceof Arrival.Time time) {
        times.add(time);
      } else {
        arrivals.add(arrival);
      }
      notifyAll();
    }
    for (Consumer<VendorLink> next = requests.poll(); next != null; next = requests.poll()) {
      next.accept(link);
    }
    reaction.accept(arrival, link);
  }

  /** What has arrived so far, without the passing of time. */
  synchronized List<Arrival> arrivals() {
    return List.copyOf(arrivals);
  }

  synchronized List<Arrival.Time> times() {
    return List.copyOf(times);
  }

  /** What has arrived so far, in short: such as {@code text a hello}. */
  List<String> story() {
    return arrivals().stream().map(ProbeVendor::shortly).toList();
  }

  private static String shortly(Arrival arrival) {
    return switch (arrival) {
      case Arrival.Watch watch -> "watch " + watch.watchlist().instruments().size();
      case Arrival.Time _ -> "time";
      case Arrival.Opened opened -> "opened " + opened.socket();
      case Arrival.Frame frame ->
          "%s %s %s"
              .formatted(frame.text() ? "text" : "binary", frame.socket(), utf8(frame.payload()));
      case Arrival.Pinged pinged -> "pinged " + pinged.socket();
      case Arrival.Ended ended -> "ended %s %s".formatted(ended.socket(), ended.end());
      case Arrival.Answer answer ->
          "answer %s %d %s".formatted(answer.call(), answer.status(), utf8(answer.body()));
      case Arrival.Unanswered unanswered ->
          "unanswered %s: %s".formatted(unanswered.call(), unanswered.reason());
    };
  }

  private static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Waits until so much has arrived, at most 30 s. */
  List<String> await(int count) {
    await(probe -> probe.arrivals().size() >= count);
    return story();
  }

  synchronized void await(Predicate<ProbeVendor> condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.test(this)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within 30 s; it has " + arrivals.size() + " arrivals");
      }
      try {
        wait(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }
}
