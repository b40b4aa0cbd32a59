package dev.tapeline.bench.whole;

import dev.tapeline.bench.cli.TextTable;
import java.util.List;

/**
 * What a packet costs from its bytes to all publications, in processor time of one thread; written
 * as JSON in this form.
 */
record PlantReport(int instruments, int packed, List<Line> rates) {

  /**
   * One rate of packets, without and with the studies of bars and indicators.
   *
   * @param rate packets of each instrument in a second of the market
   * @param publications for each packet, with the studies
   * @param bytes of their payloads, for each packet
   * @param plainNanos for a packet, without the studies
   * @param nanos for a packet, with them
   * @param ticksPerSecond a core, with them
   * @param plainTicksPerSecond a core, without them
   * @param share of a core that a market of this rate takes, with the studies
   * @param lost batches that were not taken
   */
  record Line(
      double rate,
      double publications,
      double bytes,
      double plainNanos,
      double nanos,
      double plainTicksPerSecond,
      double ticksPerSecond,
      double share,
      long lost) {

    static Line of(double rate, int instruments, PlantRun.Result plain, PlantRun.Result whole) {
      return new Line(
          rate,
          (double) whole.publications() / whole.packets(),
          (double) whole.bytes() / whole.packets(),
          plain.nanosPerPacket(),
          whole.nanosPerPacket(),
          plain.ticksPerSecond(),
          whole.ticksPerSecond(),
          rate * instruments * whole.nanosPerPacket() / 1e9,
          plain.losses() + whole.losses());
    }
  }

  boolean hasNoLoss() {
    return rates.stream().allMatch(line -> line.lost == 0);
  }

  String text() {
    TextTable table = new TextTable();
    table.line("packets", "quotes of %,d instruments, %,d in a frame", instruments, packed);
    table.line("studies", "nine frames of bars, common indicators, all wanted");
    table.line("by", "processor time of the market's thread");
    for (Line line : rates) {
      table.line("", "");
      table.line("rate", "%,.0f packets/s of each", line.rate);
      table.line(
          "without", "%,.0f ns a packet, %,.0f ticks/s", line.plainNanos, line.plainTicksPerSecond);
      table.line(
          "with",
          "%,.0f ns a packet, %,.0f ticks/s, %.1f publications and %,.0f bytes a packet",
          line.nanos,
          line.ticksPerSecond,
          line.publications,
          line.bytes);
      table.line("takes", "%.1f %% of a core at this rate", 100 * line.share);
    }
    return table.toString();
  }
}
