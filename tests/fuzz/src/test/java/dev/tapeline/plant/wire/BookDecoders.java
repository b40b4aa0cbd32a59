package dev.tapeline.plant.wire;

import static dev.tapeline.fuzz.Findings.check;

import dev.tapeline.fuzz.Input;
import dev.tapeline.hub.message.Payload;
import java.nio.charset.StandardCharsets;

/** What order books are built of. */
public final class BookDecoders {

  private BookDecoders() {}

  /** Publications of a channel of a book. */
  public static void book(Input input) {
    BookSnapshots book = new BookSnapshots("depth@X");
    for (String part : input.parts()) {
      book.apply(part.getBytes(StandardCharsets.UTF_8));
      book.snapshot()
          .ifPresent(json ->
              check(Payload.of(json).form() == Payload.Form.JSON, "a book that is no JSON"));
    }
  }
}
