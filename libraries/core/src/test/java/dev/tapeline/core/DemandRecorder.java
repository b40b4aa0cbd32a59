package dev.tapeline.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Collects the events of a demand, in order; safe to read from any thread. */
public final class DemandRecorder implements Demand.Listener {

  private final Set<String> wanted = new TreeSet<>();
  private final List<String> events = new ArrayList<>();

  @Override
  public synchronized void onWanted(List<Selector> selectors) {
    for (Selector selector : selectors) {
      events.add("+" + selector.text());
      if (!wanted.add(selector.text())) {
        throw new AssertionError(selector + " is wanted a second time");
      }
    }
  }

  @Override
  public synchronized void onReleased(List<Selector> selectors) {
    for (Selector selector : selectors) {
      events.add("-" + selector.text());
      if (!wanted.remove(selector.text())) {
        throw new AssertionError(selector + " is released and was not wanted");
      }
    }
  }

  /** The selectors that are wanted now, sorted. */
  public synchronized List<String> wanted() {
    return List.copyOf(wanted);
  }

  public synchronized int count() {
    return wanted.size();
  }

  /** Each change as it came, such as {@code +a} and {@code -a}. */
  public synchronized List<String> events() {
    return List.copyOf(events);
  }
}
