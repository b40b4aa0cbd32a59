package dev.tapeline.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Collects what a bus says, in order; safe to read from any thread. */
public final class BusRecorder implements Bus.Listener {

  private final List<String> subscribed = new ArrayList<>();
  private final List<Publication> last = new ArrayList<>();
  private final List<Publication> publications = new ArrayList<>();
  private final List<Bus.State> states = new ArrayList<>();

  @Override
  public synchronized void onSubscribed(Selector selector, List<Publication> newest) {
    subscribed.add(selector.text());
    last.addAll(newest);
    notifyAll();
  }

  @Override
  public synchronized void onPublication(Publication publication) {
    publications.add(publication);
    notifyAll();
  }

  @Override
  public void onPosition(String channel, Position position, Publication newest) {}

  @Override
  public synchronized void onState(Bus.State state) {
    states.add(state);
    notifyAll();
  }

  public synchronized List<String> subscribed() {
    return List.copyOf(subscribed);
  }

  /** What was handed over as the newest before a subscription began. */
  public synchronized List<Publication> last() {
    return List.copyOf(last);
  }

  public synchronized List<Publication> publications() {
    return List.copyOf(publications);
  }

  public synchronized List<Bus.State> states() {
    return List.copyOf(states);
  }

  public synchronized List<String> texts() {
    return publications.stream().map(Publication::toString).toList();
  }

  public void awaitPublications(int count) {
    await(() -> publications.size() >= count);
  }

  /** Waits until the condition holds, at most 20 s. */
  public synchronized void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "not within 20 s; states %s, subscribed %s, %d publications"
                .formatted(states, subscribed, publications.size()));
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
