package dev.tapeline.server.settings.declaration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListEntryTest {

  @Test
  void entriesStandByCommaWithTheirOptions() {
    assertEquals(
        List.of(
            new ListEntry("a", Map.of()),
            new ListEntry("b@*", Map.of("k", "1", "other-key", "x=y")),
            new ListEntry("c", Map.of())),
        ListEntry.parse(" a ,b@*  k=1\tother-key=x=y, ,c,"));
  }

  @Test
  void nothingIsNoEntry() {
    assertEquals(List.of(), ListEntry.parse(""));
    assertEquals(List.of(), ListEntry.parse(" , "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "x", "a, b", "say \"a\"", "\"", "\"\"", "k=v, w", "a\nb", "é"})
  void anyValueCanBeQuoted(String value) {
    ListEntry entry = new ListEntry("a", Map.of("k", value));
    assertEquals(
        List.of(entry, new ListEntry("b", Map.of())),
        ListEntry.parse("a k=%s, b".formatted(ListEntry.quoted(value))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=",
        "a=b",
        "a b",
        "a k=",
        "a k=\"b",
        "a k=\"b\"c",
        "a k=b\"c\"",
        "\"a\"",
        "a 1=b"
      })
  void whatIsNoEntryIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> ListEntry.parse(text));
  }

  @Test
  void longTextsAreRead() {
    String value = ListEntry.quoted("\" ".repeat(100_000));
    assertEquals(2, ListEntry.parse("a k=%s,b".formatted(value)).size());
  }
}
