package dev.tapeline.feed.dhan.master;

import static dev.tapeline.feed.dhan.master.MasterCsv.TODAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.instrument.Instrument;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever the bytes are, the parser makes a master that can be used. */
class MasterParserFuzzTest {

  private static final byte[] GOOD =
      MasterCsv.file(
              MasterCsv.NIFTY,
              MasterCsv.ACME,
              MasterCsv.CALL,
              MasterCsv.FUTURE,
              MasterCsv.ACME.replace("Acme India", "\"Acme, India\""))
          .getBytes(StandardCharsets.UTF_8);

  @Property
  void anyBytesAreReadToTheirEnd(@ForAll @Size(max = 300) byte[] bytes) {
    check(bytes);
  }

  @Property
  void anyBytesBelowAHeaderAreReadToTheirEnd(@ForAll @Size(max = 300) byte[] bytes) {
    byte[] header = (MasterCsv.HEADER + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[header.length + bytes.length];
    System.arraycopy(header, 0, all, 0, header.length);
    System.arraycopy(bytes, 0, all, header.length, bytes.length);
    check(all);
  }

  @Property(tries = 3_000)
  void aFewWrongBytesSpoilNoMoreThanTheirRows(
      @ForAll @Size(min = 1, max = 5) List<@IntRange(max = 1 << 20) Integer> places,
      @ForAll @Size(min = 5, max = 5) byte[] wrong) {
    byte[] bytes = GOOD.clone();
    for (int i = 0; i < places.size(); i++) {
      bytes[MasterCsv.HEADER.length() + 1 + places.get(i) % rowBytes()] = wrong[i];
    }
    DhanMaster master = check(bytes);
    assertTrue(master.report().rows() >= 5 - places.size(), () -> master.report().toString());
  }

  private static int rowBytes() {
    return GOOD.length - MasterCsv.HEADER.length() - 1;
  }

  private static DhanMaster check(byte[] bytes) {
    DhanMaster master = MasterCsv.parse(bytes, TODAY);
    List<Instrument> all = MasterCsv.all(master);
    assertEquals(master.size(), all.size());
    for (Instrument it : all) {
      assertEquals(Optional.of(it), master.bySymbol(it.symbol()));
      assertEquals(Optional.of(it), master.byKey(it.key()));
    }
    MasterReport report = master.report();
    int dropped = report.dropped().values().stream().mapToInt(Integer::intValue).sum();
    assertEquals(report.rows(), report.taken() + dropped);
    return master;
  }
}
