package dev.tapeline.chaos.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Checks the proof of a takeover with records whose truth is known. */
class TapeTest {

  private final Tape tape = new Tape();

  private void trades(int... numbers) {
    for (int number : numbers) {
      tape.take(
          "{'type':'data','channel':'trade@X','seq':1,'data':{'data':{'t':%d}}}"
              .formatted(number)
              .replace('\'', '"'));
    }
  }

  private void ticks(int... volumes) {
    for (int volume : volumes) {
      tape.take(
          "{'type':'data','channel':'market:tick:X','seq':1,'data':{'volume':%d,'ltq':2}}"
              .formatted(volume)
              .replace('\'', '"'));
    }
  }

  @Test
  void oneRunAfterTheOtherIsFine() {
    trades(5, 6, 9, 1, 2, 3, 1, 2);
    ticks(20, 20, 22, 2, 2, 4);
    assertEquals(0, tape.late("trade@X").size());
    assertEquals(0, tape.late("market:tick:X").size());
    assertTrue(tape.beginAfter("trade@X", 0).isPresent());
  }

  @Test
  void earlierRunThatSpeaksAgainIsFound() {
    trades(5, 6, 1, 2, 7, 3);
    ticks(20, 2, 4, 22, 6);
    assertEquals(1, tape.late("trade@X").size());
    assertEquals(1, tape.late("market:tick:X").size());
  }
}
