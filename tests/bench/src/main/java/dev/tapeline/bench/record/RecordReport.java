package dev.tapeline.bench.record;

import dev.tapeline.bench.cli.TextTable;
import java.util.List;

/**
 * What recording costs; written as JSON in this form.
 *
 * @param share of the feed's thread that handing over takes, by the clock
 * @param nanosPerFrame the same for each frame
 * @param lost arrivals that the recorder could not follow
 * @param bytes of the files with their index
 * @param seekMillis how long each seek took, the first of the process in front
 */
record RecordReport(
    RecordPlan plan,
    double share,
    double nanosPerFrame,
    long lost,
    long bytes,
    List<Double> seekMillis) {

  private static final double MIB = 1 << 20;

  String text() {
    TextTable table = new TextTable();
    table.line(
        "recorded",
        "%,d frames of 162 bytes as of one day, %,.0f MiB, %,d lost",
        plan.frames(),
        bytes / MIB,
        lost);
    table.line(
        "feed's thread",
        "%.2f %% at %,d frames/s, %.0f ns a frame, by the clock",
        share * 100,
        plan.rate(),
        nanosPerFrame);
    List<Double> later = seekMillis.stream().skip(1).sorted().toList();
    table.line(
        "seek, ms",
        "first of the process %.0f   median of %d later ones %.0f",
        seekMillis.getFirst(),
        later.size(),
        later.get(later.size() / 2));
    return table.toString();
  }
}
