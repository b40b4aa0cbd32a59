package dev.tapeline.feed.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class LineReaderTest {

  @Property(tries = 200)
  void readsTheLinesThatWereJoined(
      @ForAll @Size(min = 1, max = 20)
          List<@CharRange(from = 'a', to = 'z') @StringLength(min = 1, max = 60) String> lines,
      @ForAll @IntRange(min = 1, max = 3000) int repeat)
      throws IOException {
    List<String> all = new ArrayList<>();
    lines.forEach(line -> all.add(line.repeat(1 + repeat / 10)));
    assertEquals(all, read(String.join("\n", all)));
    assertEquals(all, read(String.join("\n", all) + "\n"));
  }

  @Test
  void numbersBlankLinesToo() throws IOException {
    assertEquals(List.of("a", "", "b"), read("a\n\nb"));
  }

  @Test
  void skipsALineThatIsTooLong() throws IOException {
    byte[] long17 = new byte[17 << 20];
    Arrays.fill(long17, (byte) 'x');
    long17[2] = '\n';
    long17[long17.length - 2] = '\n';
    LineReader reader = new LineReader(new ByteArrayInputStream(long17));
    assertTrue(reader.next() && !reader.isTooLong());
    assertTrue(reader.next() && reader.isTooLong());
    assertTrue(reader.next() && !reader.isTooLong());
    assertEquals(List.of(3L, 1L), List.of(reader.number(), (long) reader.length()));
    assertFalse(reader.next());
  }

  private static List<String> read(String text) throws IOException {
    LineReader reader =
        new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    List<String> lines = new ArrayList<>();
    while (reader.next()) {
      lines.add(new String(reader.buffer(), 0, reader.length(), StandardCharsets.UTF_8));
      assertEquals(lines.size(), reader.number());
    }
    return lines;
  }
}
