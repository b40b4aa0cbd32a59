package dev.tapeline.rest;

import static dev.tapeline.fuzz.Findings.check;

import dev.tapeline.fuzz.Input;
import dev.tapeline.hub.message.Payload;
import dev.tapeline.rest.http.ProblemException;

/** What REST calls carry. */
public final class RestDecoders {

  private RestDecoders() {}

  /** The body of a publish call. */
  public static void publish(Input input) {
    try {
      PublishRequest request = PublishRequest.parse(input.bytes());
      Payload payload = Payload.of(request.data());
      check(payload.form() == Payload.Form.JSON, "data that is %s", payload.form());
    } catch (ProblemException e) {
      // says what is wrong
    }
  }
}
