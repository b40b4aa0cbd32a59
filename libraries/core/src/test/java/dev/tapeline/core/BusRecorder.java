package dev.tapeline.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Collects the events of a bus, in order; safe to read from any thread. */
public final class BusRecorder implements Bus.Listener {

  private final List<String> subscribed = new ArrayList<>();
  private final List<Publication> last = new ArrayList<>();
  private final List<Publication> publications = new ArrayList<>();
  private final List<Bus.State> states = new ArrayList<>();
  private final List<Told> positions = new ArrayList<>();
  private final List<String> events = new ArrayList<>();

  /**
   * An event of a position, with the newest publication as text, which is empty if there was none.
   */
  public record Told(String channel, Position position, String newest) {}

  @Override
  public synchronized void onSubscribed(Selector selector, List<Publication> newest) {
    subscribed.add(selector.text());
    last.addAll(newest);
    events.add("subscribed " + selector.text());
    notifyAll();
  }

  @Override
  public synchronized void onPublication(Publication publication) {
    publications.add(publication);
    events.add(publication.toString());
    notifyAll();
  }

  @Override
  public synchronized void onPosition(
      String channel, Position position, @Nullable Publication newest) {
    positions.add(new Told(channel, position, newest == null ? "" : newest.text()));
    events.add("position %s %d".formatted(channel, position.seq()));
    notifyAll();
  }

  @Override
  public synchronized void onState(Bus.State state) {
    states.add(state);
    notifyAll();
  }

  public synchronized List<String> subscribed() {
    return List.copyOf(subscribed);
  }

  /** The newest publications that were delivered at the beginning of subscriptions. */
  public synchronized List<Publication> last() {
    return List.copyOf(last);
  }

  public synchronized List<Publication> publications() {
    return List.copyOf(publications);
  }

  public synchronized List<Bus.State> states() {
    return List.copyOf(states);
  }

  /** The events of positions. */
  public synchronized List<Told> positions() {
    return List.copyOf(positions);
  }

  /** Subscriptions, positions and publications as they came, such as {@code position a 7}. */
  public synchronized List<String> events() {
    return List.copyOf(events);
  }

  public synchronized List<String> texts() {
    return publications.stream().map(Publication::toString).toList();
  }

  public void awaitPublications(int count) {
    await(() -> count() >= count);
  }

  private synchronized int count() {
    return publications.size();
  }

  /** Waits until the condition holds, at most 20 s. It may wait for the bus itself. */
  public void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within 20 s; " + this);
      }
      awaitNews();
    }
  }

  /** Waits a moment, or until an event comes. */
  private synchronized void awaitNews() {
    try {
      wait(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public synchronized String toString() {
    return "states %s, subscribed %s, %d publications"
        .formatted(states, subscribed, publications.size());
  }
}
