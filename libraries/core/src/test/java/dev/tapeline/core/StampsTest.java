package dev.tapeline.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class StampsTest {

  @Test
  void negativeOnesAreRefused() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> new Stamps(-62_135_596_800_000L, 5));
    assertEquals("negative stamps: exchange -62135596800000, ingest 5", refusal.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Stamps(0, -1));
  }
}
