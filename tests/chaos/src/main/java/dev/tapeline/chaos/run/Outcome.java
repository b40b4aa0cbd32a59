package dev.tapeline.chaos.run;

import dev.tapeline.chaos.client.Costs;
import dev.tapeline.chaos.fault.FaultSchedule;
import dev.tapeline.chaos.history.BrokenLaw;
import dev.tapeline.chaos.history.RecordVerdict;

/** The outcome of one schedule. */
public record Outcome(FaultSchedule schedule, RecordVerdict verdict, Costs.Sums costs) {

  private static final int SHOWN = 5;

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    out.append("seed %d: %d findings%n".formatted(schedule.seed(), verdict.found()));
    schedule.steps().forEach(step -> out.append("    ").append(step).append('\n'));
    verdict.findings().stream()
        .limit(SHOWN)
        .map(BrokenLaw::toString)
        .forEach(text -> out.append("  ").append(text).append('\n'));
    return out.toString();
  }
}
