package dev.tapeline.plant.instruments;

import static dev.tapeline.fuzz.Findings.check;

import dev.tapeline.feed.instruments.InstrumentJson;
import dev.tapeline.fuzz.Input;
import dev.tapeline.market.instrument.Instrument;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Lists of instruments that other nodes have written. */
public final class InstrumentDecoders {

  private InstrumentDecoders() {}

  /** A list is refused, or written as it was read. */
  public static void list(Input input) {
    InstrumentJson json = new InstrumentJson();
    List<Instrument> found;
    try {
      found = json.read(new String(input.bytes(), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException _) {
      return;
    }
    check(json.read(json.write(found)).equals(found), "another list after writing");
  }
}
