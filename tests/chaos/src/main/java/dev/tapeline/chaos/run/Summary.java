package dev.tapeline.chaos.run;

import dev.tapeline.chaos.client.Costs;
import dev.tapeline.chaos.fault.Fault;
import dev.tapeline.chaos.fault.FaultSchedule;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The summary of a run: how often each fault hit, its costs, and the broken laws. */
public final class Summary {

  private static final int MAX_BROKEN = 100;

  private final Map<Fault, Integer> hits = new EnumMap<>(Fault.class);
  private final Map<Fault, Costs.Sums> costs = new EnumMap<>(Fault.class);
  private final List<Outcome> broken = new ArrayList<>();
  private Costs.Sums all = Costs.Sums.NONE;
  private int schedules;
  private long publications;
  private long frames;
  private int brokenCount;
  private int unjudged;

  void add(Outcome outcome) {
    schedules++;
    publications += outcome.verdict().publications();
    frames += outcome.verdict().frames();
    all = all.plus(outcome.costs());
    for (FaultSchedule.Step step : outcome.schedule().steps()) {
      hits.merge(step.fault(), 1, Integer::sum);
    }
    outcome.schedule().steps().stream()
        .map(FaultSchedule.Step::fault)
        .distinct()
        .forEach(fault -> costs.merge(fault, outcome.costs(), Costs.Sums::plus));
    if (!outcome.verdict().isClean()) {
      brokenCount++;
      if (broken.size() < MAX_BROKEN) {
        broken.add(outcome);
      }
    }
  }

  /** Counts a schedule that could not be run to its end; returns how many there are. */
  int addUnjudged() {
    return ++unjudged;
  }

  /** Schedules that could not be run to their end. */
  public int unjudged() {
    return unjudged;
  }

  /** All summaries as one. */
  public static Summary of(List<Summary> parts) {
    Summary whole = new Summary();
    parts.forEach(whole::add);
    return whole;
  }

  private void add(Summary part) {
    schedules += part.schedules;
    publications += part.publications;
    frames += part.frames;
    all = all.plus(part.all);
    part.hits.forEach((fault, count) -> hits.merge(fault, count, Integer::sum));
    part.costs.forEach((fault, sums) -> costs.merge(fault, sums, Costs.Sums::plus));
    brokenCount += part.brokenCount;
    unjudged += part.unjudged;
    part.broken.stream().limit(MAX_BROKEN - broken.size()).forEach(broken::add);
  }

  /** The schedules that broke a law, the first ones. */
  public List<Outcome> broken() {
    return List.copyOf(broken);
  }

  public int schedules() {
    return schedules;
  }

  public long frames() {
    return frames;
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    out.append(
        "%d schedules, %d with a broken law, %d more not judged; %,d publications, %,d frames%n"
            .formatted(schedules, brokenCount, unjudged, publications, frames));
    out.append(line("all", schedules, all));
    out.append("Schedules that had the fault, with whatever else they had:%n".formatted());
    hits.forEach((fault, count) -> out.append(line(fault.name(), count, sums(fault))));
    broken.forEach(outcome -> out.append(outcome));
    return out.toString();
  }

  private Costs.Sums sums(Fault fault) {
    return costs.getOrDefault(fault, Costs.Sums.NONE);
  }

  private static String line(String name, int count, Costs.Sums sums) {
    long mean = sums.returns() == 0 ? 0 : sums.awayMillis() / sums.returns();
    return ("  %-16s %5d times: %6d connections lost, data again after %5d ms (at most %6d); "
            + "%5d recovered, %5d refused, %6d epochs, %5d gaps%n")
        .formatted(
            name,
            count,
            sums.losses(),
            mean,
            sums.longestAwayMillis(),
            sums.recovered(),
            sums.refused(),
            sums.epochs(),
            sums.gaps());
  }
}
