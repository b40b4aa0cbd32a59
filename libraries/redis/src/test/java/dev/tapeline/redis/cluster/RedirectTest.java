package dev.tapeline.redis.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectTest {

  @Test
  void bothKindsAreRead() {
    assertEquals(
        new Redirect(3999, "127.0.0.1", 6381, false), Redirect.parse("MOVED 3999 127.0.0.1:6381"));
    assertEquals(new Redirect(1, "::1", 7, true), Redirect.parse("ASK 1 ::1:7"));
    assertEquals(new Redirect(1, "", 7, false), Redirect.parse("MOVED 1 :7"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ERR no",
        "MOVED",
        "MOVED 1",
        "MOVED x h:1",
        "MOVED 1 h",
        "MOVED 1 h:x",
        "MOVED  "
      })
  void otherErrorsAreNone(String error) {
    assertNull(Redirect.parse(error));
  }
}
