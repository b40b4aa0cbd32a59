package dev.tapeline.protocols.exchange;

import static dev.tapeline.fuzz.Findings.check;

import dev.tapeline.core.Stamps;
import dev.tapeline.fuzz.Input;
import dev.tapeline.hub.message.Message;
import dev.tapeline.hub.message.Payload;
import dev.tapeline.json.Json;
import dev.tapeline.protocols.spi.RejectedException;

/** What exchanges' front ends name, and what is inside of what is published for them. */
public final class ExchangeDecoders {

  private ExchangeDecoders() {}

  /** A stream's name. */
  public static void stream(Input input) {
    try {
      StreamName name = StreamName.of(input.text());
      check(name.isTranslated() || name.selector().text().equals(name.text()), "%s", name);
    } catch (RejectedException e) {
      // says what is wrong
    }
  }

  /** An envelope with data in it, or none. */
  public static void data(Input input) {
    Payload payload = Payload.of(input.bytes());
    byte[] inner = StreamData.of(new Message(1, payload, Stamps.NONE, 0, 0));
    if (inner != payload.json()) {
      check(Json.mapper().readTree(inner).isObject(), "data that is no object");
    }
  }
}
