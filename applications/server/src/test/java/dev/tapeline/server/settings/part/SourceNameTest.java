package dev.tapeline.server.settings.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.instrument.Reference;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SourceNameTest {

  @Test
  void aRecordingHasTheNameOfItsFile() {
    assertEquals("replay-day.gz", SourceName.ofRecording(Path.of("/a/day.gz")));
    assertEquals("replay-day_2_.gz", SourceName.ofRecording(Path.of("day*2?.gz")));
  }

  @Test
  void longNamesStayApart() {
    String first = SourceName.ofRecording(Path.of("x".repeat(200) + "1"));
    String second = SourceName.ofRecording(Path.of("x".repeat(200) + "2"));
    assertNotEquals(first, second);
    assertEquals(64, first.length());
    assertTrue(Reference.isValidPart(first), first);
  }
}
