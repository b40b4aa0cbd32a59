package dev.tapeline.simulate.control;

import dev.tapeline.simulate.net.ClientSocket;
import dev.tapeline.simulate.net.Fault;
import dev.tapeline.simulate.net.HttpCall;
import dev.tapeline.simulate.net.HttpReply;
import dev.tapeline.simulate.net.HttpSite;
import dev.tapeline.simulate.net.Json;
import dev.tapeline.simulate.net.Opening;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;

/** The control API of a simulator. */
final class ControlSite implements HttpSite {

  private final SimulatorControl control;

  ControlSite(SimulatorControl control) {
    this.control = control;
  }

  @Override
  public Opening open(HttpCall call, ClientSocket socket) {
    return new Opening.Refused(error(404));
  }

  @Override
  public HttpReply answer(HttpCall call) {
    try {
      return switch (call.toString()) {
        case "GET /state" -> HttpReply.json(200, control.state());
        case "POST /fault" -> inject(call);
        case "DELETE /fault" -> done(control::clear);
        case "POST /push" -> push(call);
        case "POST /halt" -> done(control::halt);
        case "DELETE /halt" -> done(control::resume);
        default -> error(404);
      };
    } catch (IllegalArgumentException | IllegalStateException e) {
      return HttpReply.json(400, Json.object().put("error", String.valueOf(e.getMessage())));
    }
  }

  private HttpReply inject(HttpCall call) {
    Fault fault = Fault.parse(body(call));
    control.inject(fault);
    return HttpReply.json(200, Json.object().put("kind", fault.kind().word()));
  }

  private static HttpReply done(Runnable action) {
    action.run();
    return HttpReply.json(200, Json.object());
  }

  /** Sends what the body says: {@code {"hex":"0210…"}} or {@code {"text":"…"}}. */
  private HttpReply push(HttpCall call) {
    JsonNode body = body(call);
    int sockets =
        body.has("hex")
            ? control.push(HexFormat.of().parseHex(body.path("hex").asString("")))
            : control.pushText(body.path("text").asString(""));
    return HttpReply.json(200, Json.object().put("sockets", sockets));
  }

  private static JsonNode body(HttpCall call) {
    JsonNode body = Json.parse(call.body());
    if (body == null || !body.isObject()) {
      throw new IllegalArgumentException("the body has to be a JSON object");
    }
    return body;
  }

  @Override
  public HttpReply error(int status) {
    return HttpReply.json(status, Json.object().put("error", "no such resource"));
  }
}
