package dev.tapeline.chaos.day;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a day has shown.
 *
 * @param dealt how often each fault was dealt
 * @param idle the minutes without a fault, as the node was connected to no vendor
 * @param before what the node held before the first fault
 * @param samples what it held during the day, in order
 * @param after what it held when all faults were over
 * @param prices how many prices were compared at the end
 * @param differences prices that were not the vendor's own at the end
 * @param numbered how many channels of numbered trades were heard
 * @param problems what clients saw that they should not
 */
public record DayReport(
    Map<String, Integer> dealt,
    int idle,
    NodeSample before,
    List<NodeSample> samples,
    NodeSample after,
    int prices,
    List<String> differences,
    int numbered,
    List<String> problems) {

  private static final long NOTHING = 4_000_000;

  /** The pool of the client that makes REST calls ends its threads after a minute without work. */
  private static final String POOL = "HttpClient-*-Worker-*";

  private static final int MOST_OF_POOL = 16;

  /** Connections of REST calls, which are kept for half a minute. */
  private static final int MOST_KEPT = 30;

  public DayReport {
    dealt = Map.copyOf(dealt);
    samples = List.copyOf(samples);
    differences = List.copyOf(differences);
    problems = List.copyOf(problems);
  }

  /** What is not as it has to be; empty if all is well. */
  public List<String> findings() {
    List<String> findings = new ArrayList<>(problems);
    findings.addAll(differences);
    if (hasMoreThreads(before, after)) {
      findings.add("threads: %s".formatted(change(before.threads(), after.threads())));
    }
    if (hasMoreHandles(before, after)) {
      findings.add("handles: %s".formatted(change(before.handles(), after.handles())));
    }
    return findings;
  }

  /** Whether there are other threads than before, idle ones of a pool apart. */
  static boolean hasMoreThreads(NodeSample before, NodeSample after) {
    Map<String, Integer> change = change(before.threads(), after.threads());
    change.remove(POOL);
    return !change.isEmpty() || after.threads().getOrDefault(POOL, 0) > MOST_OF_POOL;
  }

  /** Whether there are more handles than before, a few idle connections apart. */
  static boolean hasMoreHandles(NodeSample before, NodeSample after) {
    return change(before.handles(), after.handles()).values().stream()
            .mapToInt(Integer::intValue)
            .sum()
        > MOST_KEPT;
  }

  /** What grew during the day; empty if nothing did. */
  public List<String> growth() {
    List<String> grown = new ArrayList<>();
    if (!Levels.isFlat(samples.stream().map(NodeSample::heap).toList(), NOTHING)) {
      grown.add("the heap has grown: " + samples);
    }
    if (!Levels.isFlat(samples.stream().map(NodeSample::direct).toList(), NOTHING)) {
      grown.add("direct memory has grown: " + samples);
    }
    return grown;
  }

  /** What there is more or less of. */
  static Map<String, Integer> change(Map<String, Integer> from, Map<String, Integer> to) {
    Map<String, Integer> change = new TreeMap<>(to);
    from.forEach((name, count) -> change.merge(name, -count, Integer::sum));
    change.values().removeIf(count -> count == 0);
    return change;
  }

  @Override
  public String toString() {
    int faults = dealt.values().stream().mapToInt(Integer::intValue).sum();
    return "%d faults, %d minutes without; %d prices compared, %d differ\nbefore %s\nafter  %s\n%s"
        .formatted(faults, idle, prices, differences.size(), before, after, new TreeMap<>(dealt));
  }
}
