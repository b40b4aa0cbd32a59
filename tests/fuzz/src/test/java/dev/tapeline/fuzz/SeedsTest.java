package dev.tapeline.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each decoder takes what was kept for it. */
class SeedsTest {

  @ParameterizedTest
  @EnumSource(Decoder.class)
  void seedsBreakNothing(Decoder decoder) {
    assertFalse(Seeds.of(decoder).isEmpty(), decoder.folder());
    for (Path seed : Seeds.of(decoder)) {
      decoder.take(Seeds.read(seed));
    }
  }
}
