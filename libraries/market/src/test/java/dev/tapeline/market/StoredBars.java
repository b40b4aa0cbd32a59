package dev.tapeline.market;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.PastBars;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/** Bars of one instrument that were told before, as a history answers with them, for tests. */
public final class StoredBars implements PastBars {

  private final List<Bar> bars = new ArrayList<>();
  private final Queue<Runnable> answers = new ArrayDeque<>();

  /** All that was asked. */
  public final List<Ask> asks = new ArrayList<>();

  /** How many answers may be open. */
  public int room = Integer.MAX_VALUE;

  /** Whether answers come at the next step. */
  public boolean answering = true;

  /**
   * Keeps the closed ones of some bars; a later one of a time takes the place of an earlier one.
   */
  public StoredBars keep(List<Bar> told) {
    for (Bar bar : told) {
      if (bar.state().closed()) {
        bars.removeIf(it -> it.time() == bar.time() && it.frame().equals(bar.frame()));
        bars.add(bar);
      }
    }
    bars.sort(Comparator.comparingLong(Bar::time));
    return this;
  }

  @Override
  public boolean ask(Ask ask, Consumer<List<Bar>> then) {
    if (answers.size() >= room) {
      return false;
    }
    asks.add(ask);
    List<Bar> found =
        bars.stream()
            .filter(bar -> bar.frame().equals(ask.frame()))
            .filter(bar -> bar.time() >= ask.from() && bar.time() < ask.to())
            .toList();
    answers.add(
        () -> then.accept(found.subList(Math.max(0, found.size() - ask.count()), found.size())));
    return true;
  }

  @Override
  public void deliver() {
    while (answering && !answers.isEmpty()) {
      answers.remove().run();
    }
  }
}
