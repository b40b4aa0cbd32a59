package dev.tapeline.bench.packets;

import dev.tapeline.bench.cli.TextTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How fast Dhan's packets become ticks and publications, by processor time of one thread; written
 * as JSON in this form.
 *
 * @param target where the publications go
 */
record PacketsReport(String target, int instruments, int packed, List<Line> kinds) {

  /**
   * One kind of packets.
   *
   * @param bytes the size of a packet
   * @param decodeNanos of a packet, to ticks
   * @param decodedPerSecond packets to ticks
   * @param publishNanos of a packet, to publications on the bus and writes to the cache
   * @param packetsPerSecond packets to bus and cache
   * @param ticksPerSecond ticks to bus and cache
   * @param sdkNanos of a packet, in the parser of Dhan's Python SDK; null if it was not asked for
   * @param lost batches that bus or cache did not take
   */
  record Line(
      String kind,
      int bytes,
      double ticksPerPacket,
      double publicationsPerPacket,
      double decodeNanos,
      double decodedPerSecond,
      double publishNanos,
      double packetsPerSecond,
      double ticksPerSecond,
      double publicationsPerSecond,
      @Nullable Double sdkNanos,
      long lost) {

    static Line of(
        PacketKind kind,
        int bytes,
        PacketsRun.Result decode,
        PacketsRun.Result publish,
        @Nullable Double sdkNanos) {
      double seconds = publish.cpuSeconds();
      return new Line(
          kind.text(),
          bytes,
          (double) publish.ticks() / publish.packets(),
          (double) publish.publications() / publish.packets(),
          decode.nanosPerPacket(),
          1e9 / decode.nanosPerPacket(),
          publish.nanosPerPacket(),
          1e9 / publish.nanosPerPacket(),
          publish.ticks() / seconds,
          publish.publications() / seconds,
          sdkNanos,
          publish.losses());
    }
  }

  boolean hasNoLoss() {
    return kinds.stream().allMatch(line -> line.lost == 0);
  }

  String text() {
    TextTable table = new TextTable();
    table.line("target", "%s", target);
    table.line("packets", "of %,d instruments, %,d in a frame", instruments, packed);
    table.line("by", "processor time of the feed's thread");
    for (Line line : kinds) {
      table.line("", "");
      table.line(
          "kind",
          "%s: %d bytes, %.1f ticks, %.1f publications",
          line.kind,
          line.bytes,
          line.ticksPerPacket,
          line.publicationsPerPacket);
      table.line(
          "to ticks", "%,.0f packets/s, %,.0f ns each", line.decodedPerSecond, line.decodeNanos);
      table.line(
          "to the bus",
          "%,.0f packets/s, %,.0f ticks/s, %,.0f publications/s, %,.0f ns a packet",
          line.packetsPerSecond,
          line.ticksPerSecond,
          line.publicationsPerSecond,
          line.publishNanos);
      if (line.sdkNanos != null) {
        table.line(
            "Python SDK",
            "%,.0f packets/s, %,.0f ns each: %,.0f times as much",
            1e9 / line.sdkNanos,
            line.sdkNanos,
            line.sdkNanos / line.decodeNanos);
      }
      if (line.lost > 0) {
        table.line("lost", "%,d batches", line.lost);
      }
    }
    return table.toString();
  }
}
