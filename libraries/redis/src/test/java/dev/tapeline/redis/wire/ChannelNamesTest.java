package dev.tapeline.redis.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ChannelNamesTest {

  @Property(tries = 200)
  void eachNameIsItsOwn(@ForAll List<String> texts) {
    ChannelNames names = new ChannelNames(0);
    for (int i = 0; i < 2; i++) {
      for (String text : texts) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertEquals(new String(bytes, StandardCharsets.UTF_8), of(names, text));
      }
    }
  }

  @Test
  void moreNamesThanAreKeptAreStillRight() {
    ChannelNames names = new ChannelNames(0);
    for (int i = 0; i < 5 * ChannelNames.CAPACITY; i++) {
      String name = "market:tick:S" + i % (2 * ChannelNames.CAPACITY);
      assertEquals(name, of(names, name));
    }
    assertSame(of(names, "market:tick:S1"), of(names, "market:tick:S1"));
  }

  @Test
  void thePrefixIsLeftOff() {
    ChannelNames names = new ChannelNames(8);
    assertEquals("a", of(names, "staging:a"));
    assertEquals("", of(names, "staging:"));
    assertEquals("", of(names, "stag"));
    assertEquals("x".repeat(1000), of(names, "staging:" + "x".repeat(1000)));
  }

  private static String of(ChannelNames names, String name) {
    byte[] bytes = ("\0" + name + "\0").getBytes(StandardCharsets.UTF_8);
    return names.of(bytes, 1, bytes.length - 2);
  }
}
