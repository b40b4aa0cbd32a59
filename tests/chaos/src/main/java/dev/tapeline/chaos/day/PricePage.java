package dev.tapeline.chaos.day;

import dev.tapeline.chaos.ChaosException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A page that asks a node each second for prices that nobody watches, so that vendors are asked by
 * REST. Has a thread of its own.
 */
final class PricePage implements AutoCloseable {

  private static final int KEYS = 6;

  private final DayNode node;
  private final List<String> keys;
  private final List<String> problems = new ArrayList<>();
  private final Thread thread;
  private int calls;
  private int answers;
  private volatile boolean closing;

  PricePage(DayNode node, Collection<String> asked) {
    this.node = node;
    this.keys = List.copyOf(asked);
    this.thread = Thread.ofPlatform().name("price-page").daemon().start(this::run);
  }

  private void run() {
    try {
      while (!closing) {
        ask();
        Thread.sleep(1_000);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private void ask() {
    int first = calls * KEYS % keys.size();
    List<String> some = keys.subList(first, Math.min(keys.size(), first + KEYS));
    try {
      Map<String, BigDecimal> prices = node.prices(some);
      note(prices);
    } catch (ChaosException e) {
      if (!closing) {
        problem(String.valueOf(e.getMessage()));
      }
    }
  }

  private synchronized void note(Map<String, BigDecimal> prices) {
    calls++;
    answers += prices.size();
    prices.forEach((key, price) -> {
      if (price.signum() <= 0) {
        problems.add("%s was told as %s".formatted(key, price));
      }
    });
  }

  private synchronized void problem(String what) {
    calls++;
    problems.add(what);
  }

  synchronized List<String> problems() {
    return List.copyOf(problems);
  }

  @Override
  public synchronized String toString() {
    return "%d calls for %d prices, of which %d came".formatted(calls, calls * KEYS, answers);
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
